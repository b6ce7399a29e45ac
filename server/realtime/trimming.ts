import type { Log } from '../kernel/log.ts';
import type { Database } from '../kernel/sql.ts';
import { trimEvents } from './event-log.ts';

const keepDays = 7;
const everyMs = 60 * 60_000;

/** Once an hour drops events that nobody will replay any more. */
export function startTrimming(db: Database, log: Log): { stop(): Promise<void> } {
  const trim = (): void => {
    const before = new Date(Date.now() - keepDays * 24 * 3_600_000).toISOString();
    trimEvents(db.sql, before).catch((error: unknown) =>
      log('warn', 'old events were not dropped', { error }),
    );
  };
  const timer = setInterval(trim, everyMs);
  return { stop: async () => clearInterval(timer) };
}
