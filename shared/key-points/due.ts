/**
 * Whether a key point has to be seen now. It is owed a visit every so often within its key hours; what it waited
 * outside of them doesn't count, so that a night doesn't begin with everything late.
 */
import { keySpanAt, keySpans } from './key-hours.ts';
import type { Span } from './key-hours.ts';
import type { KeyPointView } from './schema.ts';

/** off = outside its hours; due = the last quarter of the interval; overdue = past it */
export type KeyPointUrgency = 'off' | 'fresh' | 'due' | 'overdue';
export interface KeyPointState {
  state: KeyPointUrgency;
  /** ISO-8601; null when it is off, or was never seen though its hours never pause */
  dueAt: string | null;
  overdueMinutes: number;
}
export type OwedKeyPoint = Pick<
  KeyPointView,
  'fromHour' | 'toHour' | 'normalEveryMinutes' | 'coldEveryMinutes'
>;

const minuteMs = 60_000;
/** From here on it says "due": time to plan the way. */
const dueShare = 0.25;

/**
 * What a cold night's level multiplies the interval for cold nights with; null on a night that isn't one. A drill is none.
 */
export type ColdNight = number | null;

export const everyMinutesOf = (keyPoint: OwedKeyPoint, coldNight: ColdNight): number =>
  coldNight === null
    ? keyPoint.normalEveryMinutes
    : Math.max(1, Math.round(keyPoint.coldEveryMinutes * coldNight));

/** An interval longer than the hours themselves means: once in these hours. */
const intervalIn = (span: Span, everyMinutes: number): number =>
  Math.min(everyMinutes * minuteMs, span.end - span.start);

/**
 * The interval counts from the last visit, and for one from before these hours not sooner than from their beginning.
 * Without any visit and without a beginning it was due ever since.
 */
function dueMs(span: Span, lastVisit: number | null, everyMinutes: number): number {
  const fromHours = span.start + intervalIn(span, everyMinutes);
  if (lastVisit === null) return fromHours;
  const fromVisit = lastVisit + everyMinutes * minuteMs;
  return lastVisit >= span.start ? fromVisit : Math.max(fromVisit, fromHours);
}

/** @param now milliseconds since 1970 */
export function stateOf(
  keyPoint: OwedKeyPoint & Pick<KeyPointView, 'lastVisitAt'>,
  now: number,
  coldNight: ColdNight,
  timeZone: string,
): KeyPointState {
  const span = keySpanAt(keyPoint, now, timeZone);
  if (span === null) return { state: 'off', dueAt: null, overdueMinutes: 0 };
  const every = everyMinutesOf(keyPoint, coldNight);
  const last = keyPoint.lastVisitAt === null ? null : Date.parse(keyPoint.lastVisitAt);
  const due = dueMs(span, last, every);
  // Never seen, at all hours: nobody knows since when. One interval late is what the order of the list goes by.
  if (due === -Infinity) return { state: 'overdue', dueAt: null, overdueMinutes: every };
  const dueAt = new Date(due).toISOString();
  if (now >= due) {
    return { state: 'overdue', dueAt, overdueMinutes: Math.floor((now - due) / minuteMs) };
  }
  const soon = now >= due - dueShare * intervalIn(span, every);
  return { state: soon ? 'due' : 'fresh', dueAt, overdueMinutes: 0 };
}

/** A stretch of key hours with one interval, in milliseconds since 1970; the end is not included. */
export interface KeyWindow extends Span {
  everyMinutes: number;
  /** the run of key hours it is cut from */
  hours: Span;
}

/** A stretch of a cold night in which one factor held; `end: Infinity` for the one that still is. */
export interface ColdSpan extends Span {
  factor: number;
}
/** When cold nights were in force, in order and apart. */
export type ColdSpans = readonly ColdSpan[];

/**
 * The key hours within [from, to), cut where a cold night begins, changes or ends. None = it didn't have to be seen then.
 */
export function windowsInPeriod(
  keyPoint: OwedKeyPoint,
  from: number,
  to: number,
  coldSpans: ColdSpans,
  timeZone: string,
): KeyWindow[] {
  const windows: KeyWindow[] = [];
  const turns = coldSpans.flatMap(({ start, end }) => [start, end]);
  for (const hours of keySpans(keyPoint, from, to, timeZone)) {
    const begin = Math.max(hours.start, from);
    const finish = Math.min(hours.end, to);
    const cuts = [begin, ...turns.filter((at) => at > begin && at < finish), finish];
    cuts.sort((a, b) => a - b);
    for (let i = 1; i < cuts.length; i++) {
      const [start, end] = [cuts[i - 1]!, cuts[i]!];
      if (start >= end) continue;
      const cold = coldSpans.find((span) => span.start <= start && start < span.end);
      const everyMinutes = everyMinutesOf(keyPoint, cold?.factor ?? null);
      windows.push({ start, end, everyMinutes, hours });
    }
  }
  return windows;
}

/**
 * When within [from, to) it was overdue, in order: at each of these moments `stateOf` would have said so.
 * @param visits milliseconds since 1970, in order, with the last one before `from` when there was any
 */
export function overdueSpans(
  keyPoint: OwedKeyPoint,
  visits: readonly number[],
  from: number,
  to: number,
  coldSpans: ColdSpans,
  timeZone: string,
): Span[] {
  const overdue: Span[] = [];
  for (const window of windowsInPeriod(keyPoint, from, to, coldSpans, timeZone)) {
    let last: number | null = null;
    for (const next of [...visits, Infinity]) {
      const start = Math.max(
        window.start,
        last ?? -Infinity,
        dueMs(window.hours, last, window.everyMinutes),
      );
      const end = Math.min(window.end, next);
      if (start < end) add(overdue, { start, end });
      last = next;
    }
  }
  return overdue;
}

/** One that begins where the last ends is the same wait. */
function add(spans: Span[], next: Span): void {
  const before = spans.at(-1);
  if (before && before.end === next.start) before.end = next.end;
  else spans.push({ ...next });
}
