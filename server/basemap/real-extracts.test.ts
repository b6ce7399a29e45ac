import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { CITY_FILES, keyPointsFileSchema } from '../../shared/basemap/schema.ts';
import type { KeyPointsFile } from '../../shared/basemap/schema.ts';
import { importExtract } from './import-extract.ts';
import type { ImportResult, TileWay } from './import-extract.ts';
import { hasTilemaker } from './tilemaker.ts';

const extracts = resolve(import.meta.dirname, '../../../shared/data/osm');
const missing = existsSync(extracts) ? false : `needs the extracts in ${extracts}`;
const tilemaker = missing === false && (await hasTilemaker());
const dataDir = mkdtempSync(join(tmpdir(), 'nuanxun-real-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function make(
  name: string,
  way: TileWay,
): Promise<ImportResult & { keyPoints: KeyPointsFile }> {
  const result = await importExtract(join(extracts, `${name}.osm.pbf`), { dataDir, way });
  const file = join(dataDir, 'cities', result.city.slug, CITY_FILES.keyPoints);
  return {
    ...result,
    keyPoints: keyPointsFileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))),
  };
}

it.skipIf(missing)(
  `Monaco has its station, its hospital, its parks and cash machines${missing ? ` (${missing})` : ''}`,
  async () => {
    const { keyPoints, archive } = await make('monaco', 'npm');
    const count = (kind: string): number =>
      keyPoints.features.filter(({ properties }) => properties.kind === kind).length;
    expect(count('hospital')).toBeGreaterThanOrEqual(1);
    expect(count('station')).toBeGreaterThanOrEqual(1);
    expect(count('park')).toBeGreaterThanOrEqual(3);
    expect(count('underpass')).toBeGreaterThanOrEqual(3);
    expect(archive.largestTileBytes).toBeLessThan(500_000);
  },
  30_000,
);

it.skipIf(missing)(
  `Helsinki, whose ways name points that are missing, becomes a city${missing ? ` (${missing})` : ''}`,
  async () => {
    const { city, archive } = await make('Helsinki', 'npm');
    expect(city.counts.junctions).toBeGreaterThan(1000);
    expect(archive.largestTileBytes).toBeLessThan(500_000);
  },
  30_000,
);

it.skipIf(!tilemaker)(
  `tilemaker makes the same tiles of it${tilemaker ? '' : ' (needs the extracts and tilemaker)'}`,
  async () => {
    const { city } = await make('monaco', 'npm');
    const drawn = await make('monaco', 'tilemaker');
    expect(drawn.way).toBe('tilemaker');
    expect(drawn.city.counts).toEqual(city.counts);
  },
  60_000,
);
