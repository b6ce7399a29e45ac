/** Cities with roads on disk for tests and benches: the demo town, and real extracts where they lie beside the checkout. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CITY_FILES } from '../../shared/basemap/schema.ts';
import type { StreetsFile } from '../../shared/basemap/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import { demoExtract } from '../basemap/demo-extract.ts';
import { importExtract } from '../basemap/import-extract.ts';

export interface RoadCity {
  dataDir: string;
  cityId: string;
  /** Positions beside streets, the same for the same seed. */
  places(count: number, seed?: number): Position[];
  remove(): void;
}

export const extractPath = (name: string): string =>
  path.resolve('..', 'shared', 'data', 'osm', `${name}.osm.pbf`);
export const hasExtract = (name: string): boolean => existsSync(extractPath(name));

/** @param extract the name of a real one; null: the demo town */
export async function makeRoadCity(extract: string | null): Promise<RoadCity> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'nuanxun-roads-test-'));
  let file = path.join(dataDir, 'town.osm.pbf');
  if (extract === null) writeFileSync(file, demoExtract());
  else file = extractPath(extract);
  const cityId = 'roadtown';
  await importExtract(file, { dataDir, slug: cityId, way: 'npm' });
  const streets = JSON.parse(
    readFileSync(path.join(dataDir, 'cities', cityId, CITY_FILES.streets), 'utf8'),
  ) as StreetsFile;
  return {
    dataDir,
    cityId,
    places: (count, seed = 1) => placesBeside(streets, count, seed),
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

function placesBeside({ nodes }: StreetsFile, count: number, seed: number): Position[] {
  let state = seed * 7919 + 12_345;
  const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  return Array.from({ length: count }, () => {
    const junction = Math.floor((random() * nodes.length) / 2);
    return {
      lon: nodes[2 * junction]! / 1e6 + (random() - 0.5) * 0.001,
      lat: nodes[2 * junction + 1]! / 1e6 + (random() - 0.5) * 0.0006,
    };
  });
}
