import type { Log } from '../kernel/log.ts';
import type { Database } from '../kernel/sql.ts';
import { findExpiredHolds } from './hold-queries.ts';
import { expireHolds } from './holds.ts';

const everyMs = 10_000;

/** Looks for places that were kept for nobody long enough, six times a minute, until stopped. */
export function startHoldWatch(db: Database, log: Log): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const tell = (error: unknown): void => {
    if (!stopped) log('error', 'holds could not be watched', { error });
  };
  const watch = async (): Promise<void> => {
    try {
      // Looked for without the city's lock first: most times there is nothing.
      const over = await findExpiredHolds(db.sql, null);
      for (const cityId of new Set(over.map((hold) => hold.cityId)))
        if (!stopped) await expireHolds(db, cityId).catch(tell);
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
