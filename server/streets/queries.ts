/**
 * What the importer left of a city's streets and places, read when it is first asked for and again when the file
 * was replaced. A city without files has none: nothing here fails for it.
 */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { CITY_FILES, keyPointsFileSchema } from '../../shared/basemap/schema.ts';
import type { KeyPointFeature, StreetsFile } from '../../shared/basemap/schema.ts';
import { buildStreetNetwork } from '../../shared/tracks/street-network.ts';
import type { StreetNetwork } from '../../shared/tracks/street-network.ts';

/** A server has one city or a few; a network of a large one takes some hundred megabytes. */
const mostCities = 4;
/** A new import is seen after at most this long. */
const recheckMs = 5_000;

interface Kept<T> {
  mtimeMs: number;
  checkedAt: number;
  value: Promise<T | null>;
}

/** Of each city the last read content of one of its files; the least lately used one goes first. */
class CityFiles<T> {
  private readonly kept = new Map<string, Kept<T>>();
  private readonly file: string;
  private readonly parse: (text: string) => T | null;

  constructor(file: string, parse: (text: string) => T | null) {
    this.file = file;
    this.parse = parse;
  }

  async read(cityId: string): Promise<T | null> {
    if (folder === null) return null;
    const place = path.join(folder, 'cities', cityId, this.file);
    const known = this.kept.get(place);
    if (known && Date.now() - known.checkedAt < recheckMs) return this.use(place, known);
    const mtimeMs = await stat(place).then(
      (found) => found.mtimeMs,
      () => null,
    );
    if (mtimeMs === null) {
      this.kept.delete(place);
      return null;
    }
    // Somebody else may have asked meanwhile.
    const latest = this.kept.get(place);
    if (latest?.mtimeMs === mtimeMs) {
      latest.checkedAt = Date.now();
      return this.use(place, latest);
    }
    const value: Promise<T | null> = readFile(place, 'utf8').then(this.parse);
    const fresh: Kept<T> = { mtimeMs, checkedAt: Date.now(), value };
    // A file that can't be read is not asked for again before it changes.
    value.catch(() => (fresh.value = Promise.resolve(null)));
    return this.use(place, fresh);
  }

  recheck(): void {
    for (const kept of this.kept.values()) kept.checkedAt = Number.NEGATIVE_INFINITY;
  }

  private use(place: string, kept: Kept<T>): Promise<T | null> {
    this.kept.delete(place);
    this.kept.set(place, kept);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= mostCities) break;
      this.kept.delete(oldest);
    }
    return kept.value;
  }
}

let folder: string | null = null;
/** Where the cities are, said once at the start; null: nowhere. What was read before is looked at again. */
export function serveStreetsFrom(dataDir: string | null): void {
  folder = dataDir;
  streets.recheck();
  places.recheck();
}

const streets = new CityFiles<StreetNetwork>(CITY_FILES.streets, (text) => {
  const file = JSON.parse(text) as StreetsFile;
  if (file.version !== 1) throw new Error('streets of another version');
  const version = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return file.edgeNames.length === 0 ? null : buildStreetNetwork(file, version);
});
const places = new CityFiles<readonly KeyPointFeature[]>(
  CITY_FILES.keyPoints,
  (text) => keyPointsFileSchema.parse(JSON.parse(text)).features,
);

/** Null for a city without streets on file. */
export const readStreetNetwork = async (cityId: string): Promise<StreetNetwork | null> =>
  streets.read(cityId).catch(() => null);

export const readKnownPlaces = async (cityId: string): Promise<readonly KeyPointFeature[]> =>
  (await places.read(cityId).catch(() => null)) ?? [];
