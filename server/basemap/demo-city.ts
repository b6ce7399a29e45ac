/** The city a new data directory starts with, made by the very command that makes any other. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CityFile } from '../../shared/basemap/schema.ts';
import { readCity } from './city-folder.ts';
import { demoExtract } from './demo-extract.ts';
import { importExtract } from './import-extract.ts';
import type { Progress } from './progress.ts';

export const DEMO_CITY_SLUG = 'nuanhe';
/** Raised when the drawing changes, so that an older demo city is drawn again. */
const DRAWING = 'nuanhe-2.osm.pbf';

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
      progress,
    });
    return city;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
