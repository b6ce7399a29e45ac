/** Brings what people have set – closures, the winter's factor – from the database to the roads, on every server. */
import type { Roads } from '../../shared/roads/schema.ts';
import type { Log } from '../kernel/log.ts';
import type { Database } from '../kernel/sql.ts';
import { readConditions } from './queries.ts';

/** For what no event tells of, such as a changed setting. */
const pollMs = 5_000;
/** A busy night tells of something many times a second; a closure made on another server waits no longer than this. */
const listenEveryMs = 500;

/** Closures just made or opened here count from the next question on. */
export async function applyConditions(
  db: Database,
  roads: Roads,
  cityId: string | null,
): Promise<void> {
  for (const [id, conditions] of await readConditions(db.sql, cityId))
    roads.setConditions(id, conditions);
}

export async function watchConditions(
  db: Database,
  roads: Roads,
  log: Log,
): Promise<{ stop(): Promise<void> }> {
  await applyConditions(db, roads, null);
  const waiting = new Map<string, NodeJS.Timeout>();
  const apply = (cityId: string | null): void =>
    void applyConditions(db, roads, cityId).catch((error: unknown) =>
      log('warn', 'closures could not be read, trying again', { error }),
    );
  const look = (cityId: string): void => {
    if (waiting.has(cityId)) return;
    const timer = setTimeout(() => {
      waiting.delete(cityId);
      apply(cityId);
    }, listenEveryMs);
    waiting.set(cityId, timer);
  };
  const { unlisten } = await db.listen('city_events', look, () => apply(null));
  const poll = setInterval(() => apply(null), pollMs);
  return {
    async stop() {
      clearInterval(poll);
      for (const timer of waiting.values()) clearTimeout(timer);
      await unlisten().catch(() => undefined);
    },
  };
}
