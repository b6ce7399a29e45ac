/**
 * What of a track is believed. Every rule looks at a fix and its near neighbours in time alone, so that a piece of a
 * track, cut out with some minutes on both sides, is cleaned as the whole one is.
 */
import { longestGapMs, metersBetween } from './fixes.ts';
import type { Fix } from './fixes.ts';
import type { TrackPoint } from './schema.ts';

/** A fix that is less sure than this says hardly more than the part of the city. */
export const worstAccuracyMeters = 100;
/** 180 km/h: nothing that patrols a city goes faster. */
const fastestMetersPerSecond = 50;
/** So many fixes elsewhere, with a jump before and after them, are an excursion of the receiver. */
const longestExcursion = 5;
/** A track that begins or ends with so few fixes after a jump isn't believed there yet. */
const longestStray = 2;

/** There and back between two fixes, faster than a car can turn. */
const spike = { withinMs: 30_000, metersPerSecond: 12, leastMeters: 30, accuracies: 3, back: 0.35 };

/** Looking at this long before and after tells standing from going. */
const standing = { reachMs: 45_000, leastFixes: 4, leastMs: 20_000, meters: 15, widest: 40 };

export interface CleanedPoints {
  /** in the order of time */
  fixes: Fix[];
  /** moments that were not believed */
  dropped: number[];
}

/** Doesn't depend on the order of the points; of several of one moment the most accurate counts. */
export function cleanTrack(points: readonly TrackPoint[]): CleanedPoints {
  const dropped: number[] = [];
  const sure: Fix[] = [];
  for (const [at, lon, lat, accuracyMeters] of points.toSorted(byTime)) {
    if (sure.at(-1)?.at === at) continue;
    if (accuracyMeters > worstAccuracyMeters) dropped.push(at);
    else sure.push({ at, lon, lat, accuracyMeters });
  }
  const believed = withoutSpikes(withoutExcursions(sure, dropped), dropped);
  return { fixes: calm(believed), dropped };
}

const byTime = (a: TrackPoint, b: TrackPoint): number =>
  a[0] - b[0] || a[3] - b[3] || a[1] - b[1] || a[2] - b[2];

/** What lies between them can't be explained by how unsure both are. */
export function isJump(a: Fix, b: Fix): boolean {
  const meters = metersBetween(a, b) - a.accuracyMeters - b.accuracyMeters;
  return meters > (Math.max(1000, b.at - a.at) / 1000) * fastestMetersPerSecond;
}

/** Cuts the track at its jumps; a few fixes between two of them go when it fits together without them. */
function withoutExcursions(fixes: readonly Fix[], dropped: number[]): Fix[] {
  const runs: Fix[][] = [];
  for (const fix of fixes) {
    const run = runs.at(-1);
    if (run === undefined || isJump(run.at(-1)!, fix)) runs.push([fix]);
    else run.push(fix);
  }
  const kept: Fix[][] = [];
  runs.forEach((run, i) => {
    const before = kept.at(-1);
    const after = runs[i + 1];
    if (before && !isJump(before.at(-1)!, run[0]!)) return void before.push(...run);
    const fits = before && after && !isJump(before.at(-1)!, after[0]!);
    const isStray =
      (before === undefined) !== (after === undefined) &&
      run.length <= longestStray &&
      (before ?? after)!.length > run.length;
    if (isStray || (fits && run.length <= longestExcursion)) {
      for (const { at } of run) dropped.push(at);
    } else kept.push([...run]);
  });
  return kept.flat();
}

function withoutSpikes(fixes: readonly Fix[], dropped: number[]): Fix[] {
  return fixes.filter((fix, i) => {
    const before = fixes[i - 1];
    const after = fixes[i + 1];
    if (!before || !after || !isSpike(before, fix, after)) return true;
    dropped.push(fix.at);
    return false;
  });
}

function isSpike(before: Fix, fix: Fix, after: Fix): boolean {
  const [there, back] = [fix.at - before.at, after.at - fix.at];
  if (there > spike.withinMs || back > spike.withinMs) return false;
  const out = metersBetween(before, fix);
  const home = metersBetween(fix, after);
  const least = Math.max(spike.leastMeters, spike.accuracies * fix.accuracyMeters);
  return (
    Math.min(out, home) > least &&
    out > (spike.metersPerSecond * there) / 1000 &&
    home > (spike.metersPerSecond * back) / 1000 &&
    metersBetween(before, after) < spike.back * Math.min(out, home)
  );
}

/** Fixes of somebody who stands are brought to the middle of those around them in time. */
function calm(fixes: readonly Fix[]): Fix[] {
  let first = 0;
  let last = 0;
  return fixes.map((fix) => {
    while (fixes[first]!.at < fix.at - standing.reachMs) first += 1;
    while (last < fixes.length && fixes[last]!.at <= fix.at + standing.reachMs) last += 1;
    return middleOfStanding(fixes, first, last, fix) ?? fix;
  });
}

function middleOfStanding(fixes: readonly Fix[], first: number, end: number, fix: Fix): Fix | null {
  if (end - first < standing.leastFixes) return null;
  if (fixes[end - 1]!.at - fixes[first]!.at < standing.leastMs) return null;
  const reach = Math.max(standing.meters, Math.min(1.5 * fix.accuracyMeters, standing.widest));
  // Most fixes of a drive are told apart by the two that are farthest in time.
  if (metersBetween(fixes[first]!, fixes[end - 1]!) > 2 * reach) return null;
  const around = fixes.slice(first, end);
  const middle = { lon: medianOf(around, 'lon'), lat: medianOf(around, 'lat') };
  for (let i = 0; i < around.length; i += 1) {
    if (metersBetween(middle, around[i]!) > reach) return null;
    if (i > 0 && around[i]!.at - around[i - 1]!.at > longestGapMs) return null;
  }
  return { ...fix, ...middle };
}

function medianOf(fixes: readonly Fix[], axis: 'lon' | 'lat'): number {
  const values = Float64Array.from(fixes, (fix) => fix[axis]).sort();
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
}
