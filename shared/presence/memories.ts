/**
 * How the past is remembered: per cell, what was seen, fading with several half-lives at once, on its own
 * and spread over the cells around. Which of these memories count is learned (`memory-weights.ts`).
 */
import type { Kernels, Reach } from './kernels.ts';

export interface Memory {
  /** Infinity never fades */
  halfLifeNights: number;
  reach: Reach;
}

const own: readonly number[] = [7, 30, 90, 180, 365, Infinity];
const near: readonly number[] = [30, 180, Infinity];
const wide: readonly number[] = [90, Infinity];
/** What the cells around have to say before anything is learned. */
const aroundShare = 0.15;

const of = (halfLives: readonly number[], reach: Reach): Memory[] =>
  halfLives.map((halfLifeNights) => ({ halfLifeNights, reach }));
export const memories: readonly Memory[] = [...of(own, 0), ...of(near, 1), ...of(wide, 2)];
export const priorWeights: readonly number[] = memories.map(({ reach }) =>
  reach === 0 ? (1 - aroundShare) / own.length : aroundShare / (near.length + wide.length),
);

/** Every half-life of every reach is one of these. */
export const halfLives = own;
export const halfLifeOf: readonly number[] = memories.map(({ halfLifeNights }) =>
  halfLives.indexOf(halfLifeNights),
);

/** The nights of a month, so as not to raise to a power for every event. */
const fading = halfLives.map((halfLife) =>
  Float64Array.from({ length: 32 }, (_, nights) => 2 ** (-nights / halfLife)),
);
const fadedBy = (h: number, nights: number): number =>
  fading[h]![nights] ?? 2 ** (-nights / halfLives[h]!);

/** Amounts per cell under each half-life, as of a night that moves forward. */
export class MemoryBank {
  /** amounts[h][cell] */
  readonly amounts: readonly Float64Array[];
  /** how many nights the past has under each half-life */
  readonly nights = new Float64Array(halfLives.length);

  constructor(cells: number) {
    this.amounts = halfLives.map(() => new Float64Array(cells));
  }

  /** Lets nights pass, of which the last so many count; what is remembered of the first `cells` fades. */
  pass(nights: number, cells: number, counted = nights): void {
    halfLives.forEach((halfLife, h) => {
      if (halfLife === Infinity) {
        this.nights[h]! += counted;
        return;
      }
      const kept = 2 ** (-nights / halfLife);
      const newly = (1 - 2 ** (-counted / halfLife)) / (1 - 2 ** (-1 / halfLife));
      this.nights[h] = this.nights[h]! * kept + newly;
      const amounts = this.amounts[h]!;
      for (let cell = 0; cell < cells; cell++) amounts[cell]! *= kept;
    });
  }

  /** Something of so many nights ago, 0 for the last one. */
  add(cell: number, amount: number, nightsAgo: number): void {
    for (let h = 0; h < halfLives.length; h++)
      this.amounts[h]![cell]! += amount * fadedBy(h, nightsAgo);
  }
}

/**
 * One column per memory over the first `cells`: log(floor + rate), the rate that of the cell itself or of the
 * cells around. `rates` has a column per half-life.
 */
export function logRates(
  rates: readonly Float64Array[],
  kernels: Kernels,
  cells: number,
  floor: number,
  columns: readonly Float64Array[],
): void {
  memories.forEach(({ reach }, j) => {
    const rate = rates[halfLifeOf[j]!]!;
    const column = columns[j]!;
    if (reach === 0) for (let cell = 0; cell < cells; cell++) column[cell] = rate[cell]!;
    else kernels[reach].smooth(rate, cells, column);
    for (let cell = 0; cell < cells; cell++) column[cell] = Math.log(floor + column[cell]!);
  });
}

export const newColumns = (cells: number): Float64Array[] =>
  memories.map(() => new Float64Array(cells));
