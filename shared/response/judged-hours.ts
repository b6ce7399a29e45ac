/** The hours that a night is judged by: what is told of them, and the worst that what isn't told could be. */
import { keySpans } from '../key-points/key-hours.ts';
import type { Span } from '../key-points/key-hours.ts';
import { feltAt, hourTold, wetAt } from '../weather/measures.ts';
import type { HourTold } from '../weather/measures.ts';
import type { HourSeries } from '../weather/schema.ts';
import type { ResponseRules } from './rule-schema.ts';

export const hourMs = 3_600_000;

export interface JudgedHour extends HourTold {
  /** ms since 1970 */
  at: number;
  /** the mildest and the coldest it can feel by what is told; infinite where the temperature isn't */
  feltAtMost: number;
  feltAtLeast: number;
}

/** The hours of a series that begin within the span; nothing is told of those it doesn't reach. */
export function hoursIn(series: HourSeries, { start, end }: Span): JudgedHour[] {
  const from = Date.parse(series.fromAt);
  const hours: JudgedHour[] = [];
  for (let i = Math.ceil((start - from) / hourMs); from + i * hourMs < end; i++) {
    const told = hourTold(series, i);
    // Wind and wet only make it colder.
    const mildest = feltAt({ ...told, windKmh: told.windKmh ?? 0 });
    const coldest = feltAt({
      ...told,
      windKmh: told.windKmh ?? mostWindKmh,
      precipitationMm: mildest.wet === null ? 1 : told.precipitationMm,
    });
    hours.push({
      at: from + i * hourMs,
      ...told,
      feltAtMost: mildest.feltCelsius ?? Infinity,
      feltAtLeast: coldest.feltCelsius ?? -Infinity,
    });
  }
  return hours;
}
/** More wind than this is never told. */
const mostWindKmh = 300;

/** Those of some hours in a row that begin within the span. */
export function within(hours: readonly JudgedHour[], { start, end }: Span): JudgedHour[] {
  const first = hours[0]?.at ?? 0;
  const index = (ms: number) => Math.max(0, Math.ceil((ms - first) / hourMs));
  return hours.slice(index(start), index(end));
}

/** The hour of the series that a moment is in: when it begins. */
export function hourOf(series: HourSeries, ms: number): number {
  const from = Date.parse(series.fromAt);
  return from + Math.floor((ms - from) / hourMs) * hourMs;
}

/**
 * The nights of these local hours that touch [from, to], in order; over midnight, over changes of summer time. Equal
 * hours: one whole day after another.
 */
export function nightsIn(
  { fromHour, toHour }: ResponseRules['night'],
  { start, end }: Span,
  timeZone: string,
): Span[] {
  if (fromHour !== toHour) return keySpans({ fromHour, toHour }, start, end + 1, timeZone);
  const half = { fromHour, toHour: (fromHour + 12) % 24 };
  const dayMs = 24 * hourMs;
  const starts = keySpans(half, start - 2 * dayMs, end + 2 * dayMs, timeZone).map((s) => s.start);
  return starts
    .slice(1)
    .map((next, i) => ({ start: starts[i]!, end: next }))
    .filter((night) => night.start <= end && night.end > start);
}

/** How an hour is read. */
export interface Reading {
  celsius(hour: JudgedHour): number;
  feltCelsius(hour: JudgedHour): number;
  windKmh(hour: JudgedHour): number;
  wet(hour: JudgedHour, upToCelsius: number): boolean;
  /** the coldest of a day that others are compared with; null: can't be said */
  minimumBefore(hours: readonly JudgedHour[]): number | null;
}

/** A day with less of its hours told has no minimum to compare with (ours). */
const enoughOfDay = 0.75;

/** The coldest hour that is told: the true minimum is no milder. Infinite where none is. */
function mildestMinimum(hours: readonly JudgedHour[]): number {
  let minimum = Infinity;
  for (const { temperatureCelsius } of hours)
    if (temperatureCelsius !== null && temperatureCelsius < minimum) minimum = temperatureCelsius;
  return minimum;
}

/** What is sure to be true: what isn't told is neither cold nor wet nor windy. */
export const asTold: Reading = {
  celsius: (hour) => hour.temperatureCelsius ?? Infinity,
  feltCelsius: (hour) => hour.feltAtMost,
  windKmh: (hour) => hour.windKmh ?? 0,
  wet: (hour, upToCelsius) => wetAt(hour, upToCelsius) === true,
  minimumBefore: (hours) => {
    let known = 0;
    for (const hour of hours) if (hour.temperatureCelsius !== null) known++;
    return known < hours.length * enoughOfDay ? null : mildestMinimum(hours);
  },
};

/** What can't be ruled out: what isn't told is as cold, wet and windy as can be. */
export const atWorst: Reading = {
  celsius: (hour) => hour.temperatureCelsius ?? -Infinity,
  feltCelsius: (hour) => hour.feltAtLeast,
  windKmh: (hour) => hour.windKmh ?? Infinity,
  wet: (hour, upToCelsius) => wetAt(hour, upToCelsius) !== false,
  minimumBefore: mildestMinimum,
};
