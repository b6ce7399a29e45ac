import type { Log } from '../kernel/log.ts';
import type { Database } from '../kernel/sql.ts';
import { forgetOldNights } from './actions.ts';

const everyMs = 60 * 60_000;

/** Once an hour lets sightings of long ago fall out of the cells' counts, until stopped. */
export function startForgetting(db: Database, log: Log): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const forget = (): void => {
    running = running
      .then(() => forgetOldNights(db))
      .catch((error: unknown) => log('warn', 'old nights were not taken off the cells', { error }));
  };
  const timer = setInterval(forget, everyMs);
  timer.unref();
  return {
    stop: () => {
      clearInterval(timer);
      return running;
    },
  };
}
