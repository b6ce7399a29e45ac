/** Works out, now and then, what points of trackers, replaced streets, or a server that stopped midway left undone. */
import type { Log } from '../kernel/log.ts';
import type { Database } from '../kernel/sql.ts';
import { settleTrack } from './actions.ts';
import { findUnsettled } from './queries.ts';

const everyMs = 10_000;
/** Points of a tracker are gathered this long. */
const restSeconds = 15;
const teamsAtOnce = 50;

export function startSettling(db: Database, log: Log): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(async () => {
      if (stopped) return;
      const tell = (error: unknown): void =>
        log('warn', 'what follows from tracks could not be brought up to date', { error });
      await settleTracks(db, restSeconds, () => stopped, tell).catch(tell);
    });
  }, everyMs);
  timer.unref();
  return {
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

const refuse = (error: unknown): void => {
  throw error;
};

/**
 * One team after the other, those that wait longest first. Whose track can't be worked out would be the first each
 * time: with `onFailure` the others go on without it.
 */
export async function settleTracks(
  db: Database,
  seconds: number,
  isStopped: () => boolean = () => false,
  onFailure: (error: unknown) => void = refuse,
): Promise<void> {
  for (const team of await findUnsettled(db.sql, seconds, teamsAtOnce)) {
    if (isStopped()) return;
    await settleTrack(db, team).catch(onFailure);
  }
}
