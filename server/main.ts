/** Wires the server together: configuration, database, cities, procedures, sockets, jobs; and takes it apart again. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { readSession } from './accounts/actions.ts';
import { startCatalogue } from './cities/catalogue.ts';
import { startExpiry } from './clusters/expiry.ts';
import { startCheckInWatch } from './crew/check-in-watch.ts';
import { prepareCities } from './demo/prepare.ts';
import { startNight } from './demo/night.ts';
import { demoWeatherRoutes } from './demo/weather-route.ts';
import { readConfig } from './kernel/config.ts';
import type { Config } from './kernel/config.ts';
import type { Services } from './kernel/context.ts';
import { createHttpServer } from './kernel/http.ts';
import { createLog } from './kernel/log.ts';
import { migrate, migrationStatus } from './kernel/migrate.ts';
import { createContext, SessionMemory } from './kernel/requests.ts';
import { openDatabase } from './kernel/sql.ts';
import { startMedia } from './media/media.ts';
import { storePosition } from './patrols/actions.ts';
import { startPlanning } from './planning/office.ts';
import { attachRealtime } from './realtime/sockets.ts';
import { startTrimming } from './realtime/trimming.ts';
import { startRoadBuilding } from './demo/road-building.ts';
import { watchConditions } from './roads/conditions.ts';
import { openRoads } from './roads/roads.ts';
import { capRoute } from './response/cap-route.ts';
import { startJudging } from './response/judging-watch.ts';
import { appRouter } from './router.ts';
import { shareSnapshots } from './snapshots/shared.ts';
import { startHoldWatch } from './stations/hold-watch.ts';
import { startWeather } from './weather/poller.ts';
import { warmPlacesRoutes } from './stations/warm-places-route.ts';
import { serveStreetsFrom } from './streets/queries.ts';
import { gpsRoute } from './tracks/gps-route.ts';
import { startSettling } from './tracks/settling.ts';
import { cellsRoute } from './zones/cells-route.ts';
import { startForecasts } from './zones/field-maker.ts';

/** What a request under way is given to end by itself when the server stops. */
const graceMs = 5_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function start(config: Config): Promise<() => Promise<void>> {
  const log = createLog(config.logLevel);
  const openedAt = performance.now();
  const db = await openDatabase({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    maxConnections: config.databasePool,
    onLog: say,
  });
  const { applied } = await migrate(db);
  say(
    `Database (${db.kind}) open${applied.length > 0 ? `, ${applied.length} migrations applied` : ''} after ${seconds(openedAt)}`,
  );

  const sessions = new SessionMemory((token) => readSession(db.sql, token));
  const roads = openRoads(config, log);
  const services: Services = {
    db,
    config,
    log,
    roads,
    forgetSession: (token) => sessions.forget(token),
  };
  const links = await prepareCities(db, config, say);
  serveStreetsFrom(config.dataDir);
  const catalogue = await startCatalogue(db, config.dataDir, log);
  const media = startMedia(services, sessions);
  const conditions = await watchConditions(db, roads, log);
  const server = createHttpServer({
    mount: {
      router: appRouter,
      services,
      createContext: (request, response) => createContext(services, sessions, request, response),
    },
    routes: [
      ...media.routes,
      ...warmPlacesRoutes({ db, log }),
      capRoute({ db, log }),
      cellsRoute({ db, log: services.log, sessions }),
      gpsRoute({ db, log, trustProxy: config.trustProxy }),
      ...demoWeatherRoutes(db, config, log),
    ],
    dataDir: config.dataDir,
    mapOrigins: () => catalogue.origins(),
    readiness: async () => {
      const { pending } = await migrationStatus(db);
      return pending.length === 0 ? null : `migrations pending: ${pending.join(', ')}`;
    },
  });
  const realtime = await attachRealtime(server, {
    services,
    sessions,
    readSnapshot: shareSnapshots(db),
    onPosition: (session, report) => storePosition(db, session, report),
  });
  const planning = await startPlanning({ db, roads, log });
  const jobs = [
    startExpiry(db, log),
    startTrimming(db, log),
    startForecasts(db, log),
    startSettling(db, log),
    startCheckInWatch(db, log),
    conditions,
    startRoadBuilding(config, log),
    planning,
    startHoldWatch(db, log),
    startWeather({ db, log, openMeteoUrl: config.openMeteoUrl }),
    await startJudging(db, log),
    media,
  ];

  server.listen(config.port, config.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const night = await startNight({ db, config, log, baseUrl: `http://127.0.0.1:${port}` });
  for (const link of links)
    say(
      `Create the administrator of ${link.cityName} (once, within 24 h): http://localhost:${port}/setup/${link.token}`,
    );
  say(`Nuanxun 暖巡 ready: http://localhost:${port}`);

  return async () => {
    await night.stop();
    for (const job of jobs) await job.stop();
    await roads.close();
    catalogue.stop();
    // Closing waits for the answers under way; one that its reader takes in too slowly is cut off.
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    await realtime.close();
    clearTimeout(cut);
    server.closeAllConnections();
    await db.close();
  };
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

function readConfigOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}

const config = readConfigOrExit();
let stop: (() => Promise<void>) | undefined;
let stopping = false;
async function shutDown(reason: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  say(`Stopping (${reason})`);
  setTimeout(() => process.exit(1), 15_000).unref();
  try {
    await stop?.();
  } catch (error) {
    process.stderr.write(`Not everything could be closed: ${(error as Error).message}\n`);
    process.exit(1);
  }
  say('Stopped');
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => void shutDown(signal));
// Started by `npm start`: without the parent nobody would stop us.
process.on('disconnect', () => void shutDown('the starting process is gone'));

try {
  stop = await start(config);
} catch (error) {
  process.stderr.write(`Nuanxun could not start: ${(error as Error).message}\n`);
  if (config.logLevel === 'debug') process.stderr.write(`${(error as Error).stack}\n`);
  process.exit(1);
}
