/** Hourly weather from the rows of a table, whatever it calls its columns. */
import type { HourSeries } from '../weather/schema.ts';
import { hourMs } from './judged-hours.ts';

export const windUnits = { ms: 3.6, kmh: 1, mph: 1.609344, kn: 1.852 } as const;
export type WindUnit = keyof typeof windUnits;

export interface HourColumns {
  /** null: the table has year, month, day and hour */
  time: string | null;
  temperature: string;
  wind: string;
  windUnit: WindUnit;
  /** the wind is a running sum for as long as this column says the same; null: it is each hour's own */
  windSumsBy: string | null;
  /** null: nothing is known of rain or snow, and everybody is taken to be dry */
  precipitation: string | null;
}

/** The columns of a table that needs no words: the air of five Chinese cities (UCI), as it was published. */
export function usualColumns(header: readonly string[]): HourColumns | null {
  const known = ['year', 'month', 'day', 'hour', 'TEMP', 'cbwd', 'Iws', 'precipitation'];
  if (!known.every((name) => header.includes(name))) return null;
  return {
    time: null,
    temperature: 'TEMP',
    wind: 'Iws',
    windUnit: 'ms',
    windSumsBy: 'cbwd',
    precipitation: 'precipitation',
  };
}

export interface HourTable {
  series: HourSeries;
  rows: number;
  /** rows without a time that can be read */
  untimed: number;
  /** rows of an hour that was told before: the first one counts */
  repeated: number;
  /** values that can't be: they count as not told */
  impossible: number;
}

/** The table can't be used: the message is for the person who brought it. */
export class HourTableError extends Error {}

const mostHours = 40 * 366 * 24;
const bounds = { temperature: [-90, 60], wind: [0, 400], precipitation: [0, 500] } as const;
/** A running sum of wind, in the table's unit: 999999 and the like are words for "missing". */
const mostSum = 100_000;

const clocks = new Map<string, Intl.DateTimeFormat>();
/** What a clock there shows, as if it were UTC. */
function shownAt(ms: number, timeZone: string): number {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    clocks.set(timeZone, clock);
  }
  return Date.parse(`${clock.format(ms).replace(' ', 'T')}Z`);
}

const dayMs = 24 * hourMs;
/** The offset of days around which the clocks don't change; formatting a date costs some microseconds. */
const steady = new Map<string, number | null>();

function steadyOffset(shown: number, timeZone: string): number | null {
  const day = Math.floor(shown / dayMs) * dayMs;
  const key = `${timeZone} ${day}`;
  const before = steady.get(key);
  if (before !== undefined) return before;
  const [early, late] = [day - dayMs, day + 2 * dayMs].map((ms) => shownAt(ms, timeZone) - ms);
  const offset = early === late ? early! : null;
  if (steady.size > 100_000) steady.clear();
  steady.set(key, offset);
  return offset;
}

/** The moment at which a clock there shows this; where it comes twice the first, where it is skipped the next. */
export function momentShowing(shown: number, timeZone: string): number {
  const offset = steadyOffset(shown, timeZone);
  if (offset !== null) return shown - offset;
  const offsets = [shown - dayMs, shown + dayMs].map((ms) => shownAt(ms, timeZone) - ms);
  const moments = offsets.map((each) => shown - each);
  const right = moments.filter((ms) => shownAt(ms, timeZone) === shown);
  return right.length > 0 ? Math.min(...right) : Math.max(...moments);
}

/** ISO-8601, also with a blank, slashes, or the hour alone; without a zone it is local. NaN: not a time. */
function momentOf(text: string, timeZone: string): number {
  const found =
    /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i.exec(
      text.trim(),
    );
  if (!found) return NaN;
  const [, year, month, day, hour, minute = 0, second = 0, zone] = found;
  const parts = [year, month, day, hour, minute, second].map(Number);
  const [y = 0, m = 0, d = 0, h = 0, min = 0, s = 0] = parts;
  const shown = Date.UTC(y, m - 1, d, h, min, s);
  if (m < 1 || m > 12 || new Date(Date.UTC(y, m - 1, d)).getUTCDate() !== d || h > 24) return NaN;
  if (zone === undefined) return momentShowing(shown, timeZone);
  if (zone.toUpperCase() === 'Z') return shown;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  return shown - (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

type Row = readonly string[];

/** How the moment of a row is read. Throws HourTableError for a column that isn't there. */
function timeReader(header: Row, { time }: HourColumns, timeZone: string): (row: Row) => number {
  if (time !== null) {
    const at = columnOf(header, time);
    return (row) => momentOf(row[at] ?? '', timeZone);
  }
  const [year, month, day, hour] = ['year', 'month', 'day', 'hour'].map((name) =>
    columnOf(header, name),
  ) as [number, number, number, number];
  return (row) => {
    const two = (index: number) => (row[index] ?? '').trim().padStart(2, '0');
    return momentOf(`${two(year)}-${two(month)}-${two(day)} ${two(hour)}`, timeZone);
  };
}

function columnOf(header: Row, name: string): number {
  const index = header.indexOf(name);
  if (index === -1)
    throw new HourTableError(`There is no column "${name}"; there are: ${header.join(', ')}.`);
  return index;
}

interface RawHour {
  temperature: number | null;
  wind: number | null;
  direction: string;
  precipitation: number | null;
}

/** Throws HourTableError when a column isn't there, or no row can be used. */
export function readHourTable(
  header: Row,
  rows: Iterable<Row>,
  columns: HourColumns,
  timeZone: string,
): HourTable {
  const timeOf = timeReader(header, columns, timeZone);
  const at = {
    temperature: columnOf(header, columns.temperature),
    wind: columnOf(header, columns.wind),
    precipitation: columns.precipitation === null ? -1 : columnOf(header, columns.precipitation),
    direction: columns.windSumsBy === null ? -1 : columnOf(header, columns.windSumsBy),
  };
  const windBounds = columns.windSumsBy === null ? bounds.wind : ([0, mostSum] as const);
  const counts = { rows: 0, untimed: 0, repeated: 0, impossible: 0 };
  const number = (text: string | undefined, [least, most]: readonly [number, number]) => {
    const value = text === undefined || text.trim() === '' ? NaN : Number(text);
    if (Number.isNaN(value)) return null;
    if (value >= least && value <= most) return value;
    counts.impossible++;
    return null;
  };
  const hours = new Map<number, RawHour>();
  for (const row of rows) {
    counts.rows++;
    const moment = Math.floor(timeOf(row) / hourMs) * hourMs;
    if (Number.isNaN(moment)) counts.untimed++;
    else if (hours.has(moment)) counts.repeated++;
    else
      hours.set(moment, {
        temperature: number(row[at.temperature], bounds.temperature),
        wind: number(row[at.wind], windBounds),
        direction: row[at.direction] ?? '',
        precipitation: number(row[at.precipitation], bounds.precipitation),
      });
  }
  return { series: seriesOf(hours, columns), ...counts };
}

function seriesOf(hours: ReadonlyMap<number, RawHour>, columns: HourColumns): HourSeries {
  let [first, last] = [Infinity, -Infinity];
  for (const moment of hours.keys()) {
    first = Math.min(first, moment);
    last = Math.max(last, moment);
  }
  if (first === Infinity) throw new HourTableError('No row has a time that can be read.');
  const count = (last - first) / hourMs + 1;
  if (count > mostHours)
    throw new HourTableError(
      `From ${new Date(first).toISOString()} to ${new Date(last).toISOString()}: more than 40 years.`,
    );
  const inOrder = Array.from({ length: count }, (_, i) => hours.get(first + i * hourMs));
  const known = columns.precipitation !== null;
  return {
    fromAt: new Date(first).toISOString(),
    temperatureCelsius: inOrder.map((hour) => hour?.temperature ?? null),
    windKmh: inOrder.map((_, i) => {
      const wind = columns.windSumsBy === null ? inOrder[i]?.wind : ownWind(inOrder, i);
      const kmh = (wind ?? NaN) * windUnits[columns.windUnit];
      return kmh <= bounds.wind[1] ? Math.round(kmh * 100) / 100 : null;
    }),
    precipitationMm: inOrder.map((hour) => (known ? (hour?.precipitation ?? null) : 0)),
    falling: inOrder.map(() => (known ? null : 'none')),
  };
}

/**
 * An hour's own wind out of a running sum that begins anew when the direction changes: what was added since the hour
 * before, or the sum itself where it began anew. Not known after an hour that isn't told.
 */
function ownWind(hours: readonly (RawHour | undefined)[], index: number): number | null {
  const [before, hour] = [hours[index - 1], hours[index]];
  if (!hour || hour.wind === null || !before || before.wind === null) return null;
  const goesOn = hour.direction === before.direction && hour.wind >= before.wind;
  return goesOn ? hour.wind - before.wind : hour.wind;
}
