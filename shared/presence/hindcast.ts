/**
 * How good the forecast would have been: month by month, the share of the events that fell into the cells it
 * would have named. The protocol is written down in `docs/presence.md`.
 */
import { monthOf } from './calendar.ts';
import type { Kernels } from './kernels.ts';
import { monthForecasts } from './month-forecasts.ts';
import type { CellEvents, MonthForecast } from './month-forecasts.ts';
import { highest, sumOfHighest } from './ranking.ts';
import { baselineNames, simpleScores } from './simple-forecasts.ts';
import type { BaselineName } from './simple-forecasts.ts';

const longestWarmUp = 12;

export interface HindcastOptions {
  /** of the cells, 0–1 */
  share: number;
  /** The first month that counts (year x 12 + month). */
  from: number;
  /** One number per cell, no two alike. */
  tieBreak: Float64Array;
}

/** Means over the months, 0–1 but for pai; null where no month was tested. */
export interface HindcastResult {
  hit: number | null;
  oracle: number | null;
  /** hit / share of the area */
  pai: number | null;
  /** hit / oracle */
  pei: number | null;
  months: number;
  baselines: Record<BaselineName, number | null>;
}

/**
 * The month after 12 months with events, or after two thirds of them where there are fewer than 18; null where
 * there is no second month. Only months with events count: one stray date long ago is not a year of history.
 */
export function firstTestedMonth(days: Int32Array): number | null {
  const months: number[] = [];
  for (const day of days) {
    const month = monthOf(day);
    if (months.at(-1) !== month) months.push(month);
  }
  if (months.length < 2) return null;
  const warmUp = Math.min(longestWarmUp, Math.floor((months.length * 2) / 3));
  return months[Math.max(1, warmUp)]!;
}

/** How many cells a share of them is: rounded up, at least one. */
export const cellBudget = (share: number, cells: number): number =>
  Math.max(1, Math.ceil(share * cells - 1e-9));

export function hindcast(
  events: CellEvents,
  kernels: Kernels,
  { share, from, tieBreak }: HindcastOptions,
): HindcastResult {
  const budget = cellBudget(share, events.cells);
  const hits = { ours: 0, oracle: 0 };
  const simple = Object.fromEntries(baselineNames.map((name) => [name, 0])) as Record<
    BaselineName,
    number
  >;
  let months = 0;
  for (const forecast of monthForecasts(events, kernels)) {
    if (forecast.month < from || forecast.from === forecast.to) continue;
    const { counts, total } = countsOf(events, forecast);
    if (!(total > 0)) continue;
    const caught = (scores: Float64Array): number => {
      let sum = 0;
      for (const cell of highest(scores, forecast.known, budget, tieBreak)) sum += counts[cell]!;
      return sum / total;
    };
    months++;
    hits.ours += caught(forecast.scores);
    hits.oracle += sumOfHighest(counts, budget) / total;
    for (const name of baselineNames)
      simple[name] += caught(simpleScores(name, events, kernels, forecast));
  }
  const mean = (sum: number): number | null => (months === 0 ? null : sum / months);
  const [hit, oracle] = [mean(hits.ours), mean(hits.oracle)];
  return {
    hit,
    oracle,
    pai: hit === null ? null : hit / (budget / events.cells),
    pei: hit === null || oracle === null ? null : hit / oracle,
    months,
    baselines: Object.fromEntries(
      baselineNames.map((name) => [name, mean(simple[name])]),
    ) as HindcastResult['baselines'],
  };
}

function countsOf(
  { cellOf, weight, cells }: CellEvents,
  { from, to }: Pick<MonthForecast, 'from' | 'to'>,
): { counts: Float64Array; total: number } {
  const counts = new Float64Array(cells);
  let total = 0;
  for (let i = from; i < to; i++) {
    counts[cellOf[i]!]! += weight[i]!;
    total += weight[i]!;
  }
  return { counts, total };
}
