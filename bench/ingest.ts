// Reports through HTTP until they are durable, grouped and logged, against the bare insert of one row
// through the same driver; and the time from a reporter's send to a patrol's screen.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 as newId } from 'uuid';
import { readConfig } from '../server/kernel/config.ts';
import type { Services } from '../server/kernel/context.ts';
import { createHttpServer } from '../server/kernel/http.ts';
import { migrate } from '../server/kernel/migrate.ts';
import { createContext, SessionMemory } from '../server/kernel/requests.ts';
import { openDatabase } from '../server/kernel/sql.ts';
import type { Database } from '../server/kernel/sql.ts';
import { attachRealtime } from '../server/realtime/sockets.ts';
import { appRouter } from '../server/router.ts';
import { readSnapshot } from '../server/snapshots/queries.ts';
import { startPrivateCluster } from '../server/testing/private-cluster.ts';
import { noRoads } from '../server/testing/roads.ts';
import { seedCity } from '../server/testing/seed.ts';
import type { SeededCity } from '../server/testing/seed.ts';
import type { Order, Report as ClientReport } from './ingest-clients.ts';
import { median } from './measure.ts';
import type { Bench, Report } from './report.ts';

const ROUNDS = 5;
const FLOOD_SECONDS = 3;
const BARE_SECONDS = 2;
const CONNECTIONS = 512;
const POOL = 10;
const TARGET_SHARE = 0.25;
const SOCKETS = 200;
const PER_SECOND = 50;
const PACE_SECONDS = 20;
const P99_LIMIT_MS = 250;

export const bench: Bench = {
  name: 'ingest',
  describe: 'acknowledged sightings per second, and the time from a send to a patrol’s screen',
  async run(report) {
    const real = await startPrivateCluster();
    try {
      if (real) await onEngine(report, real.url);
      else
        report.skip(
          { case: 'reports', peer: 'bare insert', ours: null, unit: '/s', better: 'higher' },
          'no PostgreSQL server with PostGIS here',
        );
    } finally {
      await real?.stop();
    }
    await onEngine(report, undefined);
  },
};

async function onEngine(report: Report, databaseUrl: string | undefined): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'nuanxun-bench-'));
  const db = await openDatabase({ databaseUrl, dataDir, maxConnections: databaseUrl ? POOL : 4 });
  const people = fork(new URL('./ingest-clients.ts', import.meta.url), {
    execArgv: ['--import', 'tsx'],
  });
  try {
    await migrate(db);
    const city = await seedCity(db.sql);
    const server = await serve(db, city, dataDir);
    try {
      await pace(report, db, city, people, server.port);
      await flood(report, db, people, server.port);
    } finally {
      await server.stop();
    }
  } finally {
    people.kill();
    await db.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function serve(db: Database, city: SeededCity, dataDir: string) {
  const services: Services = {
    db,
    config: readConfig({ LOG_LEVEL: 'error' }),
    log: (level, message) => void (level === 'error' && console.error(message)),
    roads: noRoads,
    forgetSession: () => undefined,
  };
  const sessions = new SessionMemory(async () => city.people.dispatcher);
  const server: http.Server = createHttpServer({
    routes: [],
    mount: {
      router: appRouter,
      services,
      createContext: (request, response) => createContext(services, sessions, request, response),
    },
    dataDir,
    readiness: async () => null,
    mapOrigins: () => [],
  });
  const realtime = await attachRealtime(server, {
    services,
    sessions,
    readSnapshot: (viewer, cells) => readSnapshot(db, viewer, cells),
    onPosition: async () => undefined,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      await realtime.close();
      server.closeAllConnections();
    },
  };
}

async function ask<K extends ClientReport['kind']>(
  people: ChildProcess,
  order: Order,
  kind: K,
): Promise<Extract<ClientReport, { kind: K }>> {
  people.send(order);
  const [answer] = (await once(people, 'message')) as [ClientReport];
  if (answer.kind !== kind) throw new Error(`expected ${kind}, got ${answer.kind}`);
  return answer as Extract<ClientReport, { kind: K }>;
}

async function flood(
  report: Report,
  db: Database,
  people: ChildProcess,
  port: number,
): Promise<void> {
  const ours: number[] = [];
  const theirs = bareTables.map((): number[] => []);
  let refused = 0;
  await db.sql`create table bench_indexed (like sightings including all)`;
  await db.sql`create table bench_bare (like sightings including defaults)`;
  for (let round = 0; round <= ROUNDS; round += 1) {
    const flooded = await ask(
      people,
      { kind: 'flood', port, connections: CONNECTIONS, seconds: FLOOD_SECONDS },
      'flooded',
    );
    const bare: number[] = [];
    for (const { table } of bareTables) bare.push(await bareInserts(db, table));
    refused += flooded.refused;
    if (round === 0) continue;
    ours.push(flooded.acknowledged / flooded.seconds);
    bare.forEach((rate, index) => theirs[index]!.push(rate));
  }
  const [live] = await db.sql<
    { count: number }[]
  >`select count(*)::int as count from sightings where state = 'live'`;
  for (const [index, { peer }] of bareTables.entries())
    report.row({
      case: `reports, ${db.kind} database`,
      peer,
      ours: median(ours),
      theirs: median(theirs[index]!),
      unit: '/s',
      better: 'higher',
      target: db.kind === 'server' ? TARGET_SHARE : null,
      sameResult: refused === 0,
      note:
        `${CONNECTIONS} connections; ${live!.count} live at the end; ${refused} refused; ` +
        `bare: one row per statement and transaction on ${bareConnections(db)} connections`,
    });
}

/** What "bare" means decides the ratio, so both are told: the columns alone, and with the indexes and checks of sightings. */
const bareTables = [
  { peer: 'bare insert', table: 'bench_bare' },
  { peer: 'bare insert, indexed', table: 'bench_indexed' },
] as const;

const bareConnections = (db: Database): number => (db.kind === 'server' ? POOL : 4);

/** One row at a time on every connection of the pool, each its own durable transaction. */
async function bareInserts(db: Database, table: string): Promise<number> {
  const began = performance.now();
  const until = began + BARE_SECONDS * 1000;
  let inserted = 0;
  const one = async (): Promise<void> => {
    while (performance.now() < until) {
      const at = new Date().toISOString();
      await db.sql`
        insert into ${db.sql(table)} (city_id, id, position, accuracy_meters, position_source, received_system, received_lon, received_lat,
          seen_at, received_at, headcount, reporter_kind, cell)
        values ('bench', ${newId()}, st_setsrid(st_makepoint(${116 + Math.random()}, ${39 + Math.random()}), 4326)::geography, 12, 'gps',
          'wgs84', 116, 39, ${at}, ${at}, 1, 'courier', '8931aa42bafffff')`;
      inserted += 1;
    }
  };
  await Promise.all(Array.from({ length: bareConnections(db) }, one));
  return inserted / ((performance.now() - began) / 1000);
}

async function pace(
  report: Report,
  db: Database,
  city: SeededCity,
  people: ChildProcess,
  port: number,
): Promise<void> {
  const { millis, lost } = await ask(
    people,
    {
      kind: 'pace',
      port,
      cityId: city.cityId,
      sockets: SOCKETS,
      perSecond: PER_SECOND,
      seconds: PACE_SECONDS,
    },
    'paced',
  );
  const sorted = millis.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  for (const [name, value] of [
    ['p50', at(0.5)],
    ['p99', at(0.99)],
  ] as const)
    report.row({
      case: `send to screen ${name}, ${db.kind} database`,
      peer: `${P99_LIMIT_MS} ms`,
      ours: value,
      theirs: P99_LIMIT_MS,
      unit: 'ms',
      better: 'lower',
      target: name === 'p99' && db.kind === 'server' ? 1 : null,
      sameResult: lost === 0,
      note: `${SOCKETS} sockets, ${PER_SECOND} reports/s, ${millis.length} seen, ${lost} lost`,
    });
}
