// Takes strings of stops off routes that lie near each other: the "adjacent string removal" of
// Christiaens and Vanden Berghe, Slack Induction by String Removals for Vehicle Routing Problems,
// Transportation Science 54 (2020).
import { ABSENT } from './tours.ts';
import type { Tours } from './tours.ts';
import type { Random } from './random.ts';

/** Stops taken off on average, and the longest string. */
const AVERAGE_REMOVED = 10;
const LONGEST_STRING = 10;
/** How often a string keeps some stops in its middle, and how often it stops at each one kept. */
const SPLIT_CHANCE = 0.5;
const SPLIT_DEPTH = 0.01;

export class Ruin {
  readonly #tours: Tours;
  readonly #random: Random;
  readonly #marked: Uint8Array;
  readonly #round: Int32Array;
  #rounds = 0;

  constructor(tours: Tours, random: Random) {
    this.#tours = tours;
    this.#random = random;
    this.#marked = new Uint8Array(tours.problem.size);
    this.#round = new Int32Array(Math.max(1, tours.problem.maxRoutes));
  }

  /** Writes what was taken off to `bank` from `count` on; a pair is one entry, its pickup. The new count. */
  strings(bank: Int32Array, count: number): number {
    const tours = this.#tours;
    const random = this.#random;
    const { size, nearest, near } = tours.problem;
    const round = ++this.#rounds;
    if (tours.usedCount === 0) return count;
    const longest = Math.min(LONGEST_STRING, (size - 1) / tours.usedCount);
    const most = (4 * AVERAGE_REMOVED) / (1 + longest) - 1;
    let left = Math.floor(1 + random.next() * most);
    const seed = 1 + random.below(size - 1);
    for (let k = -1; k < near && left > 0; k++) {
      const stop = k < 0 ? seed : nearest[seed * near + k]!;
      const r = tours.routeOf[stop]!;
      if (r === ABSENT || this.#round[r] === round) continue;
      this.#round[r] = round;
      left--;
      const most = Math.min(tours.length[r]!, longest);
      count = this.#string(r, stop, Math.floor(1 + random.next() * most), bank, count);
    }
    return count;
  }

  /** Everything of route r. */
  whole(r: number, bank: Int32Array, count: number): number {
    const base = r * this.#tours.stride;
    for (let p = base + 1; p <= base + this.#tours.length[r]!; p++)
      count = this.#mark(this.#tours.stops[p]!, bank, count);
    this.#tours.removeMarked(r, this.#marked);
    return count;
  }

  #string(r: number, stop: number, wanted: number, bank: Int32Array, count: number): number {
    const tours = this.#tours;
    const random = this.#random;
    const length = tours.length[r]!;
    const size = Math.min(wanted, length);
    let kept = 0;
    if (size > 1 && size < length && random.next() < SPLIT_CHANCE) {
      kept = 1;
      while (size + kept < length && random.next() > SPLIT_DEPTH) kept++;
    }
    const whole = size + kept;
    const at = tours.positionOf[stop]! - r * tours.stride;
    const first = Math.max(1, at - whole + 1);
    const last = Math.min(at, length - whole + 1);
    const start = r * tours.stride + first + random.below(last - first + 1);
    const keptFrom = start + (kept > 0 ? 1 + random.below(size - 1) : whole);
    for (let p = start; p < start + whole; p++)
      if (p < keptFrom || p >= keptFrom + kept) count = this.#mark(tours.stops[p]!, bank, count);
    tours.removeMarked(r, this.#marked);
    return count;
  }

  #mark(stop: number, bank: Int32Array, count: number): number {
    const { deliveryOf, pickupOf } = this.#tours.problem.instance;
    if (this.#marked[stop] === 1) return count;
    const pickup = pickupOf[stop]! || stop;
    this.#marked[pickup] = 1;
    if (deliveryOf[pickup] !== 0) this.#marked[deliveryOf[pickup]!] = 1;
    bank[count] = pickup;
    return count + 1;
  }
}
