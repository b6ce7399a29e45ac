/** Whoever finds a printed code can join with it: a device that joined that way reports only so often. */
import { AppError } from '../../shared/errors.ts';
import type { Session } from '../kernel/context.ts';
import { hitLimit } from '../kernel/rate-limit.ts';
import type { Db } from '../kernel/sql.ts';
import { readKnownReports } from './records.ts';

export const deviceReportLimit = { limit: 20, windowSeconds: 10 * 60 };

/**
 * Counts one report of a device that joined by a code; everybody else passes, and so does a report that is here
 * already. Call it outside of the transaction it guards.
 * @throws AppError too_many_reports, which passes: the device keeps its report and sends it again
 */
export async function limitDevice(db: Db, session: Session, sightingId: string): Promise<void> {
  if (session.enrolmentId === undefined) return;
  const known = await readKnownReports(db, session.cityId, [sightingId]);
  if (known.has(sightingId)) return;
  try {
    await hitLimit(db, `report:${session.cityId}:${session.userId}`, deviceReportLimit);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError('too_many_reports', error.details);
  }
}
