/** A whole plan while it is being made: a lane per team, how many beds they take, and who is left over. */
import { bestInsertion, firstFree, without } from './insertion.ts';
import type { PoolUse } from './insertion.ts';
import { makeLane } from './lane.ts';
import type { Lane, Trial } from './lane.ts';
import { fits } from './abilities.ts';
import { needsNoBed, poolOf, withoutBed } from './model.ts';
import type { Model } from './model.ts';
import type { Plan, PlannedLane, PlannedStop } from './plan.ts';

export interface State {
  model: Model;
  lanes: Lane[];
  used: PoolUse;
  /** jobs in no lane, in the order of the night */
  left: Set<number>;
  cost: number;
}

/** What was sent, and nothing else: every other job is left over. */
export function sentOnly(model: Model): State {
  const used = new Int32Array(model.poolFree.length);
  const left = new Set<number>();
  let cost = 0;
  for (let j = 0; j < model.jobCount; j++)
    if (model.sentTo[j] === -1) {
      left.add(j);
      cost += model.unservedCost[j]!;
    }
  const lanes = model.teams.map((_, t) => sentLane(model, t, used));
  for (const lane of lanes) cost += lane.cost;
  return { model, lanes, used, left, cost };
}

function sentLane(model: Model, t: number, used: PoolUse): Lane {
  const { sent, aboard } = model.teams[t]!;
  let trial: Trial = { seq: [...sent], bed: sent.map((j) => bedOfSent(model, j, used)) };
  const houses = new Map<number, number>([...aboard.keys()].map((house) => [house, 0]));
  trial.bed.forEach((pool, k) => {
    if (pool >= 0) houses.set(model.poolStation[pool]!, k + 1);
  });
  for (const [house, after] of houses) trial = withHouse(model, t, trial, house, after);
  return makeLane(model, t, trial, fixedIn(model, trial.seq), true)!;
}

function bedOfSent(model: Model, j: number, used: PoolUse): number {
  if (model.heldPool[j]! >= 0) return model.heldPool[j]!;
  const places = model.places[j]!;
  if (places === 0) return needsNoBed;
  for (const pools of model.jobPools[j]!) {
    const pool = firstFree(model, pools, used, places);
    if (pool < 0) continue;
    used[pool]! += places;
    return pool;
  }
  return withoutBed;
}

/** The house where it costs least, after the last who is brought there. */
function withHouse(model: Model, t: number, trial: Trial, house: number, after: number): Trial {
  const stop = model.jobCount + house;
  // Earlier insertions of houses have moved what comes after them.
  const last = trial.bed.findLastIndex((pool) => pool >= 0 && model.poolStation[pool] === house);
  let best: Lane | null = null;
  for (let k = Math.max(last + 1, after > 0 ? last + 1 : 0); k <= trial.seq.length; k++) {
    const lane = makeLane(
      model,
      t,
      { seq: trial.seq.toSpliced(k, 0, stop), bed: trial.bed.toSpliced(k, 0, needsNoBed) },
      0,
      true,
    )!;
    if (!best || lane.cost < best.cost - 1e-9) best = lane;
  }
  return best!;
}

const fixedIn = (model: Model, seq: readonly number[]): number =>
  seq.findLastIndex((j) => j < model.jobCount && model.sentTo[j]! >= 0) + 1;

/** Takes `trial` as the lane's new order: it must have been tried. */
export function takeLane(state: State, lane: Lane): void {
  const old = state.lanes[lane.team]!;
  count(state, old, -1);
  count(state, lane, 1);
  state.cost += lane.cost - old.cost;
  state.lanes[lane.team] = lane;
}

function count({ model, used }: State, lane: Lane, sign: 1 | -1): void {
  lane.bed.forEach((pool, k) => {
    const j = lane.seq[k]!;
    if (pool >= 0 && model.heldPool[j] !== pool) used[pool]! += sign * model.places[j]!;
  });
}

export function insert(state: State, t: number, j: number, trial: Trial): boolean {
  const { model } = state;
  const { fixed } = state.lanes[t]!;
  // A house that is visited sooner now may be visited in vain later.
  const tidy = model.places[j] === 0 ? trial : without(model, trial, t, () => false);
  const shorter = tidy.seq.length < trial.seq.length;
  const lane =
    (shorter ? makeLane(model, t, tidy, fixedIn(model, tidy.seq)) : null) ??
    makeLane(model, t, trial, fixed);
  if (!lane) return false;
  takeLane(state, lane);
  if (state.left.delete(j)) state.cost -= state.model.unservedCost[j]!;
  return true;
}

/** Takes jobs out of a lane; they are left over then. What was sent stays. */
export function remove(state: State, t: number, gone: ReadonlySet<number>): void {
  const { model } = state;
  const old = state.lanes[t]!;
  const trial = without(model, old, t, (j) => gone.has(j) && model.sentTo[j] === -1);
  // Less to do can't break a rule, but for a house that opens at an hour: then everything goes.
  const lane =
    makeLane(model, t, trial, fixedIn(model, trial.seq)) ??
    makeLane(
      model,
      t,
      without(model, old, t, (j) => model.sentTo[j] === -1),
      old.fixed,
      true,
    )!;
  takeLane(state, lane);
  const kept = new Set(lane.seq);
  for (const j of old.seq)
    if (j < model.jobCount && !kept.has(j)) {
      state.left.add(j);
      state.cost += model.unservedCost[j]!;
    }
}

/** The same without jobs that weren't sent. */
export function withoutJobs(state: State, jobs: readonly number[]): State {
  const gone = new Set(jobs);
  for (const lane of state.lanes.slice())
    if (lane.seq.some((j) => gone.has(j))) remove(state, lane.team, gone);
  return state;
}

export const copyOf = (state: State): State => ({
  ...state,
  lanes: state.lanes.slice(),
  used: state.used.slice(),
  left: new Set(state.left),
});
export function putBack(state: State, from: State): void {
  state.lanes = from.lanes.slice();
  state.used.set(from.used);
  state.left = new Set(from.left);
  state.cost = from.cost;
}

/** The previous plan as far as it still holds; what doesn't is left over. */
export function stateOf(model: Model, previous: Plan | undefined): State {
  const state = sentOnly(model);
  if (!previous) return state;
  for (const planned of previous.lanes) {
    const t = model.teamIndex.get(planned.teamId);
    if (t === undefined) continue;
    const trial = trialOf(state, t, planned);
    const lane = trial && makeLane(model, t, trial, fixedIn(model, trial.seq));
    if (lane) {
      takeLane(state, lane);
      for (const j of lane.seq)
        if (j < model.jobCount && state.left.delete(j)) state.cost -= model.unservedCost[j]!;
    } else keepWhatFits(state, t, planned);
  }
  return state;
}

/** The lane as it was planned, or null where what was sent stands in another order or a bed is gone. */
function trialOf(state: State, t: number, planned: PlannedLane): Trial | null {
  const { model, used } = state;
  const base = state.lanes[t]!;
  const free = used.slice();
  for (const [k, pool] of base.bed.entries())
    if (pool >= 0 && model.heldPool[base.seq[k]!] !== pool)
      free[pool]! -= model.places[base.seq[k]!]!;
  const raw: Trial = { seq: [], bed: [] };
  const sent = model.teams[t]!.sent;
  let next = 0;
  for (const stop of planned.stops) {
    if (stop.kind === 'station') {
      const house = model.stationIndex.get(stop.stationId);
      if (house === undefined) return null;
      raw.seq.push(model.jobCount + house);
      raw.bed.push(needsNoBed);
      continue;
    }
    const j = model.jobIndex.get(stop.jobId);
    if (j === undefined || !staysWith(state, t, j)) continue;
    if (model.sentTo[j] === t && sent[next++] !== j) return null;
    const pool = bedStill(model, j, stop.bed, free);
    if (pool === null) return null;
    raw.seq.push(j);
    raw.bed.push(pool);
  }
  if (next < sent.length) return null;
  const trial = without(model, raw, t, () => false);
  return bringsEverybody(model, trial, t) ? trial : null;
}

function staysWith({ model, left }: State, t: number, j: number): boolean {
  if (model.sentTo[j]! >= 0) return model.sentTo[j] === t;
  return left.has(j) && model.able[t * model.jobCount + j] === fits;
}

/** The pool, taken from what is free; null: no longer to be had. */
function bedStill(
  model: Model,
  j: number,
  bed: { stationId: string; kind: PlannedKind } | null,
  taken: Int32Array,
): number | null {
  if (model.heldPool[j]! >= 0) return model.heldPool[j]!;
  const places = model.places[j]!;
  if (places === 0) return needsNoBed;
  if (!bed) return withoutBed;
  const pool = poolOf(model, bed.stationId, bed.kind);
  if (pool < 0 || !model.jobPools[j]!.some((pools) => pools.includes(pool))) return null;
  taken[pool]! += places;
  return taken[pool]! <= model.poolFree[pool]! ? pool : null;
}
type PlannedKind = NonNullable<Extract<PlannedStop, { kind: 'visit' }>['bed']>['kind'];

function bringsEverybody(model: Model, { seq, bed }: Trial, t: number): boolean {
  const visited = new Set<number>();
  for (let k = seq.length - 1; k >= 0; k--) {
    if (seq[k]! >= model.jobCount) visited.add(seq[k]! - model.jobCount);
    else if (bed[k]! >= 0 && !visited.has(model.poolStation[bed[k]!]!)) return false;
  }
  return [...model.teams[t]!.aboard.keys()].every((house) => visited.has(house));
}

/** Job after job in the order it was planned, each where it fits best behind what was sent. */
function keepWhatFits(state: State, t: number, planned: PlannedLane): void {
  for (const stop of planned.stops) {
    if (stop.kind !== 'visit') continue;
    const j = state.model.jobIndex.get(stop.jobId);
    if (j === undefined || !state.left.has(j)) continue;
    const found = bestInsertion(state.model, state.lanes[t]!, j, state.used);
    if (found && found.delta < state.model.unservedCost[j]!) insert(state, t, j, found.trial);
  }
}

export function planOf({ model, lanes, left }: State): Plan {
  const { night } = model;
  return {
    madeAt: night.now,
    lanes: lanes.map((lane) => ({
      teamId: night.teams[lane.team]!.id,
      stops: lane.seq.map((stop, k) => {
        if (stop >= model.jobCount)
          return { kind: 'station', stationId: night.stations[stop - model.jobCount]!.id };
        const pool = lane.bed[k]!;
        return {
          kind: 'visit',
          jobId: night.jobs[stop]!.id,
          bed:
            pool >= 0
              ? {
                  stationId: night.stations[model.poolStation[pool]!]!.id,
                  kind: model.poolKind[pool]!,
                }
              : null,
        };
      }),
    })),
    unserved: [...left].toSorted((a, b) => a - b).map((j) => night.jobs[j]!.id),
  };
}
