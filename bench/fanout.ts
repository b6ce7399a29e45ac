// A burst of changes to thousands of sockets in area rooms: ours, from the committed rows to the last
// receiver, against a bare WebSocket server that is handed the same bytes ready-made.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gridDisk, latLngToCell } from 'h3-js';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { readConfig } from '../server/kernel/config.ts';
import { migrate } from '../server/kernel/migrate.ts';
import { SessionMemory } from '../server/kernel/requests.ts';
import { openDatabase } from '../server/kernel/sql.ts';
import type { Database } from '../server/kernel/sql.ts';
import { eventsForView } from '../server/realtime/broadcaster.ts';
import { changeCity } from '../server/realtime/change-city.ts';
import { readEventsAfter, readLastSeq } from '../server/realtime/event-log.ts';
import { attachRealtime } from '../server/realtime/sockets.ts';
import { readSnapshot } from '../server/snapshots/queries.ts';
import { startPrivateCluster } from '../server/testing/private-cluster.ts';
import { noRoads } from '../server/testing/roads.ts';
import { place, seedCity } from '../server/testing/seed.ts';
import type { SeededCity } from '../server/testing/seed.ts';
import type { ClusterView } from '../shared/clusters/schema.ts';
import { viewResolution } from '../shared/realtime/events.ts';
import type { Order, Report as ClientReport } from './fanout-clients.ts';
import { median } from './measure.ts';
import type { Bench, Report } from './report.ts';

const SIZES = [1_000, 5_000];
const ROUNDS = 7;
const VIEWS = 16;
const BURST = 300;
const TARGET = 1.5;
const CLIENT_PROCESSES = 2;

export const bench: Bench = {
  name: 'fanout',
  describe: `a burst of ${BURST} changes to sockets that watch ${VIEWS} different areas, until the last one has it`,
  async run(report) {
    const real = await startPrivateCluster();
    const dataDir = await mkdtemp(path.join(tmpdir(), 'nuanxun-bench-'));
    const db = await openDatabase({ databaseUrl: real?.url, dataDir });
    try {
      await migrate(db);
      const city = await seedCity(db.sql);
      for (const sockets of SIZES) await compare(report, db, city, sockets);
    } finally {
      await db.close();
      await real?.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};

/** Areas side by side, each some cells wide, as screens at a walking zoom would ask for. */
const views = Array.from({ length: VIEWS }, (_, i) => {
  const at = place((i % 4) * 6_000 - 9_000, Math.floor(i / 4) * 6_000 - 9_000);
  return gridDisk(latLngToCell(at.lat, at.lon, viewResolution), 1).toSorted();
});

async function compare(
  report: Report,
  db: Database,
  city: SeededCity,
  sockets: number,
): Promise<void> {
  const ours = await startOurs(db, city);
  const since = await readLastSeq(db.sql, city.cityId);
  const bare = await startBare();
  const oursClients = await connect(
    ours.url,
    sockets,
    views.map((cells) => JSON.stringify({ cityId: city.cityId, since, cells })),
  );
  const bareClients = await connect(bare.url, sockets, []);
  const times = { ours: [] as number[], bare: [] as number[] };
  try {
    // the first round of each warms up and is not counted
    for (let round = 0; round <= ROUNDS; round += 1) {
      const seq = (await readLastSeq(db.sql, city.cityId))!;
      const ending = `"seq":${seq + BURST}}]`;
      await arm(oursClients, round, ending);
      const received = lastReceipt(oursClients, round);
      const start = await commitBurst(db, city, round);
      ours.wake();
      const oursTime = (await received) - start();
      const messages = await sameBytes(db, city, seq);
      await arm(bareClients, round, ending);
      const bareReceived = lastReceipt(bareClients, round);
      const bareStart = clock();
      bare.broadcast(messages);
      const bareTime = (await bareReceived) - bareStart;
      if (round > 0) {
        times.ours.push(oursTime);
        times.bare.push(bareTime);
      }
    }
  } finally {
    for (const child of [...oursClients, ...bareClients]) child.kill();
    await ours.stop();
    await bare.stop();
  }
  report.row({
    case: `${sockets} sockets`,
    peer: 'ws',
    ours: median(times.ours),
    theirs: median(times.bare),
    unit: 'ms',
    better: 'lower',
    target: TARGET,
    note: `log read and cut for ${VIEWS} views included; ${db.kind} database`,
  });
}

const clock = (): number => performance.timeOrigin + performance.now();

async function startOurs(db: Database, city: SeededCity) {
  const server = http.createServer();
  const services = {
    db,
    config: readConfig({ LOG_LEVEL: 'silent' }),
    log: () => undefined,
    roads: noRoads,
    forgetSession: () => undefined,
  };
  const realtime = await attachRealtime(server, {
    services,
    sessions: new SessionMemory(async () => city.people.dispatcher),
    readSnapshot: (viewer, cells) => readSnapshot(db, viewer, cells),
    onPosition: async () => undefined,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    wake: () => realtime.broadcaster.wake(city.cityId),
    stop: async () => {
      await realtime.close();
      server.closeAllConnections();
    },
  };
}

/** Commits one burst; the returned clock reads the moment right after the commit. */
async function commitBurst(db: Database, city: SeededCity, round: number): Promise<() => number> {
  await changeCity(db, city.cityId, async (change) => {
    for (let i = 0; i < BURST; i += 1) {
      const at = place(
        (i % 4) * 6_000 - 9_000 + (i % 7) * 300,
        Math.floor((i % 16) / 4) * 6_000 - 9_000,
      );
      change.emit({ kind: 'cluster.changed', cluster: clusterAt(at, i, round) }, 'staff', [at]);
    }
  });
  const committedAt = clock();
  return () => committedAt;
}

const clusterAt = (at: { lon: number; lat: number }, i: number, round: number): ClusterView => ({
  id: `01890000-0000-7000-8000-${String(i).padStart(12, '0')}`,
  open: true,
  ...at,
  radiusMeters: 20,
  headcountLow: 1,
  headcountLikely: 1 + (round % 3),
  reportCount: 2 + round,
  reportsByKind: { courier: 1, public: 1 + round },
  flags: ['alone', 'thinly_dressed'],
  needs: ['quilt'],
  firstSeenAt: '2026-01-05T18:00:00.000Z',
  lastSeenAt: '2026-01-05T18:20:00.000Z',
  attendedAt: null,
  notFoundCount: 0,
  byHand: false,
  createdAt: '2026-01-05T18:00:00.000Z',
  endedAt: null,
  endReason: null,
  mergedInto: null,
});

/** What each view was sent, as the bytes that went over the wire. */
async function sameBytes(db: Database, city: SeededCity, since: number): Promise<string[]> {
  const logged = await readEventsAfter(db.sql, city.cityId, since, BURST);
  const seq = logged.at(-1)!.event.seq;
  return views.map(
    (cells) =>
      `42${JSON.stringify(['events', { events: eventsForView(logged, { staff: true, cells: new Set(cells) }), seq }])}`,
  );
}

async function startBare() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await once(server, 'listening');
  const byView = Array.from({ length: VIEWS }, () => new Set<WebSocket>());
  server.on('connection', (socket, request) => {
    const view = Number(new URL(request.url ?? '/', 'ws://localhost').searchParams.get('view'));
    byView[view]!.add(socket);
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    broadcast: (messages: string[]) => {
      for (const [view, sockets] of byView.entries())
        for (const socket of sockets) socket.send(messages[view]!);
    },
    stop: async () => {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

async function connect(url: string, sockets: number, follows: string[]): Promise<ChildProcess[]> {
  const children = Array.from({ length: CLIENT_PROCESSES }, () =>
    fork(new URL('./fanout-clients.ts', import.meta.url), { execArgv: ['--import', 'tsx'] }),
  );
  const order: Order = {
    kind: 'connect',
    url,
    count: sockets / CLIENT_PROCESSES,
    follows,
    views: VIEWS,
  };
  await all(children, order, ({ kind }) => kind === 'connected');
  return children;
}

const arm = (children: ChildProcess[], round: number, ending: string): Promise<unknown> =>
  all(
    children,
    { kind: 'expect', round, ending },
    (report) => report.kind === 'waiting' && report.round === round,
  );

async function lastReceipt(children: ChildProcess[], round: number): Promise<number> {
  const reports = await all(
    children,
    null,
    (report) => report.kind === 'received' && report.round === round,
  );
  return Math.max(...reports.map((report) => (report.kind === 'received' ? report.at : 0)));
}

const patienceMs = 60_000;

/** Gives every child an order (or none) and waits for its fitting report. */
function all(
  children: ChildProcess[],
  order: Order | null,
  fits: (report: ClientReport) => boolean,
): Promise<ClientReport[]> {
  return Promise.all(
    children.map(
      (child) =>
        new Promise<ClientReport>((resolve, reject) => {
          const timer = setTimeout(
            () => reject(new Error('a client process did not answer')),
            patienceMs,
          );
          const listen = (report: ClientReport): void => {
            if (!fits(report)) return;
            clearTimeout(timer);
            child.off('message', listen);
            resolve(report);
          };
          child.on('message', listen);
          if (order) child.send(order);
        }),
    ),
  );
}
