/**
 * The imported cities on disk: a folder `<DATA_DIR>/cities/<slug>/` each, made by `npm run city`. A new one
 * becomes a city of the database; what its map is made of is held in memory.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { CITY_FILES, cityFileSchema } from '../../shared/basemap/schema.ts';
import type { CityFile } from '../../shared/basemap/schema.ts';
import type { Basemap } from '../../shared/cities/schema.ts';
import { citySlugSchema } from '../../shared/wire.ts';
import type { Log } from '../kernel/log.ts';
import type { Database, Db } from '../kernel/sql.ts';
import { createCity, updateOutline } from './queries.ts';

const rescanMs = 5_000;

interface Known {
  mtimeMs: number;
  /** null when the file can't be used */
  basemap: Basemap | null;
}
/** By slug; one process serves one data directory. */
const known = new Map<string, Known>();

/** What the map of a city is made of, as far as this server's folder knows. */
export const basemapOf = (cityId: string): Basemap =>
  known.get(cityId)?.basemap ?? { kind: 'none' };

/** Addresses other than our own that a configured map is loaded from. */
export function mapOrigins(): string[] {
  const origins = new Set<string>();
  for (const { basemap } of known.values()) {
    if (basemap?.kind === 'style') origins.add(new URL(basemap.url).origin);
    if (basemap?.kind === 'tianditu') {
      for (let server = 0; server < 8; server += 1)
        origins.add(`https://t${server}.tianditu.gov.cn`);
    }
  }
  return [...origins];
}

export interface Catalogue {
  origins(): string[];
  /** Looks again now; for those who just put a city there. */
  rescan(): Promise<void>;
  stop(): void;
}

export async function startCatalogue(db: Database, dataDir: string, log: Log): Promise<Catalogue> {
  let scanning: Promise<void> | null = null;
  const rescan = (): Promise<void> =>
    (scanning ??= scanCities(db.sql, dataDir, log)
      .catch((error: unknown) => log('warn', 'the cities folder could not be read', { error }))
      .finally(() => {
        scanning = null;
      }));
  await rescan();
  const timer = setInterval(() => void rescan(), rescanMs);
  timer.unref();
  return { origins: mapOrigins, rescan, stop: () => clearInterval(timer) };
}

/** Brings memory and database in line with the folder; untouched files aren't read again. */
export async function scanCities(db: Db, dataDir: string, log: Log): Promise<void> {
  const folder = path.join(dataDir, 'cities');
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const slugs = names.filter((name) => citySlugSchema.safeParse(name).success);
  for (const slug of known.keys()) if (!slugs.includes(slug)) known.delete(slug);
  for (const slug of slugs) await scanCity(db, path.join(folder, slug), slug, log);
}

async function scanCity(db: Db, folder: string, slug: string, log: Log): Promise<void> {
  const file = path.join(folder, CITY_FILES.city);
  const mtimeMs = await stat(file).then(
    (found) => found.mtimeMs,
    () => null,
  );
  if (mtimeMs === null || known.get(slug)?.mtimeMs === mtimeMs) return;
  try {
    const city = cityFileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    const basemap = await describeBasemap(folder, slug, city);
    const outline = { id: slug, boundary: city.boundary, center: city.center };
    const created = await createCity(db, {
      ...outline,
      nameZh: city.name.zh,
      nameEn: city.name.en,
      timeZone: city.timezone,
      demo: city.demo ?? false,
    });
    if (!created) await updateOutline(db, outline);
    known.set(slug, { mtimeMs, basemap });
  } catch (error) {
    log('warn', 'a city could not be used', { city: slug, error });
    known.set(slug, { mtimeMs, basemap: null });
  }
}

async function describeBasemap(folder: string, slug: string, city: CityFile): Promise<Basemap> {
  const { attribution, basemap } = city;
  if (basemap.kind === 'none') return basemap;
  if (basemap.kind !== 'pmtiles') return { ...basemap, attribution };
  const { mtimeMs } = await stat(path.join(folder, CITY_FILES.basemap));
  return {
    kind: 'pmtiles',
    url: `/cities/${slug}/${CITY_FILES.basemap}?v=${Math.round(mtimeMs)}`,
    attribution,
  };
}
