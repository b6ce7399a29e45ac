import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { serve } from '../testing/serve.ts';
import type { Served } from '../testing/serve.ts';

const test = testDatabase();
let served: Served;
let city: SeededCity;
beforeAll(async () => {
  served = await serve(test.db);
  city = await seedCity(test.sql);
});
afterAll(() => served.close());

let keys = 0;
async function seedTracker(revoked = false): Promise<string> {
  keys += 1;
  const key = `tracker-${process.pid}-${keys}`;
  await test.sql`
    insert into trackers (city_id, id, team_id, device_key, label, revoked_at)
    values (${city.cityId}, ${uuidv7()}, ${city.south.id}, ${key}, '车载', ${revoked ? new Date().toISOString() : null})`;
  return key;
}
const ask = async (query: Record<string, string>, init?: RequestInit) => {
  const address = new URL('/gps', served.baseUrl);
  address.search = new URLSearchParams(query).toString();
  const response = await fetch(address, init);
  return { status: response.status, text: await response.text() };
};
const pointsOf = () => test.sql<
  { lon: number; lat: number; speed: number | null; source: string }[]
>`
  select lon, lat, round(speed_mps::numeric, 1)::float8 as speed, source from track_points
  where city_id = ${city.cityId} and team_id = ${city.south.id} order by at`;
const now = () => String(Math.floor(Date.now() / 1000) - 60);

describe('the address for trackers', () => {
  it('takes a position by GET, by form and by JSON, and moves the team', async () => {
    const id = await seedTracker();
    const at = Number(now());
    const first = await ask({
      id,
      lat: '39.91',
      lon: '116.41',
      timestamp: String(at),
      speed: '10',
      batt: '77',
    });
    expect(first).toEqual({ status: 200, text: '' });
    const form = new URLSearchParams({
      id,
      lat: '39.911',
      lon: '116.41',
      timestamp: String(at + 5),
    });
    expect((await ask({}, { method: 'POST', body: form })).status).toBe(200);
    const body = JSON.stringify({
      device_id: id,
      location: {
        timestamp: new Date((at + 10) * 1000).toISOString(),
        coords: { latitude: 39.912, longitude: 116.41, accuracy: 5, speed: 3, heading: 0 },
      },
    });
    const headers = { 'content-type': 'application/json' };
    expect((await ask({}, { method: 'POST', body, headers })).status).toBe(200);
    // A device that heard no answer says it again.
    expect((await ask({ id, lat: '39.91', lon: '116.41', timestamp: String(at) })).status).toBe(
      200,
    );
    expect([...(await pointsOf())]).toEqual([
      { lon: 116.41, lat: 39.91, speed: 5.1, source: 'tracker' },
      { lon: 116.41, lat: 39.911, speed: null, source: 'tracker' },
      { lon: 116.41, lat: 39.912, speed: 3, source: 'tracker' },
    ]);
    const [team] = await test.sql`
      select st_y(position::geometry) as lat from teams where city_id = ${city.cityId} and id = ${city.south.id}`;
    expect(team).toEqual({ lat: 39.912 });
    const [tracker] = await test.sql`
      select battery_percent, last_heard_at is not null as heard from trackers where device_key = ${id}`;
    expect(tracker).toEqual({ battery_percent: 77, heard: true });
  });

  it('needs no cookie and no page of ours', async () => {
    const id = await seedTracker();
    const headers = { origin: 'https://elsewhere.example' };
    const query = { id, lat: '39.9', lon: '116.4', timestamp: now() };
    expect((await ask(query, { headers })).status).toBe(200);
  });

  it('refuses what it does not know or understand, with the reason', async () => {
    const id = await seedTracker();
    const place = { lat: '39.9', lon: '116.4' };
    expect(await ask({ id: 'nobody-knows-it', ...place })).toEqual({
      status: 400,
      text: 'id is not known here',
    });
    const revoked = await seedTracker(true);
    expect((await ask({ id: revoked, ...place })).status).toBe(400);
    expect(await ask({ id, lat: '39.9' })).toEqual({ status: 400, text: 'lon is missing' });
    expect(await ask({})).toEqual({ status: 400, text: 'id is missing' });
    expect(await ask({}, { method: 'POST', body: '{"device_id":' })).toEqual({
      status: 400,
      text: 'the body is not JSON',
    });
    expect((await ask({}, { method: 'POST', body: 'x'.repeat(70_000) })).status).toBe(413);
    expect((await ask({ id, ...place }, { method: 'DELETE' })).status).toBe(405);
  });

  it('limits each id, and guesses by address', async () => {
    const id = await seedTracker();
    const answers = await Promise.all(
      Array.from({ length: 620 }, () => ask({ id, batt: '50' }).then(({ status }) => status)),
    );
    expect(answers.filter((status) => status === 429).length).toBeGreaterThanOrEqual(1);
    const guesses = [];
    for (let i = 0; i < 65; i += 1)
      guesses.push((await ask({ id: `guess-${i}-xxxx`, lat: '1', lon: '2' })).status);
    expect(guesses.at(-1)).toBe(429);
  });
});
