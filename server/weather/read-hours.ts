/** From what an answer says, in whatever order and state, to hours in a row. Pure. */
import { floorToHour, hourMs, seriesOf, untold } from '../../shared/weather/hours.ts';
import type { HourTold } from '../../shared/weather/measures.ts';
import { coldestHour } from '../../shared/weather/merge.ts';
import type { HourSeries, SourceFault } from '../../shared/weather/schema.ts';

/** What no thermometer, vane or gauge says is not told. */
const limits = {
  temperatureCelsius: [-80, 50],
  windKmh: [0, 300],
  precipitationMm: [0, 500],
} as const;
type Measured = keyof typeof limits;

/** No provider tells more than this at once; what lies further off is no hour of ours. */
const furthestMs = 20 * 24 * hourMs;

export class HourReader {
  private readonly hours = new Map<number, HourTold>();
  private readonly nowMs: number;
  private duplicated = 0;
  private leftOut = 0;

  constructor(nowMs: number) {
    this.nowMs = nowMs;
  }

  /** A number, or a string that is one; null where it isn't told. What can't be one is counted and not told. */
  number(value: unknown, kind: Measured, convert: (told: number) => number = same): number | null {
    if (value === null || value === undefined || value === '') return null;
    const isNumeric =
      typeof value === 'number' || (typeof value === 'string' && numeric.test(value));
    const told = isNumeric ? convert(Number(value)) : Number.NaN;
    const [least, most] = limits[kind];
    if (told >= least && told <= most) return Math.round(told * 100) / 100;
    this.leftOut += 1;
    return null;
  }

  /** @param at ms since 1970; null: the answer doesn't say when */
  add(at: number | null, hour: HourTold): void {
    if (at === null || Math.abs(at - this.nowMs) > furthestMs) {
      this.leftOut += 1;
      return;
    }
    const start = floorToHour(at);
    const before = this.hours.get(start);
    if (before === undefined) this.hours.set(start, hour);
    else {
      this.duplicated += 1;
      this.hours.set(start, coldestHour([before, hour]));
    }
  }

  /** A reading takes the place of what was forecast for its hour. */
  replace(at: number, hour: HourTold): void {
    this.hours.set(floorToHour(at), hour);
  }

  skip(count: number): void {
    this.leftOut += count;
  }

  /** Null: not one temperature was told. */
  series(): HourSeries | null {
    const told = [...this.hours].filter(([, hour]) => hour.temperatureCelsius !== null);
    if (told.length === 0) return null;
    const from = Math.min(...told.map(([at]) => at));
    const until = Math.max(...told.map(([at]) => at)) + hourMs;
    const hours = Array.from(
      { length: (until - from) / hourMs },
      (_, index) => this.hours.get(from + index * hourMs) ?? untold,
    );
    return seriesOf(from, hours);
  }

  faults(): SourceFault[] {
    const faults: SourceFault[] = [];
    if (this.duplicated > 0) faults.push({ code: 'duplicated', count: this.duplicated });
    if (this.leftOut > 0) faults.push({ code: 'left_out', count: this.leftOut });
    return faults;
  }
}

const same = (told: number): number => told;
const numeric = /^\s*[-+]?\d+(\.\d+)?\s*$/;

/** Hours that this hour isn't among: told too late, or of another time. */
export function lateness(
  series: HourSeries,
  issuedAt: string | null,
  nowMs: number,
): SourceFault[] {
  const lateHours = 3;
  const end = Date.parse(series.fromAt) + series.temperatureCelsius.length * hourMs;
  const behindMs = Math.max(nowMs - end, issuedAt === null ? 0 : nowMs - Date.parse(issuedAt));
  if (behindMs > lateHours * hourMs || end <= nowMs)
    return [{ code: 'late', hours: Math.max(1, Math.floor(behindMs / hourMs)) }];
  return Date.parse(series.fromAt) > nowMs + lateHours * hourMs
    ? [{ code: 'malformed', at: 'time' }]
    : [];
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;
/** A moment that says where on earth it is meant; ms since 1970, else null. */
export function instantOf(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  const ms = instant.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isFinite(ms) ? ms : null;
}

/** Faults of several parts as those of the whole: counts added up, and of the rest the worst of each kind. */
export function summedFaults(parts: readonly SourceFault[]): SourceFault[] {
  const whole = new Map<string, SourceFault>();
  for (const fault of parts) {
    const before = whole.get(fault.code);
    if (before && 'count' in before && 'count' in fault)
      whole.set(fault.code, { ...fault, count: before.count + fault.count });
    else if (before && 'hours' in before && 'hours' in fault)
      whole.set(fault.code, { ...fault, hours: Math.max(before.hours, fault.hours) });
    else if (!before) whole.set(fault.code, fault);
  }
  return [...whole.values()];
}

/** An answer of JSON; a page of HTML, half an answer and nothing at all are told apart for whoever has to mend it. */
export function parsedJson(text: string, fail: (at: string) => Error): unknown {
  if (text.trim() === '') throw fail('empty');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw fail(/^\s*<(!doctype|html|\?xml)/i.test(text) ? 'html' : 'json');
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
