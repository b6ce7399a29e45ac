// The routes of a search that never leaves what is feasible: where each stop stands, when a vehicle leaves
// it, how late it may be reached, and the way back to before the last step.
import type { Problem } from './problem.ts';

/** In `routeOf`: the stop is on no route. */
export const ABSENT = -1;

/**
 * Route r's stops lie at `stops[r * stride + 1 … + length[r]]`, with the depot (0) before and behind them;
 * the other columns run beside `stops`. A position is an index into these columns.
 */
export class Tours {
  readonly problem: Problem;
  readonly stride: number;
  readonly stops: Int32Array;
  /** When the vehicle leaves the stop, all service done. */
  readonly leave: Float64Array;
  /** The latest arrival at which this stop and all after it are still in time. */
  readonly late: Float64Array;
  /** Distance from this stop to the next. */
  readonly leg: Float64Array;
  /** pdptw: what is aboard after the stop. */
  readonly aboard: Float64Array;
  readonly length: Int32Array;
  readonly load: Float64Array;
  readonly cost: Float64Array;
  readonly routeOf: Int32Array;
  readonly positionOf: Int32Array;
  /** The routes with stops are `used[0 … usedCount)`. */
  readonly used: Int32Array;
  usedCount = 0;
  /** Sum of `cost`. */
  distance = 0;
  readonly #placeInUsed: Int32Array;
  readonly #free: Int32Array;
  #freeCount: number;
  readonly #saved: Int32Array;
  #savedSize = 0;
  readonly #savedRound: Int32Array;
  #round = 1;

  constructor(problem: Problem) {
    const { size, maxRoutes } = problem;
    this.problem = problem;
    this.stride = size + 1;
    const cells = this.stride * maxRoutes;
    this.stops = new Int32Array(cells);
    this.leave = new Float64Array(cells);
    this.late = new Float64Array(cells);
    this.leg = new Float64Array(cells);
    this.aboard = new Float64Array(problem.instance.kind === 'pdptw' ? cells : 0);
    this.length = new Int32Array(maxRoutes);
    this.load = new Float64Array(maxRoutes);
    this.cost = new Float64Array(maxRoutes);
    this.routeOf = new Int32Array(size).fill(ABSENT);
    this.positionOf = new Int32Array(size);
    this.used = new Int32Array(maxRoutes);
    this.#placeInUsed = new Int32Array(maxRoutes);
    this.#free = Int32Array.from({ length: maxRoutes }, (_, r) => maxRoutes - 1 - r);
    this.#freeCount = maxRoutes;
    this.#saved = new Int32Array(size + 3 * maxRoutes);
    this.#savedRound = new Int32Array(maxRoutes);
  }

  /** An empty route that now counts as used. */
  open(): number {
    const r = this.#free[--this.#freeCount]!;
    this.#placeInUsed[r] = this.usedCount;
    this.used[this.usedCount++] = r;
    return r;
  }

  #close(r: number): void {
    const place = this.#placeInUsed[r]!;
    const last = this.used[--this.usedCount]!;
    this.used[place] = last;
    this.#placeInUsed[last] = place;
    this.#free[this.#freeCount++] = r;
  }

  /** To be called before a route is changed, so that `rollback` can bring it back. */
  touch(r: number): void {
    if (this.#savedRound[r] === this.#round) return;
    this.#savedRound[r] = this.#round;
    const { stops } = this;
    const saved = this.#saved;
    const count = this.length[r]!;
    let at = this.#savedSize;
    const base = r * this.stride;
    for (let p = base + 1; p <= base + count; p++) saved[at++] = stops[p]!;
    saved[at++] = count;
    saved[at++] = r;
    this.#savedSize = at;
  }

  commit(): void {
    this.#savedSize = 0;
    this.#round++;
  }

  /** Back to the last commit. */
  rollback(): void {
    const saved = this.#saved;
    let at = this.#savedSize;
    // First every stop leaves, then every stop comes back: one may have moved between two saved routes.
    while (at > 0) {
      const r = saved[--at]!;
      const count = saved[--at]!;
      at -= count;
      const base = r * this.stride;
      for (let p = base + 1; p <= base + this.length[r]!; p++)
        this.routeOf[this.stops[p]!] = ABSENT;
    }
    at = this.#savedSize;
    while (at > 0) {
      const r = saved[--at]!;
      const count = saved[--at]!;
      at -= count;
      this.#replace(r, saved, at, count);
    }
    this.commit();
  }

  /** Fills a route from `from[at … at + count)`. */
  #replace(r: number, from: Int32Array, at: number, count: number): void {
    const base = r * this.stride;
    const wasUsed = this.length[r]! > 0;
    for (let k = 0; k < count; k++) this.stops[base + 1 + k] = from[at + k]!;
    this.length[r] = count;
    if (wasUsed && count === 0) this.#close(r);
    if (!wasUsed && count > 0) this.#reopen(r);
    this.refresh(r);
  }

  #reopen(r: number): void {
    for (let k = this.#freeCount - 1; k >= 0; k--)
      if (this.#free[k] === r) {
        this.#free[k] = this.#free[--this.#freeCount]!;
        break;
      }
    this.#placeInUsed[r] = this.usedCount;
    this.used[this.usedCount++] = r;
  }

  /** Takes every stop with a mark off its route and clears the marks. */
  removeMarked(r: number, marked: Uint8Array): void {
    this.touch(r);
    const { stops, routeOf } = this;
    const base = r * this.stride;
    const count = this.length[r]!;
    let to = base + 1;
    for (let p = base + 1; p <= base + count; p++) {
      const stop = stops[p]!;
      if (marked[stop] === 1) {
        marked[stop] = 0;
        routeOf[stop] = ABSENT;
      } else stops[to++] = stop;
    }
    this.length[r] = to - base - 1;
    if (to === base + 1) this.#close(r);
    this.refresh(r);
  }

  /** Puts a stop behind a position of route r. */
  insert(r: number, behind: number, stop: number): void {
    this.touch(r);
    const { stops } = this;
    const end = r * this.stride + this.length[r]!;
    for (let p = end; p > behind; p--) stops[p + 1] = stops[p]!;
    stops[behind + 1] = stop;
    this.length[r]!++;
    this.refresh(r);
  }

  /** Puts a pickup behind a position and its delivery behind a later one, both counted before the change. */
  insertPair(r: number, behind: number, pickup: number, behindDelivery: number, delivery: number) {
    this.touch(r);
    const { stops } = this;
    const end = r * this.stride + this.length[r]!;
    let p = end;
    for (; p > behindDelivery; p--) stops[p + 2] = stops[p]!;
    stops[p + 2] = delivery;
    for (; p > behind; p--) stops[p + 1] = stops[p]!;
    stops[p + 1] = pickup;
    this.length[r]! += 2;
    this.refresh(r);
  }

  /** Works out everything about a route from its stops. */
  refresh(r: number): void {
    const { stops, leave, late, leg, routeOf, positionOf } = this;
    const { size, distance, instance } = this.problem;
    const { ready, due, service, demand } = instance;
    const base = r * this.stride;
    const end = base + this.length[r]! + 1;
    stops[base] = 0;
    stops[end] = 0;
    let time = ready[0]! + service[0]!;
    leave[base] = time;
    let last = 0;
    let [cost, load] = [0, 0];
    for (let p = base + 1; p < end; p++) {
      const stop = stops[p]!;
      const d = distance[last * size + stop]!;
      leg[p - 1] = d;
      cost += d;
      time += d;
      const begin = ready[stop]!;
      if (time < begin) time = begin;
      time += service[stop]!;
      leave[p] = time;
      load += demand[stop]!;
      routeOf[stop] = r;
      positionOf[stop] = p;
      last = stop;
    }
    const home = distance[last * size]!;
    leg[end - 1] = home;
    cost += home;
    let latest = due[0]!;
    late[end] = latest;
    for (let p = end - 1; p > base; p--) {
      const stop = stops[p]!;
      latest -= leg[p]! + service[stop]!;
      const closing = due[stop]!;
      if (latest > closing) latest = closing;
      late[p] = latest;
    }
    this.load[r] = load;
    this.distance += cost - this.cost[r]!;
    this.cost[r] = cost;
    if (this.aboard.length > 0) this.#refreshAboard(base, end);
  }

  #refreshAboard(base: number, end: number): void {
    const { stops, aboard } = this;
    const { demand } = this.problem.instance;
    let load = 0;
    aboard[base] = 0;
    for (let p = base + 1; p < end; p++) {
      load += demand[stops[p]!]!;
      aboard[p] = load;
    }
  }

  /** Writes all stops route by route, a 0 behind each route; how much was written. */
  writeTo(plan: Int32Array): number {
    const { stops, used, length, stride } = this;
    let at = 0;
    for (let k = 0; k < this.usedCount; k++) {
      const base = used[k]! * stride;
      const end = base + length[used[k]!]!;
      for (let p = base + 1; p <= end; p++) plan[at++] = stops[p]!;
      plan[at++] = 0;
    }
    return at;
  }

  /** Starts over from what `writeTo` wrote; stops it leaves out are absent. */
  readFrom(plan: Int32Array, count: number): void {
    while (this.usedCount > 0) this.#replace(this.used[this.usedCount - 1]!, plan, 0, 0);
    this.routeOf.fill(ABSENT);
    this.distance = 0;
    let first = 0;
    for (let at = 0; at < count; at++) {
      if (plan[at] !== 0) continue;
      this.#replace(this.#free[this.#freeCount - 1]!, plan, first, at - first);
      first = at + 1;
    }
    this.commit();
  }

  /** Whether every stop is reached in time to the last bit, driven forwards as whoever checks will do. */
  get punctual(): boolean {
    const { stops, leave, leg, length, used, stride } = this;
    const { due } = this.problem.instance;
    for (let k = 0; k < this.usedCount; k++) {
      const base = used[k]! * stride;
      const end = base + length[used[k]!]!;
      for (let p = base; p <= end; p++) if (leave[p]! + leg[p]! > due[stops[p + 1]!]!) return false;
    }
    return true;
  }
}
