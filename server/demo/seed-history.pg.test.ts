/** The weeks before a demo's night are in the books as if they had been lived through, and nothing of them is live. */
import { beforeAll, describe, expect, it } from 'vitest';
import { createCity, findCity } from '../cities/queries.ts';
import { verifyLedger } from '../key-points/ledger.ts';
import { testDatabase } from '../testing/database.ts';
import { dice } from './dice.ts';
import type { KeyPlace } from './people.ts';
import { seedCity } from './seed-city.ts';
import { midnightOf } from './seed-history.ts';

const test = testDatabase();
const cityId = 'past-city';
const ring = [
  [116.3, 39.85],
  [116.42, 39.85],
  [116.42, 39.95],
  [116.3, 39.95],
  [116.3, 39.85],
];

beforeAll(async () => {
  await createCity(test.sql, {
    id: cityId,
    nameZh: '往夜市',
    nameEn: 'Past City',
    timeZone: 'Asia/Shanghai',
    boundary: { type: 'Polygon', coordinates: [ring] },
    center: { lon: 116.36, lat: 39.9 },
    demo: true,
  });
  const random = dice(5);
  const kinds = ['bridge', 'underpass', 'station', 'park', 'cash_machine', 'hospital'] as const;
  const places = Array.from({ length: 80 }, (_, index): KeyPlace => ({
    kind: kinds[index % kinds.length]!,
    name: { zh: '', en: '' },
    position: { lon: random.between(116.31, 116.41), lat: random.between(39.86, 39.94) },
  }));
  const city = (await findCity(test.sql, cityId))!;
  for (let time = 0; time < 2; time++)
    await seedCity({ db: test.db, city, places, streets: null, dice: random, seed: 5 });
});

describe('the past of a demo city', () => {
  it('is four weeks of reports and visits, of which every seventh or so found nobody', async () => {
    const [reports] = await test.sql<{ count: number; nights: number; unattended: number }[]>`
      select count(*)::int as count, count(distinct date(seen_at - interval '4 hours'))::int as nights,
        count(*) filter (where state = 'expired')::int as unattended
      from sightings where city_id = ${cityId}`;
    expect(reports!.count).toBeGreaterThan(500);
    expect(reports!.count).toBeLessThan(3_000);
    expect(reports!.nights).toBeGreaterThanOrEqual(28);
    expect(reports!.unattended).toBeGreaterThan(20);
    const [met] = await test.sql<{ all: number; nobody: number; latest: string }[]>`
      select count(*)::int as all, count(*) filter (where outcome = 'not_found')::int as nobody,
        max(met_at) as latest from encounters where city_id = ${cityId}`;
    expect(met!.nobody / met!.all).toBeGreaterThan(0.1);
    expect(met!.nobody / met!.all).toBeLessThan(0.5);
    expect(Date.parse(met!.latest)).toBeLessThan(Date.now());
  });

  it('has places where somebody was on many nights', async () => {
    const places = await test.sql<{ nights: number }[]>`
      select count(distinct date(first_seen_at - interval '4 hours'))::int as nights from clusters
      where city_id = ${cityId} group by st_astext(center) order by nights desc limit 8`;
    expect(places.every(({ nights }) => nights >= 8)).toBe(true);
  });

  it('leaves nothing open, and a ledger that holds', async () => {
    const [open] = await test.sql<{ live: number; open: number; owed: number }[]>`
      select (select count(*) from sightings where city_id = ${cityId} and state = 'live')::int as live,
        (select count(*) from clusters where city_id = ${cityId} and open)::int as open,
        (select count(*) from rechecks where city_id = ${cityId} and done_at is null)::int as owed`;
    expect(open).toEqual({ live: 0, open: 0, owed: 0 });
    const proof = await verifyLedger(test.sql, cityId);
    expect(proof.broken).toBeNull();
    expect(proof.entries).toBeGreaterThan(800);
  });
});

describe('the midnight of a night', () => {
  it.each([
    ['2026-01-05T05:30:10.500Z', '2026-01-05T16:00:00.000Z'],
    ['2026-01-05T15:59:59.000Z', '2026-01-05T16:00:00.000Z'],
    ['2026-01-05T16:00:00.000Z', '2026-01-05T16:00:00.000Z'],
    ['2026-01-06T03:59:59.999Z', '2026-01-05T16:00:00.000Z'],
    ['2026-01-06T04:00:00.000Z', '2026-01-06T16:00:00.000Z'],
  ])('at %s in China is %s', (now, midnight) => {
    expect(new Date(midnightOf(Date.parse(now), 'Asia/Shanghai')).toISOString()).toBe(midnight);
  });
});
