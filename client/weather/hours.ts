/** The hours that are shown: each with what it feels like, and with what nobody told. Pure. */
import type { Falling, HourSeries } from '../../shared/weather/schema.ts';
import { feltAt, hourTold } from '../../shared/weather/measures.ts';

const hourMs = 3_600_000;

/** null = not told */
export interface ShownHour {
  /** start, ISO */
  at: string;
  temperatureCelsius: number | null;
  feltCelsius: number | null;
  windKmh: number | null;
  precipitationMm: number | null;
  falling: Falling | null;
  wet: boolean | null;
  night: boolean;
}

export interface LocalNight {
  timeZone: string;
  /** local hours; from after to: over midnight */
  fromHour: number;
  toHour: number;
}

const isWithin = (hour: number, { fromHour, toHour }: LocalNight): boolean =>
  fromHour <= toHour ? hour >= fromHour && hour < toHour : hour >= fromHour || hour < toHour;

/** From the hour `now` (ms) lies in, `before` hours earlier, to `count` hours in all; told or not. */
export function shownHours(
  series: HourSeries,
  now: number,
  local: LocalNight,
  { before, count }: { before: number; count: number },
): ShownHour[] {
  const first = Math.floor(now / hourMs) * hourMs - before * hourMs;
  const offset = Math.round((first - Date.parse(series.fromAt)) / hourMs);
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: local.timeZone,
    hour: '2-digit',
    hourCycle: 'h23',
  });
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * hourMs;
    const told = hourTold(series, offset + index);
    return {
      at: new Date(at).toISOString(),
      ...told,
      ...feltAt(told),
      night: isWithin(Number(clock.format(at)), local),
    };
  });
}

export interface Run {
  /** indices, both within */
  from: number;
  to: number;
}

/** Neighbouring entries that pass, as runs. */
export function runsOf<T>(items: readonly T[], passes: (item: T) => boolean): Run[] {
  const runs: Run[] = [];
  for (const [index, item] of items.entries()) {
    if (!passes(item)) continue;
    const last = runs.at(-1);
    if (last?.to === index - 1) last.to = index;
    else runs.push({ from: index, to: index });
  }
  return runs;
}

/** Neither air nor felt temperature: nothing can be judged by such an hour. */
export const isGap = (hour: ShownHour): boolean =>
  hour.temperatureCelsius === null && hour.feltCelsius === null;

/** The hour that feels coldest; null where none is told. */
export function coldestOf(hours: readonly ShownHour[]): ShownHour | null {
  const felt = ({ feltCelsius, temperatureCelsius }: ShownHour) =>
    feltCelsius ?? temperatureCelsius ?? Infinity;
  let found: ShownHour | null = null;
  for (const hour of hours)
    if (!isGap(hour) && (found === null || felt(hour) < felt(found))) found = hour;
  return found;
}
