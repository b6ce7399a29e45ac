/** What was owed to key points in a period, and what of it was done. */
import { overdueSpans, windowsInPeriod } from '../key-points/due.ts';
import type { ColdSpans, OwedKeyPoint } from '../key-points/due.ts';
import type { VisitHow } from '../key-points/schema.ts';
import type { CoverageSummary } from './schema.ts';

export interface VisitOfPoint {
  /** milliseconds since 1970 */
  at: number;
  how: VisitHow;
  teamId: string | null;
}
export interface PeriodOfPoints {
  from: number;
  to: number;
  /** what comes after isn't late yet */
  now: number;
  coldSpans: ColdSpans;
  timeZone: string;
  /** null = visits of whichever team count */
  teamId: string | null;
}

/**
 * A key point is due when it would have been overdue at some moment of the period had nobody come, or when its key
 * hours end within it and it was to be seen once in them. A due one counts as visited when somebody (of the team)
 * came within the period, and as overdue when, whoever came, it had to wait too long before now.
 * @param keyPoints each with its visits in order, the last one before the period included
 */
export function dueInPeriod(
  keyPoints: readonly { keyPoint: OwedKeyPoint; visits: readonly VisitOfPoint[] }[],
  period: PeriodOfPoints,
): CoverageSummary['keyPoints'] {
  const sum = { due: 0, visited: 0, visitedByDwell: 0, visitedByRecord: 0, overdue: 0 };
  for (const { keyPoint, visits } of keyPoints) {
    const before = visits.filter(({ at }) => at < period.from);
    if (!isLate(keyPoint, before, period, period.to)) continue;
    const seen = visits.filter(
      ({ at, teamId }) =>
        at >= period.from && at < period.to && (period.teamId === null || teamId === period.teamId),
    );
    const byDwell = seen.some(({ how }) => how === 'dwell');
    sum.due += 1;
    sum.visited += seen.length > 0 ? 1 : 0;
    sum.visitedByDwell += byDwell ? 1 : 0;
    sum.visitedByRecord += seen.length > 0 && !byDwell ? 1 : 0;
    sum.overdue += isLate(keyPoint, visits, period, Math.min(period.to, period.now)) ? 1 : 0;
  }
  return sum;
}

function isLate(
  keyPoint: OwedKeyPoint,
  visits: readonly VisitOfPoint[],
  { from, coldSpans, timeZone }: PeriodOfPoints,
  to: number,
): boolean {
  if (to <= from) return false;
  const moments = visits.map(({ at }) => at);
  if (overdueSpans(keyPoint, moments, from, to, coldSpans, timeZone).length > 0) return true;
  // Once in these hours: it is late at their end, which is no moment of them any more.
  return windowsInPeriod(keyPoint, from, to, coldSpans, timeZone).some(
    ({ end, hours, everyMinutes }) =>
      end === hours.end &&
      everyMinutes * 60_000 >= hours.end - hours.start &&
      !moments.some((at) => at >= hours.start && at < hours.end) &&
      !moments.some((at) => at < hours.start && at + everyMinutes * 60_000 > hours.end),
  );
}
