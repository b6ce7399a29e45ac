/** All of photos and voice notes that runs beside the procedures: two addresses and an hourly sweep. */
import type { Services } from '../kernel/context.ts';
import type { Route } from '../kernel/http.ts';
import type { SessionMemory } from '../kernel/requests.ts';
import { purge } from './actions.ts';
import { findUnpurged } from './queries.ts';
import { mediaRoute } from './serving.ts';
import { createUploads } from './uploads.ts';

const everyMs = 60 * 60_000;
const purgedAtOnce = 500;

export interface Media {
  routes: Route[];
  stop(): Promise<void>;
}

export function startMedia(services: Services, sessions: SessionMemory): Media {
  const uploads = createUploads(services, sessions);
  let running: Promise<void> = Promise.resolve();
  const sweep = (): void => {
    running = running
      .then(() => uploads.sweep())
      .then(() => purgeRemoved(services))
      .catch((error: unknown) =>
        services.log('warn', 'old uploads were not cleared away', { error }),
      );
  };
  const timer = setInterval(sweep, everyMs);
  timer.unref();
  return {
    routes: [uploads.route, mediaRoute(services, sessions)],
    stop: () => {
      clearInterval(timer);
      return running;
    },
  };
}

/** Bytes that outlived their row's removal because the store was away. */
export async function purgeRemoved(
  services: Pick<Services, 'db' | 'config' | 'log'>,
): Promise<void> {
  for (const { cityId, id } of await findUnpurged(services.db.sql, purgedAtOnce)) {
    // One that the store will not delete must not keep the others.
    await purge(services, cityId, id).catch((error: unknown) =>
      services.log('warn', 'removed media still lie in the store', { cityId, id, error }),
    );
  }
}
