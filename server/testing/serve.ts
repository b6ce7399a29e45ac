/** The whole server on a test database, in this process: HTTP, procedures and sockets, without jobs. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSession } from '../accounts/actions.ts';
import { readConfig } from '../kernel/config.ts';
import type { Services } from '../kernel/context.ts';
import { createHttpServer } from '../kernel/http.ts';
import { createContext, SessionMemory } from '../kernel/requests.ts';
import type { Database } from '../kernel/sql.ts';
import { startMedia } from '../media/media.ts';
import { storePosition } from '../patrols/actions.ts';
import { startPlanning } from '../planning/office.ts';
import { attachRealtime } from '../realtime/sockets.ts';
import { watchConditions } from '../roads/conditions.ts';
import { openRoads } from '../roads/roads.ts';
import { capRoute } from '../response/cap-route.ts';
import { appRouter } from '../router.ts';
import { shareSnapshots } from '../snapshots/shared.ts';
import { warmPlacesRoutes } from '../stations/warm-places-route.ts';
import { gpsRoute } from '../tracks/gps-route.ts';
import { cellsRoute } from '../zones/cells-route.ts';

export interface Served {
  baseUrl: string;
  close(): Promise<void>;
}

/**
 * @param environment settings beside the ones tests have in common
 * @param planning whether it plans for the cities too
 */
export async function serve(
  db: Database,
  environment: Record<string, string> = {},
  { planning = false } = {},
): Promise<Served> {
  const config = readConfig({
    LOG_LEVEL: 'silent',
    TIP_LIMIT_DEVICE: '10000',
    TIP_LIMIT_ADDRESS: '10000',
    DATA_DIR: path.join(tmpdir(), `nuanxun-test-${process.pid}`),
    ...environment,
  });
  const sessions = new SessionMemory((token) => readSession(db.sql, token));
  const roads = openRoads(config, () => undefined);
  const services: Services = {
    db,
    config,
    log: () => undefined,
    roads,
    forgetSession: (token) => sessions.forget(token),
  };
  const media = startMedia(services, sessions);
  const server = createHttpServer({
    mount: {
      router: appRouter,
      services,
      createContext: (request, response) => createContext(services, sessions, request, response),
    },
    routes: [
      ...media.routes,
      ...warmPlacesRoutes(services),
      capRoute(services),
      cellsRoute({ db, log: services.log, sessions }),
      gpsRoute({ db, log: services.log, trustProxy: config.trustProxy }),
    ],
    dataDir: config.dataDir,
    mapOrigins: () => [],
    readiness: async () => null,
  });
  const realtime = await attachRealtime(server, {
    services,
    sessions,
    readSnapshot: shareSnapshots(db),
    onPosition: (session, report) => storePosition(db, session, report),
  });
  const conditions = await watchConditions(db, roads, services.log);
  const office = planning ? await startPlanning({ db, roads, log: services.log }) : null;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      await media.stop();
      await office?.stop();
      await conditions.stop();
      await roads.close();
      await realtime.close();
      server.closeAllConnections();
    },
  };
}
