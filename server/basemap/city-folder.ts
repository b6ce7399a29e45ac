/**
 * A city's folder is made beside its place and put there by renaming, so that a running server sees
 * the old city or the new one, and a failed import leaves the old one as it was.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { CITY_FILES, cityFileSchema } from '../../shared/basemap/schema.ts';
import type { CityFile } from '../../shared/basemap/schema.ts';
import { CityImportError } from './errors.ts';

const WORK_PREFIX = '.making-';
const OLD_PREFIX = '.old-';
/** Remains of imports that were killed are cleared after this long. */
const STALE_MS = 6 * 60 * 60 * 1000;

export function citiesFolder(dataDir: string): string {
  return join(dataDir, 'cities');
}

/**
 * Calls `make` with an empty folder; when it returns, the folder becomes the city's.
 * Nothing stays behind when it throws.
 */
export async function replaceCityFolder(
  dataDir: string,
  slug: string,
  make: (folder: string) => Promise<CityFile>,
): Promise<CityFile> {
  const cities = citiesFolder(dataDir);
  mkdirSync(cities, { recursive: true });
  clearStale(cities);
  const work = mkdtempSync(join(cities, `${WORK_PREFIX}${slug}-`));
  const remove = (): void => rmSync(work, { recursive: true, force: true });
  const stop = (signal: NodeJS.Signals): void => {
    remove();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    const city = cityFileSchema.parse(await make(work));
    chmodSync(work, 0o755);
    writeFileSync(join(work, CITY_FILES.city), `${JSON.stringify(city, null, 2)}\n`);
    swapIn(cities, slug, work);
    return city;
  } catch (error) {
    remove();
    throw error;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

function swapIn(cities: string, slug: string, work: string): void {
  const place = join(cities, slug);
  const old = join(cities, `${OLD_PREFIX}${slug}-${process.pid}`);
  const had = existsSync(place);
  if (had) renameSync(place, old);
  try {
    renameSync(work, place);
  } catch (error) {
    if (had) renameSync(old, place);
    if (!existsSync(place)) throw error;
    throw new CityImportError(
      'busy',
      `Another import of ${slug} finished at the same moment; its city was kept.`,
    );
  }
  rmSync(old, { recursive: true, force: true });
}

function clearStale(cities: string): void {
  for (const name of readdirSync(cities)) {
    if (!name.startsWith(WORK_PREFIX) && !name.startsWith(OLD_PREFIX)) continue;
    const path = join(cities, name);
    const slug = name.startsWith(OLD_PREFIX)
      ? name.slice(OLD_PREFIX.length).replace(/-\d+$/, '')
      : null;
    // Killed between the two renames: the old city is still whole, so it goes back.
    if (slug && !existsSync(join(cities, slug))) renameSync(path, join(cities, slug));
    else if (isStale(path)) rmSync(path, { recursive: true, force: true });
  }
}

function isStale(path: string): boolean {
  try {
    return Date.now() - statSync(path).mtimeMs > STALE_MS;
  } catch {
    return false;
  }
}

/** The city in a folder, or null when there is none that can be read. */
export function readCity(dataDir: string, slug: string): CityFile | null {
  try {
    const text = readFileSync(join(citiesFolder(dataDir), slug, CITY_FILES.city), 'utf8');
    return cityFileSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
