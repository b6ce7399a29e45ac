/** The hours of a point as they are kept: each with the moment it was told, so that what is old stays known as old. */
import {
  endOf,
  floorToHour,
  hourAt,
  hourMs,
  seriesOf,
  untold,
} from '../../shared/weather/hours.ts';
import type { HourTold } from '../../shared/weather/measures.ts';
import type { HourSeries } from '../../shared/weather/schema.ts';
import { countedHours } from '../../shared/weather/source-state.ts';

/** How long back the hours of a place are kept; those of the city as a whole are kept for more than a year. */
export const pastHours = 48;
/** How long back the city's are told: what the minimum has fallen from within 48 h is a day that began 72 h ago. */
export const cityPastHours = 96;

export interface StoredHours extends HourSeries {
  /** ms since 1970, one per hour; 0 where nothing is told */
  toldMs: number[];
}

/**
 * Takes up what is told now. An hour that is told again takes the later word; one that isn't any more, keeps the earlier
 * one with its age. Answers that overtook each other come to the same.
 */
export function joinHours(
  before: StoredHours | null,
  told: HourSeries,
  { toldMs, nowMs }: { toldMs: number; nowMs: number },
): StoredHours {
  const all = before === null ? [told] : [before, told];
  const from = Math.max(
    Math.min(...all.map((series) => Date.parse(series.fromAt))),
    floorToHour(nowMs) - pastHours * hourMs,
  );
  const until = Math.max(from, ...all.map(endOf));
  const hours: HourTold[] = [];
  const toldAt: number[] = [];
  for (let at = from; at < until; at += hourMs) {
    const old = before === null ? untold : hourAt(before, at);
    const oldMs = before === null ? 0 : toldMsAt(before, at);
    const next = hourAt(told, at);
    const isTold = next.temperatureCelsius !== null && toldMs >= oldMs;
    hours.push(isTold ? next : old);
    toldAt.push(isTold ? toldMs : oldMs);
  }
  return { ...seriesOf(from, hours), toldMs: toldAt };
}

/** When the hour was told; 0 where it isn't. */
export const toldMsAt = (stored: StoredHours, at: number): number =>
  stored.toldMs[(at - Date.parse(stored.fromAt)) / hourMs] ?? 0;

/** What still counts: of the hours to come only those told lately enough, of the past ones all. */
export function countedOf(stored: StoredHours, nowMs: number): HourSeries {
  const thisHour = floorToHour(nowMs);
  const oldest = nowMs - countedHours * hourMs;
  const from = Date.parse(stored.fromAt);
  return seriesOf(
    from,
    stored.toldMs.map((toldMs, index) => {
      const at = from + index * hourMs;
      return at < thisHour || toldMs >= oldest ? hourAt(stored, at) : untold;
    }),
  );
}
