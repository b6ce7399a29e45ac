// Ruin and recreate under simulated annealing (SISR: Christiaens and Vanden Berghe, Slack Induction by
// String Removals, Transportation Science 54, 2020), for both kinds of problem, with their way to fewer
// vehicles: what stays absent is counted, and what is often absent weighs more.
import { Insertion } from './insertion.ts';
import type { Problem } from './problem.ts';
import type { Random } from './random.ts';
import { Ruin } from './ruin.ts';
import { Tours } from './tours.ts';

/** Temperatures in mean legs of the first routes. */
const START_TEMPERATURE = 1;
const END_TEMPERATURE = 0.01;
/** Steps between two looks at the clock. */
const STEPS_PER_LOOK = 16;

/** Milliseconds from any origin. */
export type Clock = () => number;

export class Anneal {
  readonly tours: Tours;
  readonly #random: Random;
  readonly #ruin: Ruin;
  readonly #insertion: Insertion;
  readonly #clock: Clock;
  /** Stops to bring back in this step. */
  readonly #bank: Int32Array;
  /** Stops without a place before this step. */
  readonly #absent: Int32Array;
  #absentCount = 0;
  /** How often each stop was left absent. */
  readonly #absences: Float64Array;
  readonly #best: Int32Array;
  #bestSize = 0;
  steps = 0;

  constructor(problem: Problem, random: Random, clock: Clock) {
    this.tours = new Tours(problem);
    this.#random = random;
    this.#clock = clock;
    this.#ruin = new Ruin(this.tours, random);
    this.#insertion = new Insertion(this.tours, random);
    this.#bank = new Int32Array(problem.size);
    this.#absent = new Int32Array(problem.size);
    this.#absences = new Float64Array(problem.size);
    this.#best = new Int32Array(problem.size + problem.maxRoutes);
  }

  /** Routes from nothing; what finds no place is absent. */
  construct(): void {
    const { size, instance } = this.tours.problem;
    let count = 0;
    for (let stop = 1; stop < size; stop++)
      if (instance.pickupOf[stop] === 0) this.#bank[count++] = stop;
    this.#insertion.opensFreely = false;
    this.#absentCount = this.#insertion.all(this.#bank, count);
    this.#absent.set(this.#bank);
    this.tours.commit();
    if (this.complete) this.#keep();
  }

  /** Whether every stop has its place. */
  get complete(): boolean {
    return this.#absentCount === 0;
  }

  /**
   * Shorter routes until then. With `fewerFirst` no more vehicles than now are used, and a vehicle less is
   * better than any distance. Leaves the best routes found, itself included, in `tours`.
   */
  shorten(until: number, fewerFirst: boolean): void {
    const { tours } = this;
    const random = this.#random;
    const insertion = this.#insertion;
    insertion.opensFreely = true;
    insertion.limit = fewerFirst ? tours.usedCount : tours.problem.maxRoutes;
    this.#keep();
    let best = tours.distance;
    const from = this.#clock();
    const unit = this.#meanLeg();
    const cooling = Math.log(END_TEMPERATURE / START_TEMPERATURE);
    let temperature = 0;
    for (let step = 0; ; step++) {
      if (step % STEPS_PER_LOOK === 0) {
        const now = this.#clock();
        if (now >= until) break;
        temperature =
          START_TEMPERATURE * unit * Math.exp((cooling * (now - from)) / (until - from));
      }
      this.steps++;
      const before = tours.distance;
      const count = this.#ruin.strings(this.#bank, 0);
      const left = insertion.all(this.#bank, count);
      const fewer = fewerFirst && tours.usedCount < insertion.limit;
      if (
        left > 0 ||
        (!fewer && tours.distance >= before - temperature * Math.log(random.next()))
      ) {
        tours.rollback();
        continue;
      }
      tours.commit();
      if ((tours.distance >= best && !fewer) || !tours.punctual) continue;
      if (fewer) insertion.limit = tours.usedCount;
      best = tours.distance;
      this.#keep();
    }
    tours.readFrom(this.#best, this.#bestSize);
  }

  /**
   * Finds a place for what is absent, then tries to do without one vehicle after the other, until `atLeast`
   * is reached or it is `until`. Leaves the last routes that were complete in `tours`, if there were any.
   */
  reduce(until: number, atLeast: number): void {
    const { tours } = this;
    this.#insertion.opensFreely = true;
    const temperature = START_TEMPERATURE * this.#meanLeg();
    if (!this.complete) this.#insertion.limit = tours.problem.maxRoutes;
    for (let step = 0; ; step++) {
      if (this.complete && tours.punctual) {
        this.#keep();
        if (tours.usedCount <= atLeast) return;
        this.#dissolve();
      }
      if (step % STEPS_PER_LOOK === 0 && this.#clock() >= until) break;
      this.#reduceStep(temperature);
    }
    if (this.#bestSize === 0) return;
    this.#absentCount = 0;
    tours.readFrom(this.#best, this.#bestSize);
  }

  #reduceStep(temperature: number): void {
    const { tours } = this;
    const bank = this.#bank;
    this.steps++;
    const before = tours.distance;
    for (let k = 0; k < this.#absentCount; k++) bank[k] = this.#absent[k]!;
    const count = this.#ruin.strings(bank, this.#absentCount);
    const left = this.#insertion.all(bank, count);
    const was = this.#weight(this.#absent, this.#absentCount);
    const now = this.#weight(bank, left);
    const warm = before - temperature * Math.log(this.#random.next());
    if (now < was || (now === was && tours.distance < warm)) {
      tours.commit();
      this.#absentCount = left;
      for (let k = 0; k < left; k++) this.#absent[k] = bank[k]!;
    } else tours.rollback();
    for (let k = 0; k < left; k++) this.#absences[bank[k]!]!++;
  }

  #keep(): void {
    this.#bestSize = this.tours.writeTo(this.#best);
  }

  #meanLeg(): number {
    const { distance, problem, usedCount } = this.tours;
    return distance / (problem.size - 1 + usedCount);
  }

  /** Gives up the route whose stops were absent least. */
  #dissolve(): void {
    const { tours } = this;
    let [chosen, least] = [-1, Infinity];
    for (let k = 0; k < tours.usedCount; k++) {
      const r = tours.used[k]!;
      let sum = 0;
      const base = r * tours.stride;
      for (let p = base + 1; p <= base + tours.length[r]!; p++)
        sum += this.#absences[tours.stops[p]!]!;
      if (sum < least) [chosen, least] = [r, sum];
    }
    this.#absentCount = this.#ruin.whole(chosen, this.#absent, 0);
    tours.commit();
    this.#insertion.limit = tours.usedCount;
  }

  #weight(stops: Int32Array, count: number): number {
    let sum = 0;
    for (let k = 0; k < count; k++) sum += 1 + this.#absences[stops[k]!]!;
    return sum;
  }
}
