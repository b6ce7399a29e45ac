/** The city a new data directory starts with, made by the very command that makes any other. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CITY_FILES } from '../../shared/basemap/schema.ts';
import type { CityFile } from '../../shared/basemap/schema.ts';
import { citiesFolder, readCity } from './city-folder.ts';
import { demoExtract } from './demo-extract.ts';
import { importExtract } from './import-extract.ts';
import type { Progress } from './progress.ts';
import { buildRoadTiles } from './road-tiles.ts';

export const DEMO_CITY_SLUG = 'nuanhe';
/** Raised when the drawing changes, so that an older demo city is drawn again. */
const DRAWING = 'nuanhe-2.osm.pbf';

/** The road network of the demo city, which lies beside its map. */
export async function buildDemoRoads(dataDir: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'nuanxun-demo-'));
  try {
    const path = join(folder, DRAWING);
    writeFileSync(path, demoExtract());
    await buildRoadTiles(path, join(citiesFolder(dataDir), DEMO_CITY_SLUG, CITY_FILES.roads));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes the demo city when it isn't there yet; safe to call at every start. */
export async function ensureDemoCity(dataDir: string, progress?: Progress): Promise<CityFile> {
  const existing = readCity(dataDir, DEMO_CITY_SLUG);
  if (existing && (existing.source === DRAWING || !existing.fictional)) return existing;
  mkdirSync(dataDir, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'nuanxun-demo-'));
  try {
    const path = join(folder, DRAWING);
    progress?.step('drawing the demo city');
    writeFileSync(path, demoExtract());
    const { city } = await importExtract(path, {
      dataDir,
      name: '暖河市',
      nameEn: 'Nuanhe',
      slug: DEMO_CITY_SLUG,
      timezone: 'Asia/Shanghai',
      way: 'npm',
      attribution: '演示城市(虚构) Demo city (made up)',
      fictional: true,
      // Made after the server has opened: nobody waits for them.
      roads: false,
      progress,
    });
    return city;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
