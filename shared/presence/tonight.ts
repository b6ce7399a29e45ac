/**
 * What is special about the night ahead: its weekday and its cold. Both are learned from visits alone, as people
 * met per visit: how often the public reports depends on more than on how many are outside.
 */
import type { CellNights } from './cell-nights.ts';
import { nightDate, weekdayOf } from './local-nights.ts';
import type { LearnedPresence, WeatherOfNights } from './schema.ts';

/** Visits that a weekday's own figure must outweigh. */
const weekdayPriorVisits = 300;
const weekdayBounds = [0.7, 1.4] as const;
/** How sure it is beforehand that a degree changes nothing: a standard deviation of 1 % per degree. */
const degreePrior = 1 / 0.01 ** 2;
const coldBounds = [0.5, 1.5] as const;

export type NightFactors = Pick<LearnedPresence, 'weekday' | 'perColderDegree' | 'usualCelsius'>;

interface VisitsOfNight {
  night: number;
  visits: number;
  met: number;
}

export function learnNightFactors(
  nights: CellNights,
  weather: WeatherOfNights | undefined,
): NightFactors {
  const visits = visitsByNight(nights);
  return { weekday: weekdayFactors(visits), ...coldFactor(visits, weather) };
}

function visitsByNight({ night, visited, people, firstNight }: CellNights): VisitsOfNight[] {
  const byNight = new Map<number, VisitsOfNight>();
  for (let i = 0; i < night.length; i++) {
    if (visited[i] === 0) continue;
    const at = firstNight + night[i]!;
    const sum = byNight.get(at) ?? { night: at, visits: 0, met: 0 };
    sum.visits++;
    sum.met += people[i]!;
    byNight.set(at, sum);
  }
  return [...byNight.values()];
}

function weekdayFactors(visits: readonly VisitsOfNight[]): number[] {
  const sums = Array.from({ length: 7 }, () => ({ visits: 0, met: 0 }));
  let [all, met] = [0, 0];
  for (const night of visits) {
    const sum = sums[weekdayOf(night.night)]!;
    sum.visits += night.visits;
    sum.met += night.met;
    all += night.visits;
    met += night.met;
  }
  if (met === 0) return sums.map(() => 1);
  const mean = met / all;
  return sums.map((sum) =>
    bounded(
      (sum.met + weekdayPriorVisits * mean) / ((sum.visits + weekdayPriorVisits) * mean),
      weekdayBounds,
    ),
  );
}

/** One step of Newton's method from "no effect", against a prior that holds it there. */
function coldFactor(
  visits: readonly VisitsOfNight[],
  weather: WeatherOfNights | undefined,
): Pick<NightFactors, 'perColderDegree' | 'usualCelsius'> {
  const known = visits.flatMap((night) => {
    const felt = weather?.feltCelsiusOf.get(nightDate(night.night));
    return felt !== undefined && Number.isFinite(felt) ? [{ ...night, felt }] : [];
  });
  let [all, met, warmth] = [0, 0, 0];
  for (const night of known) {
    all += night.visits;
    met += night.met;
    warmth += night.visits * night.felt;
  }
  if (all === 0) return { perColderDegree: 1, usualCelsius: null };
  const usualCelsius = warmth / all;
  const mean = met / all;
  let [slope, curvature, excess] = [0, 0, 0];
  for (const { visits: looks, met: people, felt } of known) {
    const colder = usualCelsius - felt;
    const expected = mean * looks;
    slope += colder * (people - expected);
    curvature += colder * colder * expected;
    excess += (people - expected) ** 2 / Math.max(expected, 0.05);
  }
  const dispersion = Math.max(1, excess / known.length);
  const perDegree = slope / dispersion / (curvature / dispersion + degreePrior);
  return { perColderDegree: Math.exp(perDegree), usualCelsius };
}

/** Times as many people as on the mean night. */
export function factorOfNight(
  night: number,
  { weekday, perColderDegree, usualCelsius }: NightFactors,
  aheadCelsius: number | null,
): number {
  const ofWeekday = weekday[weekdayOf(night)] ?? 1;
  if (aheadCelsius === null || usualCelsius === null || Number.isNaN(aheadCelsius))
    return ofWeekday;
  return ofWeekday * bounded(perColderDegree ** (usualCelsius - aheadCelsius), coldBounds);
}

const bounded = (value: number, [least, most]: readonly [number, number]): number =>
  Math.min(most, Math.max(least, value));
