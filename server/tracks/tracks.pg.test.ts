import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrackPoint } from '../../shared/tracks/schema.ts';
import { drive, gridOfStreets, origin, stand } from '../../shared/tracks/testing/made-tracks.ts';
import { readTeamPositions } from '../patrols/queries.ts';
import { saveArea } from '../patrols/actions.ts';
import { serveStreetsFrom } from '../streets/queries.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { storeTrack } from './actions.ts';
import { readCoverage, readCoveredStreets, readTrack } from './coverage.ts';
import { settleTracks } from './settling.ts';

const test = testDatabase();
const dataDir = mkdtempSync(path.join(tmpdir(), 'nuanxun-tracks-'));
beforeAll(() => serveStreetsFrom(dataDir));
afterAll(() => {
  serveStreetsFrom(null);
  rmSync(dataDir, { recursive: true, force: true });
});

const minute = 60_000;
/** An hour and a half ago, at the beginning of a slice: nothing here is too old or in the future. */
const began = Math.floor((Date.now() - 90 * minute) / (10 * minute)) * 10 * minute;
const iso = (ms: number): string => new Date(ms).toISOString();

async function cityWithStreets(): Promise<SeededCity> {
  const city = await seedCity(test.sql);
  const folder = path.join(dataDir, 'cities', city.cityId);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'streets.json'), JSON.stringify(gridOfStreets(30, 4)));
  return city;
}
async function seedKeyPoint(cityId: string, east = 0, north = 0): Promise<string> {
  const id = uuidv7();
  const [[, lon, lat]] = stand({ at: 0, count: 1, jitterMeters: 0, east, north }) as [TrackPoint];
  await test.sql`
    insert into key_points (city_id, id, name, kind, position, radius_meters, from_hour, to_hour,
      normal_every_minutes, cold_every_minutes, source)
    values (${cityId}, ${id}, '东桥', 'bridge', st_setsrid(st_makepoint(${lon}, ${lat}), 4326)::geography, 40, 0, 0,
      30, 15, 'drawn')`;
  return id;
}
/** Half an hour: along a street, then at a key point, then on. */
const night = (): TrackPoint[] => [
  ...drive({ at: began, count: 150, metersPerSecond: 2, startMeters: 5, north: 4 }),
  ...stand({ at: began + 13 * minute, count: 60, jitterMeters: 6, east: 1500, north: 2 }),
  ...drive({
    at: began + 18 * minute,
    count: 120,
    metersPerSecond: 2,
    startMeters: 1510,
    north: 4,
  }),
];
const slicesOf = (cityId: string) => test.sql`
  select slice_at, points_kept, points_dropped, meters, stretches, dwells, minutes, streets
  from track_slices where city_id = ${cityId} order by slice_at`;
const ledgerOf = (cityId: string) => test.sql<{ id: string; shift_id: string | null }[]>`
  select id, how, visited_from, visited_to, team_id, shift_id from visit_ledger where city_id = ${cityId} order by seq`;

const store = (
  { cityId, north }: SeededCity,
  points: readonly TrackPoint[],
  source: 'app' | 'tracker' = 'app',
) => storeTrack(test.db, { cityId, teamId: north.id, source, points });
async function storeInBatches(city: SeededCity, points: readonly TrackPoint[], size: number) {
  for (let i = 0; i < points.length; i += size) await store(city, points.slice(i, i + size));
}

describe('a track', () => {
  it('comes to the same facts in one piece, in batches, backwards, and sent twice', async () => {
    const points = night();
    const cities = [];
    for (const way of ['whole', 'batches', 'backwards', 'twice', 'at once'] as const) {
      const city = await cityWithStreets();
      if (way === 'whole') await store(city, points);
      else if (way === 'backwards') await storeInBatches(city, points.toReversed(), 60);
      else if (way === 'at once')
        await Promise.all([0, 110, 220].map((from) => store(city, points.slice(from, from + 110))));
      else await storeInBatches(city, points, 60);
      if (way === 'twice') await storeInBatches(city, points, 45);
      cities.push(await slicesOf(city.cityId));
    }
    const [whole, ...others] = cities;
    expect(whole!.length).toBeGreaterThanOrEqual(3);
    expect(whole!.some(({ stretches }) => (stretches as unknown[]).length > 5)).toBe(true);
    for (const other of others) expect([...other]).toEqual([...whole!]);
  });

  it('writes a stay at a key point into the ledger, once, with the shift it was in', async () => {
    const city = await cityWithStreets();
    const keyPointId = await seedKeyPoint(city.cityId, 1500);
    await seedKeyPoint(city.cityId, 700, 90);
    const shiftId = uuidv7();
    await test.sql`
      insert into shifts (city_id, id, team_id, started_at, started_by, last_check_in_at)
      values (${city.cityId}, ${shiftId}, ${city.north.id}, ${iso(began)}, ${city.people.patrol.userId}, ${iso(began)})`;
    await storeInBatches(city, night(), 30);
    await storeInBatches(city, night(), 60);
    const rows = await ledgerOf(city.cityId);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ how: 'dwell', team_id: city.north.id, shift_id: shiftId });
    const [point] = await test.sql`
      select last_visit_how, last_visit_team_id from key_points where city_id = ${city.cityId} and id = ${keyPointId}`;
    expect(point).toEqual({ last_visit_how: 'dwell', last_visit_team_id: city.north.id });
  });

  it('records a dwell that was owed when a server stopped in between', async () => {
    const city = await cityWithStreets();
    await seedKeyPoint(city.cityId, 1500);
    await store(city, night());
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

  it('of a tracker is kept at once and worked out a little later, to the same facts', async () => {
    const city = await cityWithStreets();
    const points = drive({ at: began, count: 40, metersPerSecond: 5, startMeters: 5 });
    for (const point of points) await store(city, [point], 'tracker');
    expect((await slicesOf(city.cityId)).every(({ points_kept }) => points_kept === 0)).toBe(true);
    await settleTracks(test.db, 0);
    const other = await cityWithStreets();
    await store(other, points, 'tracker');
    expect([...(await slicesOf(city.cityId))]).toEqual([...(await slicesOf(other.cityId))]);
  });

  it('moves the team on the map, and leaves out what is in the future, long ago, or vague', async () => {
    const city = await cityWithStreets();
    const now = Date.now();
    const here: TrackPoint = [now - 5_000, 116.41, 39.91, 12, 1.5, 359.99];
    await store(city, [
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
    const city = await cityWithStreets();
    const points = drive({ at: began, count: 20, metersPerSecond: 5 });
    const later = drive({ at: began + 20 * minute, count: 20, metersPerSecond: 5 });
    await store(city, [...points, ...later]);
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

describe('coverage', () => {
  const period = { from: iso(began), to: iso(began + 60 * minute), areaId: null, teamId: null };

  it('sums up points, streets, minutes and metres, by team and by area', async () => {
    const city = await cityWithStreets();
    await seedKeyPoint(city.cityId, 1500);
    await seedKeyPoint(city.cityId, 9000);
    await storeInBatches(city, night(), 60);
    const staff = city.people.dispatcher;
    const whole = await readCoverage(test.db, staff, period);
    expect(whole.keyPoints).toEqual({
      due: 2,
      visited: 1,
      visitedByDwell: 1,
      visitedByRecord: 0,
      overdue: 2,
    });
    // 29 × 4 streets east and 30 × 3 north, of 100 m
    expect(whole.streets!.totalMeters).toBe(20_600);
    expect(whole.streets!.coveredMeters).toBeGreaterThan(2_550);
    expect(whole.streets!.coveredMeters).toBeLessThan(2_760);
    expect(whole.hours.totalMinutes).toBe(60);
    expect(whole.hours.coveredMinutes).toBeGreaterThanOrEqual(27);
    expect(whole.hours.coveredMinutes).toBeLessThanOrEqual(29);
    expect(whole.trackMeters).toBeGreaterThan(2_600);

    const other = await readCoverage(test.db, staff, { ...period, teamId: city.south.id });
    expect(other.streets!.coveredMeters).toBe(0);
    expect([other.hours.coveredMinutes, other.trackMeters, other.keyPoints.visited]).toEqual([
      0, 0, 0,
    ]);

    const [west, south, east, north] = [-0.001, -0.001, 0.0059, 0.0005];
    const ring = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
    ].map(([lon, lat]): [number, number] => [origin.lon + lon!, origin.lat + lat!]);
    const area = await saveArea(test.db, staff, {
      id: uuidv7(),
      name: '西段',
      boundary: { type: 'Polygon', coordinates: [ring] },
    });
    const inside = await readCoverage(test.db, staff, { ...period, areaId: area.id });
    // about 500 m of the first street and the beginnings of the six that leave it northwards
    expect(inside.streets!.totalMeters).toBeGreaterThan(780);
    expect(inside.streets!.totalMeters).toBeLessThan(900);
    expect(inside.streets!.coveredMeters).toBeGreaterThan(480);
    expect(inside.streets!.coveredMeters).toBeLessThan(520);
    expect(inside.keyPoints.due).toBe(0);

    const { lines } = await readCoveredStreets(test.db, staff, period);
    expect(lines.length).toBeGreaterThan(20);
    expect(
      lines.flat().every(([lon, lat]) => Math.abs(lat - origin.lat) < 0.002 && lon > 116.3),
    ).toBe(true);
  });

  it('goes by key points alone in a city without streets', async () => {
    const city = await seedCity(test.sql);
    await storeInBatches(city, night(), 60);
    const summary = await readCoverage(test.db, city.people.auditor, period);
    expect(summary.streets).toBeNull();
    expect(summary.trackMeters).toBeGreaterThan(2_600);
    expect(await readCoveredStreets(test.db, city.people.auditor, period)).toEqual({ lines: [] });
  });

  it('is worked out anew when the streets were replaced', async () => {
    const city = await cityWithStreets();
    await storeInBatches(city, night(), 60);
    const before = await readCoverage(test.db, city.people.dispatcher, period);
    const file = path.join(dataDir, 'cities', city.cityId, 'streets.json');
    writeFileSync(file, JSON.stringify(gridOfStreets(29, 3)));
    utimesSync(file, new Date(), new Date(Date.now() + 60_000));
    serveStreetsFrom(null);
    serveStreetsFrom(dataDir);
    const between = await readCoverage(test.db, city.people.dispatcher, period);
    expect(between.streets!.coveredMeters).toBe(0);
    await settleTracks(test.db, 0);
    const after = await readCoverage(test.db, city.people.dispatcher, period);
    expect(after.streets!.totalMeters).toBe(28 * 3 * 100 + 29 * 2 * 100);
    expect(Math.abs(after.streets!.coveredMeters - before.streets!.coveredMeters)).toBeLessThan(5);
  });

  it('is refused for a period that ends before it begins or goes over months', async () => {
    const { people } = await seedCity(test.sql);
    for (const to of [period.from, iso(began + 40 * 24 * 60 * minute)]) {
      const refused = await refusal(readCoverage(test.db, people.dispatcher, { ...period, to }));
      expect([refused.code, refused.details.field]).toEqual(['invalid_input', 'to']);
    }
  });
});
