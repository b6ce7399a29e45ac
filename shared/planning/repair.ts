/** The plan of a moment ago, mended for the night as it is now. */
import { Random } from '../solver/random.ts';
import { bestInsertion, firstFree } from './insertion.ts';
import { careful, Inserter } from './inserter.ts';
import { modelOf, withoutBed } from './model.ts';
import type { Model } from './model.ts';
import type { Night } from './night.ts';
import type { Plan } from './plan.ts';
import { improve } from './search.ts';
import type { Limits } from './search.ts';
import { copyOf, insert, planOf, putBack, stateOf, withoutJobs } from './state.ts';
import type { State } from './state.ts';

export interface PlanOptions {
  budgetMs: number;
  seed?: number;
  /** milliseconds; another one for tests */
  clock?: () => number;
  /** ends it after so many rounds, whatever the clock says: then the same seed gives the same plan */
  rounds?: number;
}

/**
 * The previous plan as far as it still holds, what is new put where it costs least, and then made better as long as
 * there is time. What was sent keeps its team. Nothing changed and no better plan found: the same plan.
 */
export function repairPlan(previous: Plan, night: Night, options: PlanOptions): Plan {
  const limits = limitsOf(options);
  const model = modelOf(night);
  const inserter = new Inserter(model);
  const state = mended(model, inserter, previous);
  improve(state, inserter, limits);
  return planOf(state);
}

export function mended(model: Model, inserter: Inserter, previous: Plan): State {
  const state = stateOf(model, previous);
  insertPinned(state);
  inserter.run(state, [...state.left], careful);
  lookForBeds(state, inserter);
  return state;
}

/** A bed may have become free for somebody who was planned to get none. */
function lookForBeds(state: State, inserter: Inserter): void {
  const { model } = state;
  const none = new Set<number>();
  for (const { seq, bed } of state.lanes)
    seq.forEach((j, k) => {
      if (bed[k] !== withoutBed || model.sentTo[j] !== -1 || model.pinnedTo[j] !== -1) return;
      const places = model.places[j]!;
      if (model.jobPools[j]!.some((pools) => firstFree(model, pools, state.used, places) >= 0))
        none.add(j);
    });
  if (none.size === 0) return;
  const before = copyOf(state);
  withoutJobs(state, [...none]);
  inserter.run(state, [...state.left], careful);
  if (state.cost >= before.cost - 1e-6) putBack(state, before);
}

/** What a dispatcher put somewhere goes there first: before the job it was put before, or at the end. */
export function insertPinned(state: State): void {
  const { model } = state;
  for (const j of [...state.left].toSorted(
    (a, b) => model.pinnedBefore[a]! - model.pinnedBefore[b]!,
  )) {
    const t = model.pinnedTo[j]!;
    if (t < 0) continue;
    const lane = state.lanes[t]!;
    const before = model.pinnedBefore[j]!;
    const at = before < 0 ? lane.seq.length : lane.seq.indexOf(before);
    const found =
      bestInsertion(model, lane, j, state.used, Infinity, at) ??
      bestInsertion(model, lane, j, state.used);
    if (found) insert(state, t, j, found.trial);
  }
}

export function limitsOf({ budgetMs, seed = 1, clock, rounds = Infinity }: PlanOptions): Limits {
  const time = clock ?? (() => performance.now());
  const began = time();
  let round = 0;
  return {
    random: new Random(seed),
    progress: () => Math.max((time() - began) / budgetMs, round++ / rounds),
  };
}
