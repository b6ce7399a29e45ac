import type { Log } from '../kernel/log.ts';
import type { Database } from '../kernel/sql.ts';
import { startWatch } from '../kernel/watch.ts';
import { raiseMissedCheckIns } from './actions.ts';
import { findOverdueShifts } from './queries.ts';

/** Looks for check-ins that did not come. */
export const startCheckInWatch = (db: Database, log: Log): { stop(): Promise<void> } =>
  startWatch(
    log,
    'check-ins',
    () => findOverdueShifts(db.sql, null),
    (cityId) => raiseMissedCheckIns(db, cityId),
  );
