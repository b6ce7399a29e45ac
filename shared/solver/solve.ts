// From an instance to routes, within a time.
import { Anneal } from './anneal.ts';
import type { Clock } from './anneal.ts';
import { InstanceError } from './instance.ts';
import type { Answer, Instance } from './instance.ts';
import { makeProblem } from './problem.ts';
import type { Problem } from './problem.ts';
import { Random } from './random.ts';

/**
 * distance: the shortest routes on no more vehicles than there are.
 * vehicles: the fewest vehicles first, among those plans the shortest (the literature's hierarchical one).
 */
export const objectives = ['distance', 'vehicles'] as const;
export type Objective = (typeof objectives)[number];

export interface SolveOptions {
  objective: Objective;
  seconds: number;
  seed?: number;
  /** For tests and benches; the wall clock when left out. */
  clock?: Clock;
}

/**
 * The share of the time after which good routes have been found from which to give some up, and the share
 * after which no more are given up. Giving up the first greedy routes leaves tangles that never come loose.
 */
const SETTLED = 0.35;
const REDUCED = 0.55;

/**
 * Always a complete plan that keeps every window, load, pair and the number of vehicles.
 * Throws InstanceError when a stop can't be served at all, or no plan for all was found in time.
 */
export function solve(instance: Instance, options: SolveOptions): Answer {
  const { objective, seconds, seed = 1, clock = () => performance.now() } = options;
  const from = clock();
  const until = from + 1000 * seconds;
  const problem = makeProblem(instance);
  if (problem.size === 1) return { distance: 0, routes: [] };
  const search = new Anneal(problem, new Random(seed), clock);
  search.construct();
  const after = (share: number) => from + 1000 * seconds * share;
  if (objective === 'vehicles') {
    if (search.complete) search.shorten(after(SETTLED), true);
    search.reduce(after(REDUCED), fewestByLoad(instance));
  }
  if (!search.complete) search.reduce(until, problem.maxRoutes);
  if (!search.complete)
    throw new InstanceError(
      `No plan that serves everyone with ${instance.vehicles} vehicles was found in ${seconds} s.`,
    );
  search.shorten(until, objective === 'vehicles');
  return toAnswer(problem, search);
}

/** No plan has fewer vehicles than this. */
function fewestByLoad({ kind, demand, capacity }: Instance): number {
  if (kind === 'pdptw' || capacity === 0) return 1;
  return Math.max(1, Math.ceil(demand.reduce((sum, d) => sum + d, 0) / capacity - 1e-9));
}

function toAnswer({ instance, size, distance }: Problem, { tours }: Anneal): Answer {
  const plan = new Int32Array(2 * size);
  const count = tours.writeTo(plan);
  const routes: number[][] = [];
  let route: number[] = [];
  let sum = 0;
  let last = 0;
  for (let at = 0; at < count; at++) {
    const stop = plan[at]!;
    sum += distance[last * size + stop]!;
    last = stop;
    if (stop !== 0) route.push(instance.ids[stop]!);
    else {
      routes.push(route);
      route = [];
    }
  }
  return { distance: sum, routes };
}
