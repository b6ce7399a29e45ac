/**
 * What follows from a track, cut at the clock: the facts of ten minutes of a team depend on its points of those ten
 * minutes and of a margin before and after, and on nothing else. So the order in which points arrive can't matter,
 * and a batch changes the facts of the two or three slices it reaches, however long the night was before.
 */
import { cleanTrack, isJump } from './clean.ts';
import { findStays } from './dwell.ts';
import type { DwellPlace, Stay } from './dwell.ts';
import { longestGapMs, metersBetween } from './fixes.ts';
import type { Fix } from './fixes.ts';
import { matchTrack } from './matching.ts';
import type { TrackPoint } from './schema.ts';
import type { StreetNetwork } from './street-network.ts';
import { unionOf } from './stretches.ts';
import type { Stretch } from './stretches.ts';

export const sliceMs = 10 * 60_000;
const minuteMs = 60_000;

/** A stay is earned within its slice only if the time before it can be seen: the margin covers a whole dwell. */
export const marginMs = (dwellSeconds: number): number =>
  Math.max(3 * minuteMs, dwellSeconds * 1000 + minuteMs);

export const sliceOf = (at: number): number => Math.floor(at / sliceMs) * sliceMs;

/** The slices whose facts depend on any of these moments, in order. */
export function slicesTouched(moments: readonly number[], margin: number): number[] {
  const slices = new Set<number>();
  for (const at of moments)
    for (let slice = sliceOf(at - margin); slice <= at + margin; slice += sliceMs)
      slices.add(slice);
  return [...slices].sort((a, b) => a - b);
}

export interface Dwell {
  keyPointId: string;
  from: number;
  to: number;
  lon: number;
  lat: number;
}

export interface SliceFacts {
  pointsKept: number;
  pointsDropped: number;
  meters: number;
  /** covered stretches, without overlaps */
  stretches: Stretch[];
  dwells: Dwell[];
  /** of each minute of the slice with a fix, its first: [minute 0…9, lon, lat] */
  minutes: [minute: number, lon: number, lat: number][];
}

export interface SliceInput {
  sliceAt: number;
  /**
   * The points within slice and margin by what they came from. A phone and a vehicle's tracker of one team may be at
   * different places: each track is read for itself, and what either covered is covered.
   */
  tracks: readonly (readonly TrackPoint[])[];
  places: readonly DwellPlace[];
  dwellSeconds: number;
  /** null: the city has no streets on file */
  network: StreetNetwork | null;
}

export function sliceFacts(input: SliceInput): SliceFacts {
  const { sliceAt, network, dwellSeconds } = input;
  const isWithin = (at: number): boolean => at >= sliceAt && at < sliceAt + sliceMs;
  const facts: SliceFacts = {
    pointsKept: 0,
    pointsDropped: 0,
    meters: 0,
    stretches: [],
    dwells: [],
    minutes: [],
  };
  const stretches: Stretch[] = [];
  for (const points of input.tracks) {
    const { fixes, dropped } = cleanTrack(points);
    facts.pointsKept += fixes.filter(({ at }) => isWithin(at)).length;
    facts.pointsDropped += dropped.filter(isWithin).length;
    // Two devices in one vehicle don't make the way longer.
    facts.meters = Math.max(facts.meters, metersWithin(fixes, isWithin));
    addMinutes(facts, fixes, isWithin);
    for (const place of input.places)
      for (const stay of findStays(fixes, place, dwellSeconds)) addDwell(facts, stay, input);
    if (network)
      for (const step of matchTrack(network, fixes))
        if (isWithin(step.at)) stretches.push(...step.stretches);
  }
  facts.meters = Math.round(facts.meters * 10) / 10;
  facts.stretches = unionOf(stretches);
  facts.minutes.sort((a, b) => a[0] - b[0]);
  facts.dwells.sort((a, b) => a.from - b.from || (a.keyPointId < b.keyPointId ? -1 : 1));
  return facts;
}

/** The way between two fixes belongs to the slice of the later one. */
function metersWithin(fixes: readonly Fix[], isWithin: (at: number) => boolean): number {
  let meters = 0;
  for (let i = 1; i < fixes.length; i += 1) {
    const [before, fix] = [fixes[i - 1]!, fixes[i]!];
    if (isWithin(fix.at) && fix.at - before.at <= longestGapMs && !isJump(before, fix))
      meters += metersBetween(before, fix);
  }
  return meters;
}

function addMinutes(
  facts: SliceFacts,
  fixes: readonly Fix[],
  isWithin: (at: number) => boolean,
): void {
  for (const { at, lon, lat } of fixes) {
    if (!isWithin(at)) continue;
    const minute = Math.floor((at % sliceMs) / minuteMs);
    if (facts.minutes.some(([known]) => known === minute)) continue;
    facts.minutes.push([minute, Math.round(lon * 1e5) / 1e5, Math.round(lat * 1e5) / 1e5]);
  }
}

/**
 * A stay belongs to the slice in which it became long enough. One that goes on belongs to each further slice too, with
 * its part there, when that part is long enough by itself: so nobody who stays for hours counts as gone, and a stay
 * across the edge of two slices counts once.
 */
function addDwell(facts: SliceFacts, stay: Stay, { sliceAt, dwellSeconds }: SliceInput): void {
  const dwellMs = dwellSeconds * 1000;
  const end = sliceAt + sliceMs;
  const goesOn = stay.to >= end + dwellMs;
  const to = goesOn ? end : stay.to;
  const isEarnedHere = stay.earnedAt >= sliceAt && stay.earnedAt < end;
  const continuesHere = stay.earnedAt < sliceAt && stay.to >= sliceAt + dwellMs;
  if (!isEarnedHere && !continuesHere) return;
  const from = isEarnedHere ? stay.from : sliceAt;
  const { keyPointId } = stay;
  const position = { lon: Math.round(stay.lon * 1e6) / 1e6, lat: Math.round(stay.lat * 1e6) / 1e6 };
  const known = facts.dwells.find((dwell) => dwell.keyPointId === keyPointId);
  // Seen twice within ten minutes, or by two devices: one dwell, from the first moment to the last.
  if (known) {
    known.from = Math.min(known.from, from);
    known.to = Math.max(known.to, to);
  } else facts.dwells.push({ keyPointId, from, to, ...position });
}
