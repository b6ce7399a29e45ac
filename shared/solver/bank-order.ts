// In which order stops come back: one of several, by chance, so that each kind of stop is sometimes first.
// Orders and weights: Christiaens and Vanden Berghe 2020 for time windows.
import type { Problem } from './problem.ts';
import type { Random } from './random.ts';

/** How often each order is taken: by chance, demand, far first, near first, narrow window, early, late. */
const ORDER_WEIGHTS = [4, 4, 2, 1, 2, 2, 2];
const ALL_WEIGHTS = ORDER_WEIGHTS.reduce((sum, weight) => sum + weight, 0);

function pick(chance: number): number {
  let left = chance * ALL_WEIGHTS;
  let order = 0;
  while (order < ORDER_WEIGHTS.length - 1 && left >= ORDER_WEIGHTS[order]!)
    left -= ORDER_WEIGHTS[order++]!;
  return order;
}

export class BankOrder {
  readonly #problem: Problem;
  readonly #random: Random;
  readonly #keys: Float64Array;

  constructor(problem: Problem, random: Random) {
    this.#problem = problem;
    this.#random = random;
    this.#keys = new Float64Array(problem.size);
  }

  sort(bank: Int32Array, count: number): void {
    const { instance, distance } = this.#problem;
    const { demand, ready, due } = instance;
    const keys = this.#keys;
    const random = this.#random;
    const order = pick(random.next());
    for (let k = 0; k < count; k++) {
      const stop = bank[k]!;
      keys[k] =
        order === 0
          ? random.next()
          : order === 1
            ? -demand[stop]!
            : order === 2
              ? -distance[stop]!
              : order === 3
                ? distance[stop]!
                : order === 4
                  ? due[stop]! - ready[stop]!
                  : order === 5
                    ? ready[stop]!
                    : -due[stop]!;
    }
    for (let k = 1; k < count; k++) {
      const [key, stop] = [keys[k]!, bank[k]!];
      let at = k;
      for (; at > 0 && keys[at - 1]! > key; at--) {
        keys[at] = keys[at - 1]!;
        bank[at] = bank[at - 1]!;
      }
      keys[at] = key;
      bank[at] = stop;
    }
  }
}
