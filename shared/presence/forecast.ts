/**
 * The forecast of where people are outside tonight, per cell and hour, from all that was seen and from how much
 * was looked. Pure: the same history gives the same forecast, in whatever order its rows come.
 */
import { cellNights } from './cell-nights.ts';
import type { CellNights } from './cell-nights.ts';
import { expectPeople } from './expectation.ts';
import type { Expectation } from './expectation.ts';
import { countHours, usualHours } from './hour-counts.ts';
import type { HourCounts } from './hour-counts.ts';
import { learnHours, shapeOfCell } from './hour-shapes.ts';
import { keyCells, keyHourShapes, lentPeople } from './key-places.ts';
import type { KeyCell } from './key-places.ts';
import { localClock, nightOf } from './local-nights.ts';
import { recentFacts } from './recent.ts';
import { factorOfNight, learnNightFactors } from './tonight.ts';
import type {
  ForecastCircumstances,
  LearnedPresence,
  PresenceForecast,
  PresenceHistory,
} from './schema.ts';

const hourMs = 3_600_000;
/** From six in the morning on, the night ahead is the next one. */
const tillNextNightMs = 6 * hourMs;

export function forecastPresence(
  history: PresenceHistory,
  circumstances: ForecastCircumstances,
): PresenceForecast {
  const { nowMs, timeZone, keyPoints, weather } = circumstances;
  const clock = localClock(timeZone);
  const tonight = nightOf(clock(nowMs));
  const keys = keyCells(keyPoints);
  const nights = cellNights(history, nowMs, clock, [...keys.keys()]);
  const counts = countHours(nights, tonight);
  const { learned: before } = circumstances;
  const expectation = expectPeople(nights, tonight, before);
  const learned: LearnedPresence = before ?? {
    ...expectation.weighing,
    ...learnNightFactors(nights, weather),
    ...learnHours(counts),
  };
  const ahead = nightOf(clock(nowMs + tillNextNightMs));
  const factor = factorOfNight(ahead, learned, weather?.aheadCelsius ?? null);
  return {
    cells: nights.names,
    peak: peaks(nights, expectation, keys, factor),
    ...profilesOf(nights, counts, keys, learned),
    ...recentFacts(nights, tonight),
    ...usualHours(counts),
    learned,
  };
}

function peaks(
  { names }: CellNights,
  { people, nobody }: Expectation,
  keys: ReadonlyMap<string, KeyCell>,
  factor: number,
): Float32Array {
  return Float32Array.from(names, (name, cell) => {
    const key = keys.get(name);
    return people[cell]! * factor + (key === undefined ? 0 : lentPeople(key, nobody[cell]!));
  });
}

function profilesOf(
  { names }: CellNights,
  counts: HourCounts,
  keys: ReadonlyMap<string, KeyCell>,
  learned: LearnedPresence,
): Pick<PresenceForecast, 'profileOf' | 'profiles'> {
  const { shapes } = learned;
  const keyed = keyHourShapes(keys, shapes[0]!, shapes.length);
  const profileOf = Uint8Array.from(names, (name, cell) => {
    const fitting = shapeOfCell(counts, cell, learned);
    const key = keys.get(name);
    if (fitting !== 0 || key === undefined || counts.sightings[cell]! > 0) return fitting;
    return keyed.indexOf.get(key.hours) ?? 0;
  });
  const profiles = [...shapes, ...keyed.shapes].map((shape) => Float32Array.from(shape));
  return { profileOf, profiles };
}
