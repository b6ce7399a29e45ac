import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppError } from '../../shared/errors.ts';
import { at, gridOfStreets } from '../../shared/tracks/testing/made-tracks.ts';
import { appRouter } from '../router.ts';
import { testDatabase } from '../testing/database.ts';
import { contextOf } from '../testing/seed.ts';
import { readDescription } from './actions.ts';
import { readStreetNetwork, serveStreetsFrom } from './queries.ts';

const test = testDatabase();
const dataDir = mkdtempSync(path.join(tmpdir(), 'nuanxun-streets-'));
const folder = path.join(dataDir, 'cities', 'grid-town');
const bridge = (east: number, north: number, nameZh: string) => {
  const { lon, lat } = at(east, north);
  return {
    type: 'Feature',
    id: `n${east}`,
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: { kind: 'bridge', nameZh, nameEn: nameZh, osmId: `n${east}` },
  };
};
beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'streets.json'), JSON.stringify(gridOfStreets(10, 10)));
  const features = [bridge(400, 300, '东桥'), bridge(250, 310, '')];
  writeFileSync(
    path.join(folder, 'key-points.geojson'),
    JSON.stringify({ type: 'FeatureCollection', features }),
  );
  serveStreetsFrom(dataDir);
});
afterAll(() => {
  serveStreetsFrom(null);
  rmSync(dataDir, { recursive: true, force: true });
});

describe('a place in words', () => {
  it('names the street, the next corner, and a known place with its side', async () => {
    expect(await readDescription('grid-town', at(270, 308))).toEqual({
      zh: '东西3路',
      en: 'East 3 Road',
      meters: 8,
      crossing: { zh: '南北3街', en: 'North 3 Street', meters: 31 },
      place: { zh: '东桥', en: '东桥', kind: 'bridge', meters: 130, side: 'west' },
    });
  });

  it('has no words where the map has none, and none in a city without a map', async () => {
    const nothing = { zh: '', en: '', meters: 0, crossing: null, place: null };
    expect(await readDescription('grid-town', at(9_000, 9_000))).toEqual(nothing);
    expect(await readDescription('no-such-town', at(0, 0))).toEqual(nothing);
  });

  it('is for everyone, so many times', async () => {
    const caller = appRouter.createCaller(contextOf(test.db, null, { address: '198.51.100.7' }));
    const input = { cityId: 'grid-town', position: at(270, 308) };
    expect((await caller.streets.describe(input)).zh).toBe('东西3路');
    const asked = Array.from({ length: 130 }, () =>
      caller.streets.describe(input).then(
        () => 'told',
        (error: TRPCError) => (error.cause as AppError).code,
      ),
    );
    const refused = (await Promise.all(asked)).filter((said) => said === 'too_many_attempts');
    expect(refused.length).toBeGreaterThanOrEqual(10);
  });

  it('survives a file that is no map', async () => {
    const broken = path.join(dataDir, 'cities', 'broken-town');
    mkdirSync(broken, { recursive: true });
    writeFileSync(path.join(broken, 'streets.json'), '{"version":1,');
    expect(await readStreetNetwork('broken-town')).toBeNull();
    expect(await readStreetNetwork('broken-town')).toBeNull();
    expect(await readStreetNetwork('grid-town')).not.toBeNull();
  });
});
