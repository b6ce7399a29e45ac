/** The best place for a job in a lane: before which stop, with which bed, and when its house is visited. */
import { mostVisitsAboard, tryLane } from './lane.ts';
import type { Lane, Trial } from './lane.ts';
import { fits } from './abilities.ts';
import { needsNoBed, withoutBed } from './model.ts';
import type { Model } from './model.ts';

/** How many houses, the nearest to the job first, are tried for it. */
const mostHouses = 4;

export interface Insertion {
  /** by how much the lane's cost grows; Infinity: it can't be put there */
  delta: number;
  trial: Trial;
}

/** How many places of each pool are taken by the plan. */
export type PoolUse = Int32Array;

const scratch: Trial = { seq: [], bed: [] };

/**
 * The cheapest way to put job `j` into the lane, not before `first` and, if it was given, at `only`; null where there
 * is none that costs less than `most`.
 */
export function bestInsertion(
  model: Model,
  lane: Lane,
  j: number,
  used: PoolUse,
  most = Infinity,
  only = -1,
): Insertion | null {
  if (model.able[lane.team * model.jobCount + j] !== fits) return null;
  const search: Search = { model, lane, j, best: most, trial: null };
  const [from, to] = only >= 0 ? [only, only] : [lane.fixed, lane.seq.length];
  const places = model.places[j]!;
  for (let i = Math.max(from, lane.fixed); i <= to; i++) {
    if (places === 0) tryAt(search, i, needsNoBed, -1);
    else {
      let houses = 0;
      for (const pools of model.jobPools[j]!) {
        const pool = firstFree(model, pools, used, places);
        if (pool < 0) continue;
        tryHouses(search, i, pool);
        if (++houses === mostHouses) break;
      }
      tryAt(search, i, withoutBed, -1);
    }
  }
  return search.trial && { delta: search.best, trial: search.trial };
}

interface Search {
  model: Model;
  lane: Lane;
  j: number;
  best: number;
  trial: Trial | null;
}

export function firstFree(
  model: Model,
  pools: readonly number[],
  used: PoolUse,
  places: number,
): number {
  for (const pool of pools) if (used[pool]! + places <= model.poolFree[pool]!) return pool;
  return -1;
}

/** The next visit to that house in the lane, or one of its own after up to so many other visits. */
function tryHouses(search: Search, i: number, pool: number): void {
  const { model, lane } = search;
  const house = model.jobCount + model.poolStation[pool]!;
  let visits = 0;
  for (let k = i; k <= lane.seq.length; k++) {
    tryAt(search, i, pool, k);
    if (k === lane.seq.length) break;
    if (lane.seq[k] === house) {
      tryAt(search, i, pool, -1);
      break;
    }
    if (lane.seq[k]! < model.jobCount && ++visits > mostVisitsAboard) break;
  }
}

/** @param k the house is visited before what is the k-th stop now; −1: the lane visits it already, or nobody gets on */
function tryAt(search: Search, i: number, bed: number, k: number): void {
  const { model, lane, j } = search;
  const { seq, bed: beds } = scratch;
  let n = 0;
  for (let a = 0; a <= lane.seq.length; a++) {
    if (a === i) {
      seq[n] = j;
      beds[n++] = bed;
    }
    if (a === k) {
      seq[n] = model.jobCount + model.poolStation[bed]!;
      beds[n++] = needsNoBed;
    }
    if (a < lane.seq.length) {
      seq[n] = lane.seq[a]!;
      beds[n++] = lane.bed[a]!;
    }
  }
  seq.length = n;
  beds.length = n;
  if (model.hasPins && breaksPins(model, seq)) return;
  const cost = tryLane(model, lane, scratch, i, j, lane.cost + search.best);
  const delta = cost - lane.cost;
  if (delta < search.best - 1e-9) {
    search.best = delta;
    search.trial = { seq: seq.slice(), bed: beds.slice() };
  }
}

/** Whether a job stands after the one a dispatcher put it before. */
function breaksPins(model: Model, seq: readonly number[]): boolean {
  return seq.some((j, a) => {
    const before = j < model.jobCount ? model.pinnedBefore[j]! : -1;
    return before >= 0 && seq.lastIndexOf(before, a) >= 0 && model.sentTo[before] === -1;
  });
}

/** The lane's order without some of its jobs, and without the houses that nobody is brought to any more. */
export function without(
  model: Model,
  lane: Trial,
  team: number,
  gone: (job: number) => boolean,
): Trial {
  const seq: number[] = [];
  const bed: number[] = [];
  lane.seq.forEach((stop, a) => {
    if (stop < model.jobCount ? gone(stop) : !servesAny(model, seq, bed, stop, team)) return;
    seq.push(stop);
    bed.push(lane.bed[a]!);
  });
  return { seq, bed };
}

function servesAny(
  model: Model,
  seq: readonly number[],
  bed: readonly number[],
  stop: number,
  team: number,
): boolean {
  const house = stop - model.jobCount;
  for (let b = seq.length - 1; b >= 0; b--) {
    if (seq[b] === stop) return false;
    if (bed[b]! >= 0 && model.poolStation[bed[b]!] === house) return true;
  }
  return model.teams[team]!.aboard.has(house);
}
