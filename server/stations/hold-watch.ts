import type { Log } from '../kernel/log.ts';
import type { Database } from '../kernel/sql.ts';
import { startWatch } from '../kernel/watch.ts';
import { findExpiredHolds } from './hold-queries.ts';
import { expireHolds } from './holds.ts';

/** Looks for places that were kept for nobody long enough. */
export const startHoldWatch = (db: Database, log: Log): { stop(): Promise<void> } =>
  startWatch(
    log,
    'holds',
    () => findExpiredHolds(db.sql, null),
    (cityId) => expireHolds(db, cityId),
  );
