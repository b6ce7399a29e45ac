/**
 * Learns, from nothing but what has already happened, which memories tell what comes next:
 * log(expected) = sum of weight x log(floor + rate), weights never below 0. One step of Newton's method on the
 * Poisson likelihood per period, each under the curvature of all periods before (a Kalman filter of a
 * log-linear model in information form: West, Harrison and Migon, JASA 80, 1985), started at weights that
 * already make a good forecast.
 */

/** What the starting weights are worth, in events. */
const priorEvents = 50;
/** How much of the curvature a period leaves to the next: what was true years ago may not be. */
const remembered = 0.97;
/** No weight moves further in one period. */
const longestStep = 0.5;
const descentRounds = 60;

export class MemoryWeights {
  readonly weights: Float64Array;
  readonly #curvature: Float64Array;
  /** How much wilder than Poisson what happens is, relative to what is expected. */
  #dispersion = 1;

  constructor(prior: readonly number[]) {
    const size = prior.length;
    this.weights = Float64Array.from(prior);
    this.#curvature = new Float64Array(size * size);
    for (let j = 0; j < size; j++) this.#curvature[j * size + j] = priorEvents;
  }

  /** out[cell] = log of what is expected, up to a constant that is the same for all cells. */
  scoreInto(columns: readonly Float64Array[], cells: number, out: Float64Array): void {
    out.fill(0, 0, cells);
    columns.forEach((column, j) => {
      const weight = this.weights[j]!;
      if (weight > 0) for (let cell = 0; cell < cells; cell++) out[cell]! += weight * column[cell]!;
    });
  }

  /** What came after the rates in `columns`, counted so that one event is about 1. */
  learn(columns: readonly Float64Array[], cells: number, seen: Float64Array): void {
    const expected = this.#expected(columns, cells, seen);
    if (expected === null) return;
    const size = columns.length;
    const means = columns.map((column) => weightedMean(column, expected, cells));
    const slope = new Float64Array(size);
    const curvature = new Float64Array(size * size);
    const centred = new Float64Array(size);
    let excess = 0;
    for (let cell = 0; cell < cells; cell++) {
      const mu = expected[cell]!;
      const more = seen[cell]! - mu;
      excess += (more * more) / Math.max(mu, 0.05);
      for (let j = 0; j < size; j++) {
        const x = columns[j]![cell]! - means[j]!;
        centred[j] = x;
        slope[j]! += x * more;
        const scaled = x * mu;
        for (let k = 0; k <= j; k++) curvature[j * size + k]! += scaled * centred[k]!;
      }
    }
    this.#dispersion = 0.9 * this.#dispersion + 0.1 * Math.max(1, excess / cells);
    this.#remember(curvature);
    for (let j = 0; j < size; j++) slope[j]! /= this.#dispersion;
    this.#move(slope);
  }

  /** People expected per cell, as many in all as were seen; null when nobody was. */
  #expected(columns: readonly Float64Array[], cells: number, seen: Float64Array) {
    const expected = new Float64Array(cells);
    this.scoreInto(columns, cells, expected);
    let highest = -Infinity;
    let total = 0;
    for (let cell = 0; cell < cells; cell++) {
      highest = Math.max(highest, expected[cell]!);
      total += seen[cell]!;
    }
    if (!(total > 0)) return null;
    let sum = 0;
    for (let cell = 0; cell < cells; cell++)
      sum += expected[cell] = Math.exp(expected[cell]! - highest);
    for (let cell = 0; cell < cells; cell++) expected[cell]! *= total / sum;
    return expected;
  }

  #remember(lower: Float64Array): void {
    const size = this.weights.length;
    for (let j = 0; j < size; j++)
      for (let k = 0; k < size; k++) {
        const news = lower[Math.max(j, k) * size + Math.min(j, k)]! / this.#dispersion;
        const at = j * size + k;
        const prior = j === k ? priorEvents : 0;
        this.#curvature[at] = remembered * this.#curvature[at]! + (1 - remembered) * prior + news;
      }
  }

  /** To the best weights under slope and curvature that are not below 0: coordinate descent. */
  #move(slope: Float64Array): void {
    const size = this.weights.length;
    const goal = Float64Array.from(this.weights);
    for (let round = 0; round < descentRounds; round++) {
      let moved = 0;
      for (let j = 0; j < size; j++) {
        const better = Math.max(0, goal[j]! + slope[j]! / this.#curvature[j * size + j]!);
        const by = better - goal[j]!;
        if (by === 0) continue;
        goal[j] = better;
        for (let k = 0; k < size; k++) slope[k]! -= this.#curvature[k * size + j]! * by;
        moved = Math.max(moved, Math.abs(by));
      }
      if (moved < 1e-6) break;
    }
    let furthest = 0;
    for (let j = 0; j < size; j++)
      furthest = Math.max(furthest, Math.abs(goal[j]! - this.weights[j]!));
    const part = furthest > longestStep ? longestStep / furthest : 1;
    for (let j = 0; j < size; j++) this.weights[j]! += part * (goal[j]! - this.weights[j]!);
  }
}

function weightedMean(values: Float64Array, weights: Float64Array, cells: number): number {
  let sum = 0;
  let total = 0;
  for (let cell = 0; cell < cells; cell++) {
    sum += values[cell]! * weights[cell]!;
    total += weights[cell]!;
  }
  return sum / total;
}
