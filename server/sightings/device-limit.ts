/** Whoever finds a printed code can join with it: a device that joined that way reports only so often. */
import { AppError } from '../../shared/errors.ts';
import type { Session } from '../kernel/context.ts';
import { hitLimit } from '../kernel/rate-limit.ts';
import type { Limit } from '../kernel/rate-limit.ts';
import type { Db } from '../kernel/sql.ts';
import { readKnownReports } from './records.ts';

export const deviceReportLimit = { limit: 20, windowSeconds: 10 * 60 };
export const deviceCorrectionLimit = { limit: 40, windowSeconds: 10 * 60 };

/**
 * Counts one report of a device that joined by a code; everybody else passes, and so does a report that is here
 * already. Call it outside of the transaction it guards.
 * @throws AppError too_many_reports, which passes: the device keeps its report and sends it again
 */
export async function limitDevice(db: Db, session: Session, sightingId: string): Promise<void> {
  if (session.enrolmentId === undefined) return;
  const known = await readKnownReports(db, session.cityId, [sightingId]);
  if (known.has(sightingId)) return;
  await hit(db, `report:${session.cityId}:${session.userId}`, deviceReportLimit);
}

/** The same for what it changes and takes back: each holds the city and groups it anew. @throws AppError too_many_reports */
export async function limitCorrections(db: Db, session: Session): Promise<void> {
  if (session.enrolmentId === undefined) return;
  await hit(db, `correction:${session.cityId}:${session.userId}`, deviceCorrectionLimit);
}

async function hit(db: Db, key: string, limit: Limit): Promise<void> {
  try {
    await hitLimit(db, key, limit);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError('too_many_reports', error.details);
  }
}
