/**
 * When a key point's local hours run, as moments: over midnight, over the changes of summer time, and always when
 * both hours are the same.
 */
import type { KeyPointView } from './schema.ts';

export type KeyHours = Pick<KeyPointView, 'fromHour' | 'toHour'>;
/** Milliseconds since 1970, the end not included. */
export interface Span {
  start: number;
  end: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const always: Span = { start: -Infinity, end: Infinity };

const clocks = new Map<string, Intl.DateTimeFormat>();
function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (!clock) {
    const two = '2-digit' as const;
    const fields = { year: 'numeric', month: two, day: two, hour: two, minute: two } as const;
    clock = new Intl.DateTimeFormat('en', { ...fields, hourCycle: 'h23', timeZone });
    clocks.set(timeZone, clock);
  }
  return clock;
}

/** Formatting a date costs some microseconds, and coverage asks for thousands of points in the same nights. */
const known = new Map<string, number>();
const mostKnown = 10_000;
/** Zones change their offset on the quarter of an hour only. */
const quarterMs = hourMs / 4;

/** Local time minus UTC, in milliseconds. */
function offsetAt(ms: number, timeZone: string): number {
  const quarter = Math.floor(ms / quarterMs) * quarterMs;
  const key = `${timeZone} ${quarter}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const part: Record<string, number> = {};
  for (const { type, value } of clockOf(timeZone).formatToParts(quarter)) {
    part[type] = Number(value);
  }
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
  const offset = Date.UTC(year, month - 1, day, hour, minute) - quarter;
  if (known.size >= mostKnown) known.clear();
  known.set(key, offset);
  return offset;
}

/** The first moment of a local hour; where the clock jumps over it, the moment of the jump. */
function momentOf(day: number, hour: number, timeZone: string): number {
  const local = day * dayMs + hour * hourMs;
  const earlier = local - offsetAt(local - dayMs, timeZone);
  if (earlier + offsetAt(earlier, timeZone) === local) return earlier;
  const later = local - offsetAt(local + dayMs, timeZone);
  return later + offsetAt(later, timeZone) === local ? later : earlier;
}

const dayOf = (ms: number, timeZone: string): number =>
  Math.floor((ms + offsetAt(ms, timeZone)) / dayMs);

/** The runs of the key hours that touch [from, to), whole, in order; `always` when both hours are the same. */
export function keySpans(hours: KeyHours, from: number, to: number, timeZone: string): Span[] {
  const { fromHour, toHour } = hours;
  if (fromHour === toHour) return [always];
  const spans: Span[] = [];
  const last = dayOf(to, timeZone);
  for (let day = dayOf(from, timeZone) - 1; day <= last; day++) {
    const start = momentOf(day, fromHour, timeZone);
    const end = momentOf(fromHour < toHour ? day : day + 1, toHour, timeZone);
    if (start < end && start < to && end > from) spans.push({ start, end });
  }
  return spans;
}

/** The run of the key hours that this moment is in, or null. */
export const keySpanAt = (hours: KeyHours, now: number, timeZone: string): Span | null =>
  keySpans(hours, now, now + 1, timeZone)[0] ?? null;
