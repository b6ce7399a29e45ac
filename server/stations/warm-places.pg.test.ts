import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { houseDraft, holdDraft } from '../testing/beds.ts';
import { testDatabase } from '../testing/database.ts';
import { seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { serve } from '../testing/serve.ts';
import type { Served } from '../testing/serve.ts';
import { saveStation } from './actions.ts';
import { holdBeds } from './holds.ts';

const test = testDatabase();
let city: SeededCity;
let practice: SeededCity;
let served: Served;
beforeAll(async () => {
  city = await seedCity(test.sql);
  practice = await seedCity(test.sql, { demo: true });
  const { administrator, dispatcher } = city.people;
  const full = houseDraft({ general: 1 }, { name: '<东 & "西">', fromHour: 20, toHour: 20 });
  await saveStation(test.db, administrator, full);
  await holdBeds(test.db, dispatcher, holdDraft(full.id));
  await saveStation(
    test.db,
    administrator,
    houseDraft({ general: 7 }, { name: '待命', kind: 'shelter', contact: '王 13800000000' }),
  );
  served = await serve(test.db);
});
afterAll(() => served.close());

const get = (path: string, init?: RequestInit) => fetch(`${served.baseUrl}${path}`, init);

interface Listed {
  features: { geometry: { coordinates: number[] }; properties: Record<string, unknown> }[];
}

describe('the public list of places to warm up', () => {
  it('names the houses of a city with a traffic light, for any origin', async () => {
    const response = await get(`/warm-places/${city.cityId}.geojson`, {
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('application/geo+json');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const { features } = (await response.json()) as Listed;
    const lights = features.map(({ properties }) => [
      properties['name'],
      properties['status'],
      properties['light'],
      properties['openingHours'],
    ]);
    expect(lights.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))).toEqual([
      ['<东 & "西">', 'full', 'red', '24/7'],
      ['暖河救助站', 'open', 'amber', '24/7'],
    ]);
    expect(features[0]!.geometry.coordinates[0]).toBeGreaterThan(100);
  });

  it('says nothing of numbers, of people, of a shelter’s contact, nor when exactly somebody came', async () => {
    for (const format of ['geojson', 'xml']) {
      const text = await (await get(`/warm-places/${city.cityId}.${format}`)).text();
      for (const secret of ['beds', 'free"', 'places', 'held', 'taken', 'extra', '待命', '1380000'])
        expect(text.toLowerCase()).not.toContain(secret);
      expect(text).toMatch(/T\d\d:(00|15|30|45):00\.000Z/);
    }
  });

  it('comes in the terms of EDXL-HAVE too, with what XML cannot carry written safely', async () => {
    const response = await get(`/warm-places/${city.cityId}.xml`);
    expect(response.headers.get('content-type')).toContain('application/xml');
    const text = await response.text();
    expect(text).toContain('urn:oasis:names:tc:emergency:edxl:have:2.0');
    expect(text).toContain(
      '<have:facilityName>&lt;东 &amp; &quot;西&quot;&gt;</have:facilityName>',
    );
    expect(text.match(/<have:facility>/g)).toHaveLength(2);
  });

  it('is sent again only when something has changed', async () => {
    const path = `/warm-places/${city.cityId}.geojson`;
    const etag = (await get(path)).headers.get('etag')!;
    const again = await get(path, { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const head = await get(path, { method: 'HEAD' });
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, '']);
    expect(head.headers.get('cache-control')).toBe('public, max-age=60');
  });

  it('of all cities leaves out those for practice, which have their own', async () => {
    const all = (await (await get('/warm-places.geojson')).json()) as Listed;
    const cities = new Set(all.features.map(({ properties }) => properties['cityId']));
    expect([cities.has(city.cityId), cities.has(practice.cityId)]).toEqual([true, false]);
    expect((await get(`/warm-places/${practice.cityId}.geojson`)).status).toBe(200);
  });

  it('knows no other address, and nobody can change it', async () => {
    for (const path of ['/warm-places/nowhere.geojson', '/warm-places', '/warm-places/x.csv'])
      expect((await get(path)).status, path).toBe(404);
    expect((await get('/warm-places.xml', { method: 'POST' })).status).toBe(405);
  });
});
