/** The promise of the stream, on real servers: whatever breaks, every screen ends with what the database holds. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientToServer, ServerToClient } from '../../shared/realtime/events.ts';
import { readConfig } from '../../server/kernel/config.ts';
import type { Services } from '../../server/kernel/context.ts';
import { SessionMemory } from '../../server/kernel/requests.ts';
import type { Database } from '../../server/kernel/sql.ts';
import { readTeamView, updateDuty } from '../../server/patrols/queries.ts';
import { changeCity } from '../../server/realtime/change-city.ts';
import { attachRealtime } from '../../server/realtime/sockets.ts';
import type { Realtime } from '../../server/realtime/sockets.ts';
import { readSnapshot } from '../../server/snapshots/queries.ts';
import { testDatabase } from '../../server/testing/database.ts';
import { noRoads } from '../../server/testing/roads.ts';
import { seedCity } from '../../server/testing/seed.ts';
import type { SeededCity } from '../../server/testing/seed.ts';
import { cityOfSnapshot } from './city-state.ts';
import type { CityState } from './city-state.ts';
import { createLiveCity } from './live-city.ts';
import type { CitySocket, LiveCity } from './live-city.ts';

interface Node {
  url: string;
  http: http.Server;
  realtime: Realtime;
}
type Wire = Socket<ServerToClient, ClientToServer>;

const test = testDatabase({ maxConnections: 4 });
let second: Database;
let city: SeededCity;
const nodes: Node[] = [];

async function startNode(db: Database): Promise<Node> {
  const config = readConfig({ LOG_LEVEL: 'silent' });
  const services: Services = {
    db,
    config,
    log: () => undefined,
    roads: noRoads,
    forgetSession: () => undefined,
  };
  const server = http.createServer();
  const realtime = await attachRealtime(server, {
    services,
    // the cookie's value names the role here; who may sign in is tested elsewhere
    sessions: new SessionMemory(
      async (token) => city.people[token as keyof SeededCity['people']] ?? null,
    ),
    readSnapshot: (viewer, cells) => readSnapshot(db, viewer, cells),
    onPosition: async () => undefined,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const node = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    http: server,
    realtime,
  };
  nodes.push(node);
  return node;
}

/** As a killed process would: no goodbye to anybody. */
async function kill(node: Node): Promise<void> {
  nodes.splice(nodes.indexOf(node), 1);
  node.http.closeAllConnections();
  await node.realtime.close();
}

class Screen {
  state: CityState | null = null;
  private wire: Wire | null = null;
  private readonly live: LiveCity;
  private handlers: { open: () => void; close: () => void } | null = null;
  private onEvents: ((batch: Parameters<ServerToClient['events']>[0]) => void) | null = null;
  private readonly role: string | null;

  constructor(role: string | null) {
    this.role = role;
    const handlers = { open: () => undefined as void, close: () => undefined as void };
    this.handlers = handlers;
    const socket: CitySocket = {
      onOpen: (handler) => void (handlers.open = handler),
      onClose: (handler) => void (handlers.close = handler),
      onEvents: (handler) => void (this.onEvents = handler),
      onPositions: () => undefined,
      follow: (follow, answer) => void this.wire?.emit('follow', follow, answer),
      sendPosition: () => undefined,
      close: () => void this.wire?.close(),
    };
    this.live = createLiveCity(socket, city.cityId, {
      onState: (state) => void (this.state = state),
      onPositions: () => undefined,
      onLink: () => undefined,
      onRefused: (code) => {
        throw new Error(code);
      },
      schedule: (work) => void setTimeout(work, 1),
    });
  }

  dial(node: Node): void {
    this.drop();
    const wire: Wire = io(node.url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      ...(this.role === null ? {} : { extraHeaders: { cookie: `nuanxun_session=${this.role}` } }),
    });
    this.wire = wire;
    wire.on('connect', () => this.handlers?.open());
    wire.on('disconnect', () => this.handlers?.close());
    wire.on('events', (batch) => this.onEvents?.(batch));
  }
  drop(): void {
    if (!this.wire) return;
    this.wire.removeAllListeners();
    this.wire.io.engine.close();
    this.wire = null;
    this.handlers?.close();
  }
  get connected(): boolean {
    return this.wire?.connected === true;
  }
  stop(): void {
    this.drop();
    this.live.stop();
  }
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await wait(10);
  }
}

/** One change by one of two servers: concurrent transactions, some slow, so that they finish out of turn. */
async function changeSomething(db: Database, dice: () => number): Promise<void> {
  const teamId = dice() < 0.5 ? city.north.id : city.south.id;
  const onDuty = dice() < 0.5;
  await changeCity(db, city.cityId, async (change) => {
    await updateDuty(change.tx, city.cityId, teamId, onDuty);
    if (dice() < 0.2) await wait(dice() * 15);
    const team = await readTeamView(change.tx, city.cityId, teamId);
    change.emit({ kind: 'team.changed', team: team! }, 'staff');
    if (dice() < 0.1) throw new Error('thought better of it');
  }).catch((error: Error) => {
    if (error.message !== 'thought better of it') throw error;
  });
}

const diceOf = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
};

beforeAll(async () => {
  city = await seedCity(test.sql);
  second = await test.db.another();
});
afterAll(async () => {
  for (const node of nodes.slice()) await kill(node);
});

describe('a screen that follows a city', () => {
  it.each([1, 2, 3])(
    'ends with the state of the database whatever breaks (seed %i)',
    async (seed) => {
      const dice = diceOf(seed);
      const [one, two] = [await startNode(test.db), await startNode(second)];
      const alive = [one, two];
      const screens = Array.from({ length: 8 }, () => new Screen('dispatcher'));
      const anyNode = (): Node => alive[Math.floor(dice() * alive.length)]!;
      for (const screen of screens) screen.dial(anyNode());

      for (let round = 0; round < 40; round += 1) {
        const burst = 1 + Math.floor(dice() * 4);
        await Promise.all(
          Array.from({ length: burst }, () =>
            changeSomething(dice() < 0.5 ? test.db : second, dice),
          ),
        );
        const screen = screens[Math.floor(dice() * screens.length)]!;
        if (dice() < 0.4) screen.drop();
        else if (!screen.connected) screen.dial(anyNode());
        if (round === 20) {
          alive.splice(alive.indexOf(one), 1);
          await kill(one);
        }
      }
      for (const screen of screens) screen.dial(two);
      await changeSomething(second, () => 0.99);

      const truth = cityOfSnapshot(
        await readSnapshot(
          test.db,
          { cityId: city.cityId, staff: true, userId: null, deviceId: null },
          null,
        ),
      );
      await until('all screens are up to date', () =>
        screens.every(({ state }) => state?.seq === truth.seq),
      );
      for (const { state } of screens) {
        expect(state?.cellsSince).toBeLessThanOrEqual(truth.seq ?? 0);
        // From where a screen has every change of a cell is its own: it asks for the field as of then or later.
        expect({ ...state, cellsSince: truth.cellsSince }).toEqual(truth);
      }
      for (const screen of screens) screen.stop();
      await kill(two);
    },
  );

  it('gets each missed event exactly once and in order, on whichever server it comes back to', async () => {
    const [one, two] = [await startNode(test.db), await startNode(second)];
    const seen: number[] = [];
    const wire: Wire = io(one.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie: 'nuanxun_session=dispatcher' },
    });
    await new Promise<void>((resolve) => wire.on('connect', resolve));
    const first = await new Promise<number>((resolve) =>
      wire.emit('follow', { cityId: city.cityId, since: null, cells: null }, (answer) =>
        resolve(answer.kind === 'snapshot' ? answer.snapshot.seq : -1),
      ),
    );
    expect(first).toBeGreaterThanOrEqual(0);
    wire.close();
    for (let i = 0; i < 12; i += 1)
      await changeSomething(i % 2 === 0 ? test.db : second, () => 0.6);
    const back: Wire = io(two.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie: 'nuanxun_session=dispatcher' },
    });
    await new Promise<void>((resolve) => back.on('connect', resolve));
    back.on('events', (batch) => seen.push(...batch.events.map(({ seq }) => seq)));
    const missed = await new Promise<number[]>((resolve) =>
      back.emit('follow', { cityId: city.cityId, since: first, cells: null }, (answer) =>
        resolve(
          answer.kind === 'events' ? [...answer.events.map(({ seq }) => seq), answer.seq] : [],
        ),
      ),
    );
    // twelve changes of one team: its last state once, and the cursor after all twelve
    expect(missed).toEqual([first + 12, first + 12]);
    await changeSomething(test.db, () => 0.6);
    await until('the live event is here', () => seen.length > 0);
    expect(seen).toEqual([first + 13]);
    back.close();
    await kill(one);
    await kill(two);
  });

  it('never hands staff events to the public, nor another city to anybody', async () => {
    const node = await startNode(test.db);
    const stranger = new Screen(null);
    stranger.dial(node);
    await until('the stranger is in', () => stranger.state !== null);
    expect(stranger.state!.teams.size).toBe(0);
    expect(stranger.state!.stations.size).toBeGreaterThan(0);
    await changeSomething(test.db, () => 0.6);
    await wait(100);
    expect(stranger.state!.teams.size).toBe(0);
    stranger.stop();

    const elsewhere = await seedCity(test.sql);
    const wire: Wire = io(node.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie: 'nuanxun_session=dispatcher' },
    });
    await new Promise<void>((resolve) => wire.on('connect', resolve));
    const answer = await new Promise((resolve) =>
      wire.emit('follow', { cityId: elsewhere.cityId, since: null, cells: null }, resolve),
    );
    expect(answer).toEqual({ kind: 'refused', code: 'not_allowed' });
    const nonsense = await new Promise((resolve) =>
      wire.emit('follow', { cityId: 7 } as never, resolve),
    );
    expect(nonsense).toEqual({ kind: 'refused', code: 'invalid_input' });
    wire.close();
    await kill(node);
  });
});
