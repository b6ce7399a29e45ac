/** A night at high speed on a real server in this process: whatever the simulated people do, the books stay right. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { dispatchStates } from '../../shared/dispatch/schema.ts';
import { noPassword } from '../accounts/passwords.ts';
import { createCity, findCity } from '../cities/queries.ts';
import { engineName, testDatabase } from '../testing/database.ts';
import { serve } from '../testing/serve.ts';
import type { Served } from '../testing/serve.ts';
import { readKeyPlaces } from './city-files.ts';
import { dice } from './dice.ts';
import { takeLease } from './lease.ts';
import { startNight } from './night.ts';
import { prepareCities } from './prepare.ts';
import { seedCity } from './seed-city.ts';
import { readConfig } from '../kernel/config.ts';

const test = testDatabase();
const cityId = 'probe-city';
const dataDir = mkdtempSync(path.join(tmpdir(), 'nuanxun-night-'));
const ring = [
  [116.3, 39.85],
  [116.42, 39.85],
  [116.42, 39.95],
  [116.3, 39.95],
  [116.3, 39.85],
];
const failures: string[] = [];
let served: Served;

const night = (speed: number) =>
  startNight({
    db: test.db,
    config: { dataDir, demo: { on: true, cityId, speed, seed: 11 } },
    log: (level, message, details) =>
      void (level !== 'debug' && failures.push(`${message} ${String(details?.error)}`)),
    baseUrl: served.baseUrl,
  });

beforeAll(async () => {
  await createCity(test.sql, {
    id: cityId,
    nameZh: '试验市',
    nameEn: 'Probe City',
    timeZone: 'Asia/Shanghai',
    boundary: { type: 'Polygon', coordinates: [ring] },
    center: { lon: 116.36, lat: 39.9 },
    demo: true,
  });
  const city = (await findCity(test.sql, cityId))!;
  const random = dice(3);
  const places = await readKeyPlaces(test.sql, dataDir, city, null, random);
  const seeding = { db: test.db, city, places, streets: null, dice: random, seed: 11 };
  await seedCity(seeding);
  served = await serve(test.db, {}, { planning: true });
});
afterAll(async () => {
  await served.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('a simulated night', () => {
  it('fills the board, and lives on through the public procedures without an illegal step', async () => {
    const running = await night(900);
    const [filled] = await test.sql<{ live: number; dispatches: number; encounters: number }[]>`
      select (select count(*) from sightings where city_id = ${cityId} and state = 'live')::int as live,
        (select count(*) from dispatches where city_id = ${cityId})::int as dispatches,
        (select count(*) from encounters where city_id = ${cityId})::int as encounters`;
    expect(filled!.live).toBeGreaterThanOrEqual(20);
    expect(filled!.dispatches).toBeGreaterThanOrEqual(5);
    expect(filled!.encounters).toBeGreaterThanOrEqual(3);
    await wait(7_000);
    const before = performance.now();
    await running.stop();
    expect(performance.now() - before).toBeLessThan(5_000);
    expect(failures).toEqual([]);

    const [lived] = await test.sql<{ closed: number; encounters: number }[]>`
      select (select count(*) from dispatches where city_id = ${cityId} and state = 'closed')::int as closed,
        (select count(*) from encounters where city_id = ${cityId})::int as encounters`;
    expect(lived!.closed).toBeGreaterThan(5);
    expect(lived!.encounters).toBeGreaterThan(filled!.encounters);
  });

  it('leaves events that are numbered without a gap, and dispatches that only took allowed steps', async () => {
    const [log] = await test.sql<{ first: number; last: number; count: number; known: number }[]>`
      select min(seq) as first, max(seq) as last, count(*)::int as count,
        (select last_event_seq from cities where id = ${cityId}) as known from events where city_id = ${cityId}`;
    expect(log!.count).toBe(log!.last - log!.first + 1);
    expect(log!.known).toBe(log!.last);
    const steps = await test.sql<
      { seq: number; id: string; state: (typeof dispatchStates)[number] }[]
    >`
      select seq, payload -> 'dispatch' ->> 'id' as id, payload -> 'dispatch' ->> 'state' as state
      from events where city_id = ${cityId} and kind = 'dispatch.changed' order by seq`;
    const edges = await test.sql<
      { from_state: string; to_state: string }[]
    >`select from_state, to_state from dispatch_edges`;
    const allowed = new Set(edges.map(({ from_state, to_state }) => `${from_state}>${to_state}`));
    const states = new Map<string, string>();
    for (const { id, state } of steps) {
      const before = states.get(id);
      if (before !== undefined && before !== state) expect(allowed).toContain(`${before}>${state}`);
      states.set(id, state);
    }
    expect(states.size).toBeGreaterThan(5);
  });

  it('never has two teams on one place, records each visit, and visits at least once before it closes', async () => {
    const empty = await test.sql`
      select id from dispatches d where city_id = ${cityId} and state = 'closed'
        and not exists (select 1 from encounters e where e.city_id = d.city_id and e.dispatch_id = d.id)`;
    expect(empty).toHaveLength(0);
    const twice = await test.sql`
      select recheck_id from encounters where city_id = ${cityId} and recheck_id is not null group by 1 having count(*) > 1`;
    expect(twice).toHaveLength(0);
  });

  it('brings people to houses whose books agree with who is in them and who is on the way', async () => {
    const houses = await test.sql<
      { open: boolean; taken: number; inside: number; held: number; coming: number }[]
    >`
      select s.open,
        (select coalesce(sum(p.taken), 0) from station_places p
          where p.city_id = s.city_id and p.station_id = s.id)::int as taken,
        (select count(*) from stays t where t.city_id = s.city_id and t.station_id = s.id
          and t.left_at is null and t.within_places)::int as inside,
        (select coalesce(sum(p.held), 0) from station_places p
          where p.city_id = s.city_id and p.station_id = s.id)::int as held,
        (select coalesce(sum(h.places), 0) from bed_holds h where h.city_id = s.city_id and h.station_id = s.id
          and h.state = 'held' and h.within_places)::int as coming
      from stations s where s.city_id = ${cityId}`;
    expect(houses.length).toBeGreaterThan(4);
    for (const { taken, inside, held, coming } of houses)
      expect({ taken, held }).toEqual({ taken: inside, held: coming });
    expect(houses.some(({ inside }) => inside > 10)).toBe(true);
    expect(houses.filter(({ open }) => !open)).toHaveLength(2);
    const [arrived] = await test.sql<{ escorted: number; walkedIn: number; left: number }[]>`
      select count(*) filter (where hold_id is not null)::int as escorted,
        count(*) filter (where how = 'walk_in' and hold_id is null)::int as "walkedIn",
        count(*) filter (where left_at is not null)::int as left
      from stays where city_id = ${cityId}`;
    expect(arrived!.escorted).toBeGreaterThan(0);
    expect(arrived!.walkedIn).toBeGreaterThan(0);
    expect(arrived!.left).toBeGreaterThan(0);
  });

  it('is acted by accounts that nobody can sign in to', async () => {
    const users = await test.sql<
      { password_hash: string }[]
    >`select password_hash from users where city_id = ${cityId}`;
    expect(users.length).toBeGreaterThan(15);
    expect(new Set(users.map((user) => user.password_hash))).toEqual(new Set([noPassword]));
  });

  it('stands still at speed 0, and is filled only once', async () => {
    const count = async () =>
      (
        await test.sql<
          { n: number }[]
        >`select count(*)::int as n from sightings where city_id = ${cityId}`
      )[0]!.n;
    const first = await night(0);
    const before = await count();
    await wait(1_000);
    await first.stop();
    const again = await night(0);
    await again.stop();
    expect(await count()).toBe(before);
  });
});

describe('two servers on one database', () => {
  it('take turns: the second simulates when the first lets go', async () => {
    if (engineName() === 'embedded') {
      expect(await takeLease(test.db, cityId)).not.toBeNull();
      return;
    }
    const other = await test.db.another();
    const first = (await takeLease(test.db, cityId))!;
    expect(await first.stillHeld()).toBe(true);
    expect(await takeLease(other, cityId)).toBeNull();
    await first.release();
    const second = (await takeLease(other, cityId))!;
    expect(await second.stillHeld()).toBe(true);
    await second.release();
  });
});

describe('preparing cities', () => {
  const config = (environment: Record<string, string>) =>
    readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...environment });

  it('says in words that the city to simulate was never made', async () => {
    await expect(
      prepareCities(test.db, config({ NUANXUN_DEMO_CITY: 'nowhere' }), () => {}),
    ).rejects.toThrow(/NUANXUN_DEMO_CITY is "nowhere".*npm run city/s);
  });

  it('makes no demo in a database that has a city, and links to what nobody administers', async () => {
    const lines: string[] = [];
    expect(await prepareCities(test.db, config({}), (line) => lines.push(line))).toEqual([]);
    await createCity(test.sql, {
      id: 'real-city',
      nameZh: '实城',
      nameEn: 'Real City',
      timeZone: 'Asia/Shanghai',
      boundary: { type: 'Polygon', coordinates: [ring] },
      center: { lon: 116.36, lat: 39.9 },
    });
    const links = await prepareCities(test.db, config({ NUANXUN_DEMO: 'off' }), (line) =>
      lines.push(line),
    );
    // the demo city too: without the demo its one-click administrator is nobody any more
    expect(links.map(({ cityName }) => cityName)).toContain('实城 Real City');
    for (const { token } of links) expect(token).toMatch(/^.{20,}$/);
    expect(lines).toEqual([]);
    await test.sql`delete from setup_links where city_id = 'real-city'`;
    await test.sql`delete from cities where id = 'real-city'`;
  });
});
