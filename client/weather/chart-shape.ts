/** Where things lie on the chart of the hours: pure geometry in pixels. */
import type { Run, ShownHour } from './hours.ts';

export interface Threshold {
  celsius: number;
  /** a level's colour; the words say the level too */
  level: 'blue' | 'yellow' | 'orange' | 'red';
  words: string;
}

export interface ChartShape {
  width: number;
  height: number;
  left: number;
  right: number;
  /** middle of an hour's column */
  x: (index: number) => number;
  /** width of an hour's column */
  column: number;
  temperature: { top: number; bottom: number; y: (celsius: number) => number; ticks: number[] };
  wind: { top: number; bottom: number; y: (kmh: number) => number; most: number };
  falls: { top: number; bottom: number; y: (mm: number) => number; most: number };
  /** every so many hours a time is written */
  every: number;
}

export interface Drawn {
  hours: readonly ShownHour[];
  shape: ChartShape;
  thresholds: readonly Threshold[];
  /** indices of the hours a proposal covers */
  covers: Run | null;
  /** index of the hour that is now */
  now: number;
  chosen: number;
  /** short clock time of an hour */
  clock: (at: string) => string;
  /** the date, where a day begins */
  day: (at: string) => string;
}

const margin = { left: 44, right: 10, top: 22 };
const rooms = { temperature: 170, wind: 46, falls: 40, between: 24, axis: 24 };

const values = (hours: readonly ShownHour[], key: 'windKmh' | 'precipitationMm'): number[] =>
  hours.map((hour) => hour[key]).filter((value) => value !== null);

/** Steps of 5 °C, of 10 where that would be too many. */
function temperatureTicks(low: number, high: number): number[] {
  const step = high - low > 30 ? 10 : 5;
  const first = Math.floor(low / step) * step;
  const last = Math.ceil(high / step) * step;
  return Array.from({ length: (last - first) / step + 1 }, (_, index) => first + index * step);
}

export function chartShape(
  hours: readonly ShownHour[],
  thresholds: readonly Threshold[],
  width: number,
): ChartShape {
  const told = hours.flatMap(({ temperatureCelsius, feltCelsius }) =>
    [temperatureCelsius, feltCelsius].filter((value) => value !== null),
  );
  const all = [...(told.length === 0 ? [0] : told), ...thresholds.map(({ celsius }) => celsius)];
  const ticks = temperatureTicks(Math.min(...all) - 1, Math.max(...all) + 1);
  const low = ticks[0]!;
  const high = ticks.at(-1)!;
  const room = width - margin.left - margin.right;
  const column = room / Math.max(hours.length, 1);
  const bottom = margin.top + rooms.temperature;
  const windTop = bottom + rooms.between;
  const windBottom = windTop + rooms.wind;
  const fallsTop = windBottom + rooms.between;
  const fallsBottom = fallsTop + rooms.falls;
  const windMost = Math.max(20, ...values(hours, 'windKmh'));
  const fallsMost = Math.max(2, ...values(hours, 'precipitationMm'));
  const between = (top: number, foot: number, share: number) => foot - (foot - top) * share;
  return {
    width,
    height: fallsBottom + rooms.axis,
    left: margin.left,
    right: width - margin.right,
    column,
    x: (index) => margin.left + (index + 0.5) * column,
    temperature: {
      top: margin.top,
      bottom,
      ticks,
      y: (celsius) => between(margin.top, bottom, (celsius - low) / (high - low)),
    },
    wind: {
      top: windTop,
      bottom: windBottom,
      most: windMost,
      y: (kmh) => between(windTop, windBottom, kmh / windMost),
    },
    falls: {
      top: fallsTop,
      bottom: fallsBottom,
      most: fallsMost,
      y: (mm) => between(fallsTop, fallsBottom, mm / fallsMost),
    },
    every: column * 3 >= 44 ? 3 : column * 6 >= 44 ? 6 : 12,
  };
}

/** A line through what is told; where an hour isn't, the line breaks off. A lone hour is a dot's width of line. */
export function linePath(
  items: readonly (number | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let path = '';
  let open = false;
  for (const [index, value] of items.entries()) {
    if (value === null) {
      open = false;
      continue;
    }
    const point = `${x(index).toFixed(1)},${y(value).toFixed(1)}`;
    if (!open && (items[index + 1] ?? null) === null) path += `M${point}h0.1`;
    else path += `${open ? 'L' : 'M'}${point}`;
    open = true;
  }
  return path;
}

/** Which lines of the rules get their words: none that would be written over another. */
export function labelled(
  thresholds: readonly Threshold[],
  y: (celsius: number) => number,
  leastPixels = 19,
): Set<Threshold> {
  const found = new Set<Threshold>();
  let last = Infinity;
  for (const threshold of thresholds.toSorted((a, b) => a.celsius - b.celsius)) {
    if (last - y(threshold.celsius) < leastPixels) continue;
    found.add(threshold);
    last = y(threshold.celsius);
  }
  return found;
}
