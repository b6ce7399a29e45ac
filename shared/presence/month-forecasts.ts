/** Rolls through the past month by month: what would have been forecast at the beginning of each. */
import { firstDayOf, monthOf } from './calendar.ts';
import type { Kernels } from './kernels.ts';
import { halfLives, logRates, MemoryBank, newColumns, priorWeights } from './memories.ts';
import { MemoryWeights } from './memory-weights.ts';

/** Events by cell, in the order of their days; cells are numbered in the order they first appear. */
export interface CellEvents {
  cellOf: Uint32Array;
  /** since 1970-01-01, never falling */
  day: Int32Array;
  weight: Float64Array;
  /** how many cells there are in all */
  cells: number;
}

export interface MonthForecast {
  /** year x 12 + month */
  month: number;
  /** Cells with an event before this month: the first so many. */
  known: number;
  /** Per known cell: higher is more. Used again for the next month: copy to keep. */
  scores: Float64Array;
  /** The events of this month, which the forecast has not seen. */
  from: number;
  to: number;
}

/** Of the mean rate of a known cell: keeps the logarithm of an empty cell within bounds. */
const floorShare = 0.2;

/** One forecast per month from the second one on, also for months without events. */
export function* monthForecasts(events: CellEvents, kernels: Kernels): Generator<MonthForecast> {
  const { cellOf, day, weight, cells } = events;
  if (day.length === 0) return;
  const last = monthOf(day[day.length - 1]!);
  const bank = new MemoryBank(cells);
  const weights = new MemoryWeights(priorWeights);
  const columns = newColumns(cells);
  const rates = halfLives.map(() => new Float64Array(cells));
  const scores = new Float64Array(cells);
  const seen = new Float64Array(cells);
  let [known, total, from] = [0, 0, 0];
  for (let month = monthOf(day[0]!); month <= last; month++) {
    const begins = firstDayOf(month);
    const ends = firstDayOf(month + 1);
    let to = from;
    while (to < day.length && day[to]! < ends) to++;
    if (known > 0) {
      const floor = (floorShare * total) / known / bank.nights.at(-1)!;
      ratesInto(bank, known, rates);
      logRates(rates, kernels, known, floor, columns);
      weights.scoreInto(columns, known, scores);
      yield { month, known, scores, from, to };
      seen.fill(0);
      // An event of the mean weight counts as one: only then does the prior have its worth in events.
      for (let i = from; i < to; i++) seen[cellOf[i]!]! += (weight[i]! * from) / total;
      weights.learn(columns, known, seen);
    }
    for (let i = from; i < to; i++) {
      known = Math.max(known, cellOf[i]! + 1);
      total += weight[i]!;
    }
    bank.pass(ends - begins, known);
    for (let i = from; i < to; i++) bank.add(cellOf[i]!, weight[i]!, ends - 1 - day[i]!);
    from = to;
  }
}

function ratesInto(bank: MemoryBank, cells: number, rates: readonly Float64Array[]): void {
  rates.forEach((rate, h) => {
    const amounts = bank.amounts[h]!;
    const nights = bank.nights[h]!;
    for (let cell = 0; cell < cells; cell++) rate[cell] = amounts[cell]! / nights;
  });
}
