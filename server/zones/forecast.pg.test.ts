import { cellToLatLng, cellToParent, gridDisk, latLngToCell } from 'h3-js';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { indexOfCell } from '../../shared/zones/cell-field.ts';
import { decodeCellField } from '../../shared/zones/field-bytes.ts';
import { changeCity } from '../realtime/change-city.ts';
import { testDatabase } from '../testing/database.ts';
import { cityCenter, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { serve } from '../testing/serve.ts';
import { cookieOf } from '../testing/uploading.ts';
import { spreadFrom, touchCells, visitCells } from './actions.ts';
import { readCellField } from './field.ts';
import { makeCityForecast } from './field-maker.ts';
import { findForecastsDue } from './forecast-records.ts';
import { readChangedCells } from './cell-records.ts';

const test = testDatabase();
const here = latLngToCell(cityCenter.lat, cityCenter.lon, 9);
const ring = gridDisk(here, 3);
const hourMs = 3_600_000;

function centerOf(cell: string) {
  const [lat, lon] = cellToLatLng(cell);
  return { lon, lat };
}
/** Every night for two weeks somebody is seen here at 23:00, and on some of them a team looks elsewhere in vain. */
async function pastNights(city: SeededCity): Promise<void> {
  const { cityId } = city;
  const { lon, lat } = centerOf(here);
  await test.sql`
    insert into sightings (city_id, id, position, cell, accuracy_meters, position_source, received_system, received_lon,
      received_lat, seen_at, received_at, progress_at, headcount, reporter_kind, state, closing)
    select ${cityId}, gen_random_uuid(), st_makepoint(${lon}, ${lat})::geography, ${here}, 5, 'gps', 'wgs84', ${lon}, ${lat},
      at, at, at, 2, 'courier', 'closed', 'other'
    from generate_series(1, 13) night,
      lateral (select date_trunc('day', now()) - make_interval(days => night) + interval '15 hours' as at) t`;
  await changeCity(test.db, cityId, async (change) => {
    await touchCells(change, [here]);
    for (const [index, cell] of ring.slice(1, 6).entries()) {
      const at = new Date(Date.now() - (index + 1) * 24 * hourMs).toISOString();
      await visitCells(change, { id: uuidv7(), position: centerOf(cell), at, people: 0 });
    }
  });
}
/** As the table has them, sorted. */
const cellsOf = async (cityId: string) =>
  (await readChangedCells(test.sql, cityId, null)).sort((a, b) => (a.cell < b.cell ? -1 : 1));
const fieldOf = async (cityId: string) => (await readCellField(test.sql, cityId)).field;
const peakIn = async (cityId: string, cell: string): Promise<number> => {
  const field = await fieldOf(cityId);
  return field.peak[indexOfCell(field, cell)]!;
};

describe('the forecast of a city', () => {
  it('is made from what was seen and where nobody was, stored, and told to the staff', async () => {
    const city = await seedCity(test.sql);
    await pastNights(city);
    const { cityId } = city;
    expect(await findForecastsDue(test.sql)).toContain(cityId);
    const times = await makeCityForecast(test.db, cityId);
    expect(times).toMatchObject({ rows: 18 });
    expect(await findForecastsDue(test.sql)).not.toContain(cityId);
    const field = await fieldOf(cityId);
    const index = indexOfCell(field, here);
    expect(field.peak[index]).toBeGreaterThan(0.5);
    expect(field.peopleSeen14[index]).toBeGreaterThan(0);
    expect([field.usualFrom[index], field.usualTo[index]]).toEqual([23, 0]);
    expect(field.lastSightingAtMs[index]).toBeGreaterThan(0);
    const vain = indexOfCell(field, ring[1]!);
    expect(field.peak[vain]).toBeLessThan(field.peak[index]!);
    expect([field.nightsLooked[vain], field.nightsFoundNobody[vain]]).toEqual([1, 1]);
    const [event] = await test.sql<{ payload: { revision: number }; audience: string }[]>`
      select payload, audience from events where city_id = ${cityId} and kind = 'field.changed' order by seq desc limit 1`;
    expect(event).toMatchObject({ audience: 'staff', payload: { revision: field.revision } });
  });

  it('is due again when key points change, and after an hour', async () => {
    const { cityId } = await seedCity(test.sql);
    await makeCityForecast(test.db, cityId);
    expect(await findForecastsDue(test.sql)).not.toContain(cityId);
    const { lon, lat } = centerOf(ring[2]!);
    await test.sql`
      insert into key_points (city_id, id, name, kind, position, radius_meters, from_hour, to_hour, normal_every_minutes,
        cold_every_minutes, source)
      values (${cityId}, ${uuidv7()}, '桥', 'underpass', st_makepoint(${lon}, ${lat})::geography, 30, 20, 6, 240, 120, 'drawn')`;
    expect(await findForecastsDue(test.sql)).toContain(cityId);
    await makeCityForecast(test.db, cityId);
    expect(await peakIn(cityId, ring[2]!)).toBeGreaterThan(0);
    expect(await findForecastsDue(test.sql)).not.toContain(cityId);
    await test.sql`update cell_forecasts set made_at = now() - interval '61 minutes' where city_id = ${cityId}`;
    expect(await findForecastsDue(test.sql)).toContain(cityId);
  });

  it('is made by one server at a time', async () => {
    const { cityId } = await seedCity(test.sql);
    const both = await Promise.all([0, 1].map(() => makeCityForecast(test.db, cityId)));
    expect(both.filter((times) => times === null)).toHaveLength(1);
  });

  it('takes over the looks of before, once', async () => {
    const city = await seedCity(test.sql);
    const { cityId, north, people } = city;
    const clusterId = uuidv7();
    const { lon, lat } = centerOf(here);
    await test.sql`
      insert into clusters (city_id, id, center, radius_meters, headcount_low, headcount_likely, report_count,
        reports_by_kind, first_seen_at, last_seen_at, created_at)
      values (${cityId}, ${clusterId}, st_makepoint(${lon}, ${lat})::geography, 1, 1, 1, 1, '{}', now(), now(), now())`;
    await test.sql`
      insert into encounters (city_id, id, cluster_id, team_id, recorded_by, outcome, position, met_at, received_at)
      select ${cityId}, gen_random_uuid(), ${clusterId}, ${north.id}, ${people.patrol.userId}, outcome::outcome,
        st_makepoint(${lon}, ${lat})::geography, now() - interval '2 days', now()
      from unnest('{aided_on_street,aided_on_street,not_found}'::text[]) as outcome`;
    // Two people met at one place in one night are one row, the look in vain another.
    expect(await makeCityForecast(test.db, cityId)).toMatchObject({ rows: 2 });
    await test.sql`update cell_forecasts set resolution = null where city_id = ${cityId}`;
    expect(await makeCityForecast(test.db, cityId)).toMatchObject({ rows: 2 });
    const [cell] = await cellsOf(cityId);
    expect(Date.now() - Date.parse(cell!.lastVisitAt!)).toBeGreaterThan(47 * hourMs);
  });
});

describe('another resolution', () => {
  it('loses nothing: every report, look and guess has a cell of the new size, and back again', async () => {
    const city = await seedCity(test.sql);
    await pastNights(city);
    const { cityId } = city;
    await changeCity(test.db, cityId, (change) =>
      spreadFrom(change, { position: centerOf(ring[20]!), people: 4, at: change.now }),
    );
    await makeCityForecast(test.db, cityId);
    const before = await cellsOf(cityId);
    const setResolution = (resolution: number) => test.sql`
      update cities set settings = settings || jsonb_build_object('cellResolution', ${resolution}::int) where id = ${cityId}`;
    await setResolution(10);
    expect(await findForecastsDue(test.sql)).toContain(cityId);
    expect(await makeCityForecast(test.db, cityId)).toMatchObject({ rows: 18 });
    const finer = await cellsOf(cityId);
    expect(finer.every(({ cell }) => cell.startsWith('8a'))).toBe(true);
    const likely = (views: typeof finer) =>
      views.reduce((sum, { likelyPeople }) => sum + likelyPeople, 0);
    expect(likely(finer)).toBeCloseTo(likely(before), 3);
    const [seen] = finer.filter(({ lastSightingAt }) => lastSightingAt !== null);
    expect(cellToParent(seen!.cell, 9)).toBe(here);
    expect((await fieldOf(cityId)).resolution).toBe(10);
    await setResolution(9);
    await makeCityForecast(test.db, cityId);
    const key = ({ cell, lastSightingAt, lastVisitAt }: (typeof finer)[number]) =>
      JSON.stringify([cell, lastSightingAt, lastVisitAt]);
    expect((await cellsOf(cityId)).map(key)).toEqual(before.map(key));
  });
});

describe('the field of cells', () => {
  it('has what changed since it was read last, also of a cell that is new', async () => {
    const { cityId } = await seedCity(test.sql);
    await makeCityForecast(test.db, cityId);
    expect((await fieldOf(cityId)).cells).toEqual([]);
    const first = await readCellField(test.sql, cityId);
    const { version } = first;
    await changeCity(test.db, cityId, (change) =>
      visitCells(change, { id: uuidv7(), position: centerOf(here), at: change.now, people: 0 }),
    );
    const [one, two] = await Promise.all([fieldOf(cityId), readCellField(test.sql, cityId)]);
    expect(one.cells).toEqual([here]);
    expect(two.version).toBeGreaterThan(version);
    expect((await readCellField(test.sql, cityId)).version).toBe(two.version);
  });

  it('is sent to the staff of the city alone, and again only after something has happened', async () => {
    const city = await seedCity(test.sql);
    const other = await seedCity(test.sql);
    await pastNights(city);
    await makeCityForecast(test.db, city.cityId);
    const served = await serve(test.db);
    try {
      const get = async (cityId: string, cookie: string | null, headers = {}) =>
        fetch(`${served.baseUrl}/api/cities/${cityId}/cells.bin`, {
          headers: {
            ...(cookie !== null && { cookie }),
            'accept-encoding': 'gzip',
            ...headers,
          },
        });
      const token = await cookieOf(test.sql, city.people.patrol);
      const answer = await get(city.cityId, token);
      expect(answer.status).toBe(200);
      const field = decodeCellField(new Uint8Array(await answer.arrayBuffer()));
      expect(field.cells).toContain(here);
      expect(answer.headers.get('content-encoding')).toBe('gzip');
      const etag = answer.headers.get('etag')!;
      expect((await get(city.cityId, token, { 'if-none-match': etag })).status).toBe(304);
      await changeCity(test.db, city.cityId, (change) =>
        visitCells(change, { id: uuidv7(), position: centerOf(here), at: change.now, people: 0 }),
      );
      const after = await get(city.cityId, token, { 'if-none-match': etag });
      const later = decodeCellField(new Uint8Array(await after.arrayBuffer()));
      expect(later.seq).toBeGreaterThan(field.seq);
      expect(later.lastVisitAtMs[indexOfCell(later, here)]).toBeGreaterThan(0);
      const reporter = await cookieOf(test.sql, city.people.reporter);
      const refused = [
        await get(city.cityId, null),
        await get(city.cityId, reporter),
        await get(other.cityId, token),
        await get(city.cityId, token, { origin: 'https://elsewhere.example' }),
      ];
      expect(refused.map(({ status }) => status)).toEqual([401, 403, 403, 403]);
    } finally {
      await served.close();
    }
  });
});
