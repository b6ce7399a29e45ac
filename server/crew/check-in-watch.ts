import type { Log } from '../kernel/log.ts';
import type { Database } from '../kernel/sql.ts';
import { raiseMissedCheckIns } from './actions.ts';
import { findOverdueShifts } from './queries.ts';

const everyMs = 10_000;

/** Looks for check-ins that did not come, six times a minute, until stopped. */
export function startCheckInWatch(db: Database, log: Log): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const tell = (error: unknown): void => {
    if (!stopped) log('error', 'check-ins could not be watched', { error });
  };
  const watch = async (): Promise<void> => {
    try {
      // Looked for without the city's lock first: most times there is nothing.
      const overdue = await findOverdueShifts(db.sql, null);
      // A city that fails is no reason to leave the crews of the others alone.
      for (const cityId of new Set(overdue.map((shift) => shift.cityId)))
        if (!stopped) await raiseMissedCheckIns(db, cityId).catch(tell);
    } catch (error) {
      tell(error);
    }
  };
  const timer = setInterval(() => {
    running = running.then(watch);
  }, everyMs);
  timer.unref();
  return {
    stop: () => {
      stopped = true;
      clearInterval(timer);
      return running;
    },
  };
}
