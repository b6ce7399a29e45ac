import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CITY_FILES } from '../../shared/basemap/schema.ts';
import type { CityFile } from '../../shared/basemap/schema.ts';
import { citySettingsSchema } from '../../shared/cities/schema.ts';
import { readAuditEntries } from '../accounts/audit.ts';
import { readOpenClusterViews } from '../clusters/queries.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { reportAt } from '../testing/road.ts';
import { cityCenter, place, seedCity } from '../testing/seed.ts';
import { changeSettings, readCityView, readCityViews, readSettings } from './actions.ts';
import { mapOrigins, startCatalogue } from './catalogue.ts';

const test = testDatabase();

describe('settings', () => {
  it('start with the defaults of the field and are changed in one piece', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const before = await readSettings(test.sql, cityId);
    expect(before).toEqual({
      ...citySettingsSchema.parse({}),
      nameZh: '暖河',
      nameEn: 'Nuanhe',
      hotline: '110',
    });
    const next = { ...before, epsMeters: 60, hotline: '12345', nameEn: 'Warm River' };
    expect(await changeSettings(test.db, people.administrator, next)).toEqual(next);
    expect(await readSettings(test.sql, cityId)).toEqual(next);
    const [entry] = await readAuditEntries(test.sql, cityId, null);
    expect(entry).toMatchObject({ action: 'settings.changed', details: { epsMeters: '80 → 60' } });
  });

  it('of the grouping group the whole city anew', async () => {
    const city = await seedCity(test.sql);
    await reportAt(test.db, city, place(0, 0));
    await reportAt(test.db, city, place(70, 0));
    const settings = await readSettings(test.sql, city.cityId);
    const open = async () => (await readOpenClusterViews(test.sql, city.cityId, null)).length;
    expect(await open()).toBe(1);
    await changeSettings(test.db, city.people.administrator, { ...settings, epsMeters: 60 });
    expect(await open()).toBe(2);
    await changeSettings(test.db, city.people.administrator, settings);
    expect(await open()).toBe(1);
  });

  it('refuse thresholds that do not rise', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const settings = await readSettings(test.sql, cityId);
    const wrong = { ...settings, priorityThresholds: [50, 25, 75] as [number, number, number] };
    const refused = await refusal(changeSettings(test.db, people.administrator, wrong));
    expect([refused.code, refused.details.field]).toEqual(['invalid_input', 'priorityThresholds']);
  });
});

describe('a city', () => {
  it('is shown with its bounds and without anything of its people', async () => {
    const { cityId } = await seedCity(test.sql);
    const view = await readCityView(test.sql, cityId);
    expect(view).toMatchObject({
      id: cityId,
      timeZone: 'Asia/Shanghai',
      basemap: { kind: 'none' },
    });
    expect(view.center.lon).toBeCloseTo(cityCenter.lon, 9);
    expect(view.bounds.map((degrees) => Number(degrees.toFixed(6)))).toEqual([
      116.1, 39.6, 116.7, 40.2,
    ]);
    expect((await refusal(readCityView(test.sql, 'nowhere'))).code).toBe('not_found');
  });
});

describe('the catalogue of imported cities', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'nuanxun-catalogue-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  const silent = () => undefined;
  const ring = (size: number): [number, number][] => [
    [25, 60],
    [25 + size, 60],
    [25 + size, 60 + size],
    [25, 60 + size],
    [25, 60],
  ];
  const cityFile = (slug: string, change: Partial<CityFile> = {}): CityFile => ({
    version: 1,
    slug,
    name: { zh: '赫尔辛基', en: 'Helsinki' },
    bounds: [25, 60, 25.2, 60.2],
    boundary: { type: 'Polygon', coordinates: [ring(0.2)] },
    center: { lon: 25.1, lat: 60.1 },
    timezone: 'Europe/Helsinki',
    createdAt: '2026-01-05T18:00:00.000Z',
    source: 'helsinki.osm.pbf',
    attribution: '© OpenStreetMap contributors',
    fictional: false,
    basemap: { kind: 'pmtiles', file: CITY_FILES.basemap },
    counts: {},
    ...change,
  });
  async function put(slug: string, content: CityFile | string, mtime = new Date()): Promise<void> {
    const folder = path.join(dataDir, 'cities', slug);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, CITY_FILES.basemap), 'tiles');
    const file = path.join(folder, CITY_FILES.city);
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    await utimes(file, mtime, mtime);
  }
  const boundsOf = async (slug: string) => (await readCityView(test.sql, slug)).bounds;

  it('makes a city of each folder, with the address of its map', async () => {
    await put('helsinki-a', cityFile('helsinki-a'));
    const catalogue = await startCatalogue(test.db, dataDir, silent);
    catalogue.stop();
    const view = (await readCityViews(test.sql)).find(({ id }) => id === 'helsinki-a')!;
    expect(view).toMatchObject({ nameZh: '赫尔辛基', timeZone: 'Europe/Helsinki', demo: false });
    expect(view.basemap).toEqual({
      kind: 'pmtiles',
      url: expect.stringMatching(/^\/cities\/helsinki-a\/basemap\.pmtiles\?v=\d+$/),
      attribution: '© OpenStreetMap contributors',
    });
  });

  it('follows an import made anew, and keeps what people set', async () => {
    await put('helsinki-b', cityFile('helsinki-b'), new Date(1_000_000));
    const catalogue = await startCatalogue(test.db, dataDir, silent);
    await test.sql`update cities set name_en = 'Stadi' where id = 'helsinki-b'`;
    await put(
      'helsinki-b',
      cityFile('helsinki-b', { boundary: { type: 'Polygon', coordinates: [ring(0.4)] } }),
      new Date(2_000_000),
    );
    await catalogue.rescan();
    catalogue.stop();
    expect((await boundsOf('helsinki-b')).map((degrees) => Number(degrees.toFixed(6)))).toEqual([
      25, 60, 25.4, 60.4,
    ]);
    expect((await readCityView(test.sql, 'helsinki-b')).nameEn).toBe('Stadi');
  });

  it('leaves out what is broken or no city, and goes on with the rest', async () => {
    const said: string[] = [];
    await put('broken', '{"version": 1');
    await put('.making-x', cityFile('helsinki-c'));
    await put('helsinki-c', cityFile('helsinki-c'));
    const catalogue = await startCatalogue(
      test.db,
      dataDir,
      (_level, message) => void said.push(message),
    );
    catalogue.stop();
    const ids = (await readCityViews(test.sql)).map(({ id }) => id);
    expect(ids).toContain('helsinki-c');
    expect(ids).not.toContain('broken');
    expect(said).toEqual(['a city could not be used']);
  });

  it('names the other addresses that a configured map loads from', async () => {
    const style = { kind: 'style', url: 'https://maps.example.org/styles/night.json' } as const;
    await put('styled', cityFile('styled', { basemap: style }));
    const catalogue = await startCatalogue(test.db, dataDir, silent);
    catalogue.stop();
    expect(mapOrigins()).toEqual(['https://maps.example.org']);
  });

  it('is empty without a folder', async () => {
    const catalogue = await startCatalogue(test.db, path.join(dataDir, 'nothing'), silent);
    catalogue.stop();
    expect(catalogue.origins()).toEqual([]);
  });
});
