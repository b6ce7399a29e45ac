/** What anybody would do with a pencil: the forecasts that ours has to beat. */
import { firstDayOf } from './calendar.ts';
import type { Kernels } from './kernels.ts';
import type { CellEvents } from './month-forecasts.ts';

export const baselineNames = [
  'trailing_count',
  'smoothed_decay',
  'all_time_count',
  'last_month_count',
] as const;
export type BaselineName = (typeof baselineNames)[number];

const trailingMonths = 12;
const decayHalfLifeDays = 183;
/** What the cells around add to the decayed count. */
const smoothing = 0.1;

/** Scores of the known cells from the events before the month, which are the first `from`. */
export function simpleScores(
  name: BaselineName,
  { cellOf, day, weight }: CellEvents,
  kernels: Kernels,
  at: { month: number; known: number; from: number },
): Float64Array {
  const begins = firstDayOf(at.month);
  const scores = new Float64Array(at.known);
  const since = {
    trailing_count: firstDayOf(at.month - trailingMonths),
    last_month_count: firstDayOf(at.month - 1),
    all_time_count: -Infinity,
    // By then an event counts 1 / 1024.
    smoothed_decay: begins - 10 * decayHalfLifeDays,
  }[name];
  const halfLife = name === 'smoothed_decay' ? decayHalfLifeDays : Infinity;
  for (let i = at.from - 1; i >= 0 && day[i]! >= since; i--)
    scores[cellOf[i]!]! += weight[i]! * 2 ** ((day[i]! - begins) / halfLife);
  if (name !== 'smoothed_decay') return scores;
  const around = new Float64Array(at.known);
  kernels[1].smooth(scores, at.known, around);
  return scores.map((score, cell) => (1 - smoothing) * score + smoothing * around[cell]!);
}
