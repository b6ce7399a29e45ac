import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrackPoint } from '../../shared/tracks/schema.ts';
import { drive } from '../../shared/tracks/testing/made-tracks.ts';
import { readTeamPositions } from '../patrols/queries.ts';
import { serveStreetsFrom } from '../streets/queries.ts';
import { testDatabase } from '../testing/database.ts';
import {
  began,
  cityWithStreets,
  night,
  seedKeyPoint,
  store,
  storeInBatches,
} from '../testing/made-night.ts';
import { refusal } from '../testing/refusal.ts';
import { storeTrack } from './actions.ts';
import { readTrack } from './coverage.ts';
import { settleTracks } from './settling.ts';

const test = testDatabase();
const dataDir = mkdtempSync(path.join(tmpdir(), 'nuanxun-tracks-'));
beforeAll(() => serveStreetsFrom(dataDir));
afterAll(() => {
  serveStreetsFrom(null);
  rmSync(dataDir, { recursive: true, force: true });
});

const minute = 60_000;
const iso = (ms: number): string => new Date(ms).toISOString();
const slicesOf = (cityId: string) => test.sql`
  select slice_at, points_kept, points_dropped, meters, stretches, dwells, minutes, streets
  from track_slices where city_id = ${cityId} order by slice_at`;
const ledgerOf = (cityId: string) => test.sql<{ id: string; shift_id: string | null }[]>`
  select id, how, visited_from, visited_to, team_id, shift_id from visit_ledger where city_id = ${cityId} order by seq`;

describe('a track', () => {
  it('comes to the same facts in one piece, in batches, backwards, and sent twice', async () => {
    const points = night();
    const cities = [];
    for (const way of ['whole', 'batches', 'backwards', 'twice', 'at once'] as const) {
      const city = await cityWithStreets(test.sql, dataDir);
      if (way === 'whole') await store(test.db, city, points);
      else if (way === 'backwards') await storeInBatches(test.db, city, points.toReversed(), 60);
      else if (way === 'at once')
        await Promise.all(
          [0, 110, 220].map((from) => store(test.db, city, points.slice(from, from + 110))),
        );
      else await storeInBatches(test.db, city, points, 60);
      if (way === 'twice') await storeInBatches(test.db, city, points, 45);
      cities.push(await slicesOf(city.cityId));
    }
    const [whole, ...others] = cities;
    expect(whole!.length).toBeGreaterThanOrEqual(3);
    expect(whole!.some(({ stretches }) => (stretches as unknown[]).length > 5)).toBe(true);
    for (const other of others) expect([...other]).toEqual([...whole!]);
  });

  it('writes a stay at a key point into the ledger, once, with the shift it was in', async () => {
    const city = await cityWithStreets(test.sql, dataDir);
    const keyPointId = await seedKeyPoint(test.sql, city.cityId, 1500);
    await seedKeyPoint(test.sql, city.cityId, 700, 90);
    const shiftId = uuidv7();
    await test.sql`
      insert into shifts (city_id, id, team_id, started_at, started_by, last_check_in_at)
      values (${city.cityId}, ${shiftId}, ${city.north.id}, ${iso(began)}, ${city.people.patrol.userId}, ${iso(began)})`;
    await storeInBatches(test.db, city, night(), 30);
    await storeInBatches(test.db, city, night(), 60);
    const rows = await ledgerOf(city.cityId);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ how: 'dwell', team_id: city.north.id, shift_id: shiftId });
    const [point] = await test.sql`
      select last_visit_how, last_visit_team_id from key_points where city_id = ${city.cityId} and id = ${keyPointId}`;
    expect(point).toEqual({ last_visit_how: 'dwell', last_visit_team_id: city.north.id });
  });

  it('records a dwell that was owed when a server stopped in between', async () => {
    const city = await cityWithStreets(test.sql, dataDir);
    await seedKeyPoint(test.sql, city.cityId, 1500);
    await store(test.db, city, night());
    const [row] = await ledgerOf(city.cityId);
    // As if the ledger's transaction had not come about: another city keeps the id free.
    await test.sql`
      update track_slices set dwells_owed = true, recorded = '{}' where city_id = ${city.cityId} and dwells <> '[]'`;
    await settleTracks(test.db, 0);
    expect(await ledgerOf(city.cityId)).toEqual([row]);
    const owed = await test.sql`
      select 1 from track_slices where city_id = ${city.cityId} and dwells_owed`;
    expect(owed).toHaveLength(0);
  });

  it('that can’t be worked out holds up no other', async () => {
    const [bad, good] = [
      await cityWithStreets(test.sql, dataDir),
      await cityWithStreets(test.sql, dataDir),
    ];
    for (const city of [bad, good]) {
      await seedKeyPoint(test.sql, city.cityId, 1500);
      await store(test.db, city, night());
      await test.sql`
        update track_slices set dwells_owed = true, recorded = '{}', stale_since = now() - interval '1 hour'
        where city_id = ${city.cityId} and dwells <> '[]'`;
    }
    await test.sql`
      update track_slices set stale_since = null,
        dwells = jsonb_set(dwells, '{0,keyPointId}', ${JSON.stringify(uuidv7())}::jsonb)
      where city_id = ${bad.cityId} and dwells <> '[]'`;
    const failures: unknown[] = [];
    await settleTracks(test.db, 0, undefined, (error) => failures.push(error));
    expect(failures).toHaveLength(1);
    const left = await test.sql`select distinct city_id from track_slices where dwells_owed`;
    expect(left.map(({ city_id: id }) => id)).toEqual([bad.cityId]);
    await test.sql`update track_slices set dwells_owed = false where city_id = ${bad.cityId}`;
  });

  it('of a tracker is kept at once and worked out a little later, to the same facts', async () => {
    const city = await cityWithStreets(test.sql, dataDir);
    const points = drive({ at: began, count: 40, metersPerSecond: 5, startMeters: 5 });
    for (const point of points) await store(test.db, city, [point], 'tracker');
    expect((await slicesOf(city.cityId)).every(({ points_kept }) => points_kept === 0)).toBe(true);
    await settleTracks(test.db, 0);
    const other = await cityWithStreets(test.sql, dataDir);
    await store(test.db, other, points, 'tracker');
    expect([...(await slicesOf(city.cityId))]).toEqual([...(await slicesOf(other.cityId))]);
  });

  it('moves the team on the map, and leaves out what is in the future, long ago, or vague', async () => {
    const city = await cityWithStreets(test.sql, dataDir);
    const now = Date.now();
    const here: TrackPoint = [now - 5_000, 116.41, 39.91, 12, 1.5, 359.99];
    await store(test.db, city, [
      here,
      [now + 10 * minute, 116.5, 39.95, 5, null, null],
      [now - 80 * 60 * minute, 116.5, 39.95, 5, null, null],
      [now - 1_000, 116.5, 39.95, 900, null, null],
    ]);
    const position = (await readTeamPositions(test.sql, city.cityId)).find(
      ({ teamId }) => teamId === city.north.id,
    )!;
    expect(position).toMatchObject({
      lon: 116.41,
      lat: 39.91,
      headingDegrees: 0,
      at: iso(here[0]),
    });
    const [count] = await test.sql`
      select count(*)::int as points from track_points where city_id = ${city.cityId}`;
    expect(count).toEqual({ points: 2 });
  });

  it('is read cleaned, by staff, and the reading is written down', async () => {
    const city = await cityWithStreets(test.sql, dataDir);
    const points = drive({ at: began, count: 20, metersPerSecond: 5 });
    const later = drive({ at: began + 20 * minute, count: 20, metersPerSecond: 5 });
    await store(test.db, city, [...points, ...later]);
    const period = { from: iso(began), to: iso(began + 60 * minute) };
    const of = { teamId: city.north.id, ...period };
    const { parts } = await readTrack(test.db, city.people.dispatcher, of);
    expect(parts.map((part) => part.length)).toEqual([20, 20]);
    const [entry] = await test.sql`
      select action, subject, user_id from audit_entries where city_id = ${city.cityId}`;
    expect(entry).toEqual({
      action: 'track.read',
      subject: city.north.id,
      user_id: city.people.dispatcher.userId,
    });
    const nobody = readTrack(test.db, city.people.dispatcher, { ...of, teamId: uuidv7() });
    expect((await refusal(nobody)).code).toBe('not_found');
  });
});

describe('two servers', () => {
  it('that are sent parts of one track at once come to what one would, with one row per dwell', async () => {
    const points = night();
    const [city, alone] = [
      await cityWithStreets(test.sql, dataDir),
      await cityWithStreets(test.sql, dataDir),
    ];
    await seedKeyPoint(test.sql, city.cityId, 1500);
    const other = await test.db.another();
    const batches = Array.from({ length: 11 }, (_, i) => points.slice(30 * i, 30 * i + 30));
    const { cityId, north } = city;
    await Promise.all(
      [...batches, ...batches.toReversed()].map((part, i) =>
        storeTrack(i % 2 === 0 ? test.db : other, {
          cityId,
          teamId: north.id,
          source: 'app',
          points: part,
        }),
      ),
    );
    await store(test.db, alone, points);
    const withoutDwells = async (id: string) =>
      (await slicesOf(id)).map((facts) => ({ ...facts, dwells: null }));
    expect(await withoutDwells(cityId)).toEqual(await withoutDwells(alone.cityId));
    expect(await ledgerOf(cityId)).toHaveLength(1);
  });
});
