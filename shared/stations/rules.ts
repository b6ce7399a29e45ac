/** What the field's rules say of beds, of who is on the way to one, and of how long somebody stays. */
import { distanceMeters } from '../geo/ellipsoid.ts';
import type { Position } from '../geo/position.ts';
import { estimateFactors } from '../roads/estimate.ts';
import type { VulnerableFlag } from '../sightings/schema.ts';
import type { BedKind } from './schema.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/**
 * A place waits this long after the time somebody was expected. Not a setting: long enough for a flat tyre and a stop
 * at a chemist's, short enough that on a full night nobody sleeps outside for a bed that is kept for no one.
 */
const graceMinutes = 30;
export const holdExpiry = (expectedAt: string): string =>
  new Date(Date.parse(expectedAt) + graceMinutes * minuteMs).toISOString();

/** By hand nobody is expected later than this: what is kept for tomorrow night is wanting tonight *(ours)*. */
export const longestWaitHours = 24;

/** Ten days is the longest aid usually lasts (Measures on aid to vagrants and beggars without means); longer is 滞留. */
export const longStayDays = 10;
export const daysOf = (arrivedAt: string, until: string): number =>
  Math.max(0, Math.floor((Date.parse(until) - Date.parse(arrivedAt)) / dayMs));

/** Persuading somebody, packing up and getting in *(ours)*. */
const boardingMinutes = 10;
/** When somebody who was met will be at the house, where nobody has planned it: an estimate without roads. */
export function arrivalEstimate(metAt: string, from: Position, to: Position): string {
  const { detour, metersPerSecond } = estimateFactors.van;
  const drivingMs = ((distanceMeters(from, to) * detour) / metersPerSecond) * 1000;
  return new Date(Date.parse(metAt) + boardingMinutes * minuteMs + drivingMs).toISOString();
}

/** The first that is true of somebody decides; the kinds stand in order of what fits. */
const kindsByFlag: readonly (readonly [VulnerableFlag, readonly BedKind[]])[] = [
  ['with_infant', ['family', 'women', 'general']],
  // A minor alone is never put among grown-ups who share a room.
  ['minor', ['minors', 'family', 'general']],
  ['pregnant', ['women', 'family', 'general']],
  ['limited_mobility', ['wheelchair', 'general', 'men', 'women']],
  ['disabled', ['general', 'wheelchair', 'men', 'women']],
  ['ill', ['isolation', 'general', 'men', 'women']],
];
/** Reports don't say who is a man and who a woman: most people met are men. */
const anybody: readonly BedKind[] = ['general', 'men', 'women'];

/** Kinds of places that fit somebody of whom only the flags are known, the best first. Never empty. */
export const fittingKinds = (flags: readonly VulnerableFlag[]): readonly BedKind[] =>
  kindsByFlag.find(([flag]) => flags.includes(flag))?.[1] ?? anybody;
