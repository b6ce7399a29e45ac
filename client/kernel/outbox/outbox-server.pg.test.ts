/** The promise of the outbox, on a real server: whatever dies on the way, every action is there once, and in order. */
import 'fake-indexeddb/auto';
import { setTimeout as wait } from 'node:timers/promises';
import { createTRPCClient, httpLink } from '@trpc/client';
import { expect, it } from 'vitest';
import type { FieldAction } from '../../../shared/field/schema.ts';
import type { AppRouter } from '../../../server/router.ts';
import type { Session } from '../../../server/kernel/context.ts';
import { testDatabase } from '../../../server/testing/database.ts';
import { done } from '../../../server/testing/late.ts';
import { draftAt } from '../../../server/testing/reports.ts';
import { place, seedCity } from '../../../server/testing/seed.ts';
import { serve } from '../../../server/testing/serve.ts';
import type { Served } from '../../../server/testing/serve.ts';
import { cookieOf } from '../../../server/testing/uploading.ts';
import { Unreachable } from '../fault.ts';
import { newId } from '../id.ts';
import { SimulatedDevice, moment, untilQuiet } from './simulated-device.ts';
import type { Fate, Tab } from './simulated-device.ts';
import { subjectOf } from './subjects.ts';

const test = testDatabase({ maxConnections: 6 });

/** A generator that repeats itself for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Made {
  id: string;
  /** whose, and about what: these arrive in order */
  line: string;
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** A shift of one crew: its start and end, check-ins, reports that are edited and withdrawn, a track. */
function* script(random: () => number, count: number): Generator<FieldAction> {
  const shiftId = newId();
  let minute = 600;
  const at = () => minutesAgo((minute -= 2));
  const members = [{ name: '王', agency: 'civil_affairs' as const }];
  const shift = { id: shiftId, areaId: null, vehicle: '', members, checkInMinutes: 30 };
  yield done('shift.start', at(), { shift });
  let version = 1;
  let draft = draftAt(place(random() * 800, 0));
  yield done('sighting.report', at(), { sighting: draft });
  for (let made = 2; made < count - 1; made += 1) {
    const dice = random();
    if (dice < 0.35) yield done('shift.checkIn', at(), { shiftId });
    else if (dice < 0.6) {
      const points = [[Date.parse(at()), 116.4, 39.9 + random() / 100, 8, null, null]];
      yield done('track.points', at(), { points } as Pick<
        FieldAction & { kind: 'track.points' },
        'points'
      >);
    } else if (dice < 0.8) {
      draft = { ...draft, note: `${made}` };
      yield done('sighting.edit', at(), { sighting: { ...draft, version } });
      version += 1;
    } else if (dice < 0.9) {
      yield done('sighting.withdraw', at(), { sightingId: draft.id });
      draft = draftAt(place(random() * 800, random() * 800));
      version = 1;
      made += 1;
      yield done('sighting.report', at(), { sighting: draft });
    } else {
      draft = draftAt(place(random() * 800, random() * 800));
      version = 1;
      yield done('sighting.report', at(), { sighting: draft });
    }
  }
  yield done('shift.end', at(), { shiftId });
}

/** The way to a server that goes and comes: while it is away nothing arrives, and no answer comes back either. */
class Line {
  #deaths = 0;
  isUp = true;
  readonly #url: string;
  constructor(served: Served) {
    this.#url = `${served.baseUrl}/api`;
  }
  cut(): void {
    this.isUp = false;
    this.#deaths += 1;
  }
  async submit(action: FieldAction, cookie: string): Promise<unknown> {
    if (!this.isUp) throw new Unreachable();
    const deaths = this.#deaths;
    const links = [httpLink({ url: this.#url, headers: { cookie } })];
    const answer = await createTRPCClient<AppRouter>({ links }).field.submit.mutate(action);
    if (deaths !== this.#deaths) throw new Unreachable();
    return answer;
  }
}

const someFates: Fate[] = [
  'answer',
  'answer',
  'unreachable',
  'lost',
  'slow',
  'answer',
  'signed-out',
];

async function night(seed: number, crews: Session[], line: Line): Promise<Made[]> {
  const random = randomOf(seed);
  const made: Made[] = [];
  const devices = await Promise.all(
    crews.map(async (crew, index) => {
      const cookie = await cookieOf(test.sql, crew);
      const device = new SimulatedDevice(`night-${seed}-${index}`, (item) =>
        line.submit(item.payload as FieldAction, cookie),
      );
      device.fates = Array.from(
        { length: 30 },
        () => someFates[Math.floor(random() * 7)] ?? 'lost',
      );
      return { crew, device, tab: await device.open(crew.userId), script: script(random, 24) };
    }),
  );
  const step = async (one: (typeof devices)[number]): Promise<boolean> => {
    const { value: action, done: over } = one.script.next();
    if (over) return false;
    const { cityId, userId } = one.crew;
    const { id, at, kind } = action;
    await one.tab.engine.enqueue({
      id,
      at,
      kind,
      subject: subjectOf(action),
      payload: action,
      cityId,
      userId,
    });
    made.push({ id, line: `${userId} ${subjectOf(action)}` });
    const dice = random();
    if (dice < 0.12) {
      one.tab.kill();
      one.tab = await one.device.open(one.crew.userId);
    } else if (dice < 0.2) line.cut();
    else if (dice < 0.35) line.isUp = true;
    else if (dice < 0.6) one.tab.engine.sender.retryNow();
    for (let turn = 0; turn < random() * 20; turn += 1) await moment();
    return true;
  };
  let going = devices;
  while (going.length > 0) {
    const one = going[Math.floor(random() * going.length)];
    if (one && !(await step(one))) going = going.filter((other) => other !== one);
  }
  line.isUp = true;
  for (const one of devices) {
    one.device.fates = [];
    await untilSent(one.tab);
    expect(one.tab.state().items).toEqual([]);
    expect(one.device.sentAfterAnswer).toEqual([]);
    one.tab.kill();
  }
  return made;
}

async function untilSent(tab: Tab): Promise<void> {
  const isOver = () => tab.state().items.every((item) => item.state === 'refused');
  for (let turn = 0; turn < 200 && !isOver(); turn += 1) {
    await untilQuiet(tab, isOver);
    await wait(20);
  }
}

it('pages, network and server die at random; each action is there once, and in order', async () => {
  const served = await serve(test.db);
  for (const seed of [1, 2, 3]) {
    const city = await seedCity(test.sql);
    const made = await night(seed, [city.people.patrol, city.southPatrol], new Line(served));
    const rows = await test.sql<{ id: string }[]>`
      select id from field_actions
      where city_id = ${city.cityId} order by received_at, id`;
    expect(rows.map(({ id }) => id).sort()).toEqual(made.map(({ id }) => id).sort());
    for (const about of new Set(made.map(({ line }) => line))) {
      const ids = made.filter((one) => one.line === about).map(({ id }) => id);
      const arrived = rows.map(({ id }) => id).filter((id) => ids.includes(id));
      expect(arrived).toEqual(ids);
    }
  }
  await served.close();
});
