/** What the city's own map knows of places to look at, read from the file that came with it. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CITY_FILES, keyPointsFileSchema } from '../../shared/basemap/schema.ts';
import type { KeyPointCandidate } from '../../shared/key-points/schema.ts';

type MapPlace = Omit<KeyPointCandidate, 'taken'>;
interface Read {
  mtimeMs: number;
  places: MapPlace[];
}
/** By file: read again only when the map was made anew. */
const known = new Map<string, Read>();

/** Empty when the city has no map of its own. */
export async function readMapKeyPoints(dataDir: string, cityId: string): Promise<MapPlace[]> {
  const file = join(dataDir, 'cities', cityId, CITY_FILES.keyPoints);
  const found = await stat(file).catch(() => null);
  if (!found) return [];
  const before = known.get(file);
  if (before && before.mtimeMs === found.mtimeMs) return before.places;
  const { features } = keyPointsFileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const places = features.map(({ geometry, properties }) => ({
    sourceRef: `osm:${properties.osmId}`,
    kind: properties.kind,
    nameZh: properties.nameZh,
    nameEn: properties.nameEn,
    lon: geometry.coordinates[0],
    lat: geometry.coordinates[1],
  }));
  known.set(file, { mtimeMs: found.mtimeMs, places });
  return places;
}
