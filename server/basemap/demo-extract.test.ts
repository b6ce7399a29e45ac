import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CITY_FILES, keyPointsFileSchema, streetsFileSchema } from '../../shared/basemap/schema.ts';
import { DEMO_CITY_SLUG, ensureDemoCity } from './demo-city.ts';
import { demoExtract } from './demo-extract.ts';
import { readExtract } from './extract.ts';

const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

let dataDir: string;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'nuanxun-demo-test-'));
  await ensureDemoCity(dataDir);
}, 60_000);
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const file = (name: string): unknown =>
  JSON.parse(readFileSync(join(dataDir, 'cities', DEMO_CITY_SLUG, name), 'utf8'));

describe('the demo city', () => {
  it('is the same bytes for the same seed, and others for another', () => {
    expect(hash(demoExtract(5))).toBe(hash(demoExtract(5)));
    expect(hash(demoExtract(5))).not.toBe(hash(demoExtract(6)));
  }, 60_000);

  it('has named streets in both languages, no name twice in another place', async () => {
    const path = join(dataDir, 'check.osm.pbf');
    writeFileSync(path, demoExtract());
    const extract = await readExtract(path, { maxNodes: 1e6 });
    const english = new Map<string, string>();
    for (const { tags } of extract.ways) {
      if (!tags?.highway || !tags.name) continue;
      expect(tags['name:en']).toMatch(/^[A-Z0-9][\w' .,-]+$/);
      const known = english.get(tags['name:en'] ?? '');
      expect(known ?? tags.name).toBe(tags.name);
      english.set(tags['name:en'] ?? '', tags.name);
    }
    expect(english.size).toBeGreaterThan(60);
  });

  it('has key points of every kind, all with names', () => {
    const { features } = keyPointsFileSchema.parse(file(CITY_FILES.keyPoints));
    const kinds = new Set(features.map(({ properties }) => properties.kind));
    expect([...kinds].sort()).toEqual([
      'bridge',
      'cash_machine',
      'hospital',
      'park',
      'station',
      'underpass',
    ]);
    const named = features.filter(
      ({ properties }) => properties.nameZh !== '' && properties.nameEn !== '',
    );
    expect(named.length / features.length).toBeGreaterThan(0.95);
  });

  it('has streets that hold together on both banks of the river', () => {
    const streets = streetsFileSchema.parse(file(CITY_FILES.streets));
    expect(streets.nodes.length / 2).toBeGreaterThan(1200);
    const lons = streets.nodes.filter((_, i) => i % 2 === 0);
    expect(Math.max(...lons) - Math.min(...lons)).toBeGreaterThan(120_000);
  });

  it('is left alone when it is there already', async () => {
    const before = file(CITY_FILES.city);
    await ensureDemoCity(dataDir);
    expect(file(CITY_FILES.city)).toEqual(before);
  });
});
