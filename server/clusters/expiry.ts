// Sightings grow old: what lies outside the city's window is no longer live.
import { citySettingsSchema } from '../../shared/cities/schema.ts';
import type { Log } from '../kernel/log.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import { findLiveSeenBefore } from '../sightings/queries.ts';
import { retire } from './actions.ts';

const everyMs = 30_000;
/** A batch bigger than this would hold the city too long. */
const largestBatch = 500;

/** Takes everything out of the grouping that was seen before the city's window; answers how many. */
export async function expireDue(db: Database, cityId: string): Promise<number> {
  let expired = 0;
  for (;;) {
    const count = await changeCity(db, cityId, async (change) => {
      const windowMs = change.settings.windowHours * 3_600_000;
      const before = new Date(Date.parse(change.now) - windowMs).toISOString();
      const ids = await findLiveSeenBefore(change.tx, cityId, before, largestBatch);
      await retire(change, ids, {
        state: 'expired',
        closing: null,
        duplicateOf: null,
        progress: 'closed',
        change: 'expired',
        userId: null,
      });
      return ids.length;
    });
    expired += count;
    if (count < largestBatch) return expired;
  }
}

/** Cities where something is due: the others aren't locked for nothing. */
async function citiesWithDue(db: Database): Promise<string[]> {
  const cities = await db.sql<
    { id: string; settings: unknown; now: string; oldest: string | null }[]
  >`
    select c.id, c.settings, clock_timestamp() as now,
      (select min(s.seen_at) from sightings s where s.city_id = c.id and s.state = 'live') as oldest
    from cities c`;
  return cities
    .filter(({ settings, now, oldest }) => {
      const windowMs = citySettingsSchema.parse(settings).windowHours * 3_600_000;
      return oldest !== null && Date.parse(now) - Date.parse(oldest) > windowMs;
    })
    .map(({ id }) => id);
}

/** Expires what is due in every city, twice a minute, until stopped. */
export function startExpiry(db: Database, log: Log): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const run = async (): Promise<void> => {
    try {
      for (const cityId of await citiesWithDue(db)) if (!stopped) await expireDue(db, cityId);
    } catch (error) {
      if (!stopped) log('error', 'sightings could not be expired', { error });
    }
  };
  const timer = setInterval(() => {
    running = running.then(run);
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
