/**
 * Ruin and recreate (Schrimpf et al. 2000; the strings of removals after Christiaens & Vanden Berghe 2020): takes a few
 * jobs that have something to do with each other out of the plan and puts them back, again and again; a plan that is
 * a little worse than the best is gone on with, less and less so (record-to-record travel, Dueck 1993).
 */
import type { Random } from '../solver/random.ts';
import { without } from './insertion.ts';
import type { Inserter, Manner } from './inserter.ts';
import { makeLane } from './lane.ts';
import type { Model } from './model.ts';
import { copyOf, putBack, remove } from './state.ts';
import type { State } from './state.ts';

/** How much worse than the best the plan gone on with may be at first, as a share of its cost. */
const firstDeviation = 0.01;
const mostRemoved = 12;
const blinkShare = 0.02;

export interface Limits {
  /** 0 at the beginning, 1 when it is over */
  progress(): number;
  random: Random;
}

/** Makes the state better in place; never worse. */
export function improve(state: State, inserter: Inserter, limits: Limits): void {
  const { random } = limits;
  const best = copyOf(state);
  const before = copyOf(state);
  for (let done = limits.progress(); done < 1; done = limits.progress()) {
    const gone = ruin(state, random);
    if (gone.size === 0 && state.left.size === 0) {
      if (!state.lanes.some(({ seq }) => seq.some((j) => isFree(state.model, j)))) break;
      continue;
    }
    putBack(before, state);
    takeOut(state, gone);
    inserter.run(state, [...state.left], mannerOf(random));
    if (state.cost < best.cost - 1e-7) putBack(best, state);
    else if (state.cost > best.cost * (1 + firstDeviation * (1 - done))) putBack(state, before);
  }
  putBack(state, best);
}

function mannerOf(random: Random): Manner {
  const drawn = random.next();
  const regret = drawn < 0.4 ? 1 : drawn < 0.8 ? 2 : 3;
  return { regret, blink: blinkShare, random };
}

function takeOut(state: State, gone: ReadonlySet<number>): void {
  const teams = new Set<number>();
  for (const lane of state.lanes) if (lane.seq.some((j) => gone.has(j))) teams.add(lane.team);
  for (const t of teams) remove(state, t, gone);
}

const isFree = (model: Model, j: number): boolean =>
  j < model.jobCount && model.sentTo[j] === -1 && model.pinnedTo[j] === -1;

function ruin(state: State, random: Random): Set<number> {
  const { model, lanes } = state;
  const planned: number[] = [];
  for (const lane of lanes) for (const j of lane.seq) if (isFree(model, j)) planned.push(j);
  const gone = new Set<number>();
  if (planned.length === 0) return gone;
  const wanted = 1 + random.below(Math.min(mostRemoved, Math.ceil(planned.length / 2) + 1));
  const drawn = random.next();
  if (drawn < 0.5) ruinStrings(state, gone, planned, wanted, random);
  else if (drawn < 0.65) ruinWorst(state, gone, wanted, random);
  else if (drawn < 0.8) ruinLanes(state, gone, random);
  else
    while (gone.size < Math.min(wanted, planned.length))
      gone.add(planned[random.below(planned.length)]!);
  return gone;
}

function secondsBetween(model: Model, a: number, b: number): number {
  const { travel } = model.night;
  const grid = travel.van ?? travel.car ?? travel.ebike ?? travel.foot;
  return grid ? grid.seconds[model.jobAt[a]! * grid.size + model.jobAt[b]!]! : 0;
}

/** From the lanes round a job: of each, neighbours in its order. */
function ruinStrings(
  state: State,
  gone: Set<number>,
  planned: readonly number[],
  wanted: number,
  random: Random,
): void {
  const { model, lanes } = state;
  const pool = state.left.size > 0 && random.next() < 0.3 ? [...state.left] : planned;
  const seed = pool[random.below(pool.length)]!;
  const near = planned
    .map((j) => ({ j, far: secondsBetween(model, seed, j) }))
    .sort((a, b) => a.far - b.far || a.j - b.j);
  const laneOf = new Map<number, number>();
  for (const lane of lanes) for (const j of lane.seq) laneOf.set(j, lane.team);
  const touched = new Set<number>();
  for (const { j } of near) {
    if (gone.size >= wanted) return;
    const team = laneOf.get(j)!;
    if (touched.has(team)) continue;
    touched.add(team);
    const jobs = lanes[team]!.seq.filter((other) => isFree(model, other));
    const length = 1 + random.below(Math.min(3, jobs.length));
    const place = jobs.indexOf(j);
    const first = Math.max(0, Math.min(jobs.length - length, place - random.below(length)));
    for (const other of jobs.slice(first, first + length)) gone.add(other);
  }
}

/** Those without which their lane would cost least, with some chance for the next ones. */
function ruinWorst(state: State, gone: Set<number>, wanted: number, random: Random): void {
  const { model, lanes } = state;
  const costs: { j: number; saved: number }[] = [];
  for (const lane of lanes)
    for (const j of lane.seq) {
      if (!isFree(model, j)) continue;
      const less = makeLane(
        model,
        lane.team,
        without(model, lane, lane.team, (o) => o === j),
        0,
      );
      costs.push({ j, saved: less ? lane.cost - less.cost : 0 });
    }
  costs.sort((a, b) => b.saved - a.saved || a.j - b.j);
  while (gone.size < wanted && costs.length > 0)
    gone.add(costs.splice(Math.floor(random.next() ** 4 * costs.length), 1)[0]!.j);
}

/** One or two whole lanes. */
function ruinLanes({ model, lanes }: State, gone: Set<number>, random: Random): void {
  for (let k = 0; k < 2; k++)
    for (const j of lanes[random.below(lanes.length)]!.seq) if (isFree(model, j)) gone.add(j);
}
