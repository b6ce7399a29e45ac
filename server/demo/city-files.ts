/** What the importer left of a city's streets and key points, for those who move about in it. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CITY_FILES } from '../../shared/basemap/schema.ts';
import type { KeyPointsFile, StreetsFile } from '../../shared/basemap/schema.ts';
import type { CityView } from '../../shared/cities/schema.ts';
import type { Db } from '../kernel/sql.ts';
import type { Dice } from './dice.ts';
import type { KeyPlace } from './people.ts';
import { buildStreetGraph } from './street-graph.ts';
import type { StreetGraph } from './street-graph.ts';

const readJson = <T>(dataDir: string, slug: string, file: string): T | null => {
  const place = path.join(dataDir, 'cities', slug, file);
  return existsSync(place) ? (JSON.parse(readFileSync(place, 'utf8')) as T) : null;
};

export function readStreetGraph(dataDir: string, slug: string): StreetGraph | null {
  const file = readJson<StreetsFile>(dataDir, slug, CITY_FILES.streets);
  return file === null || file.nodes.length === 0 ? null : buildStreetGraph(file);
}

/** Key places inside the city. Without any on file, made-up ones at street corners or anywhere. */
export async function readKeyPlaces(
  db: Db,
  dataDir: string,
  city: Pick<CityView, 'id' | 'bounds'>,
  streets: StreetGraph | null,
  dice: Dice,
): Promise<KeyPlace[]> {
  const file = readJson<KeyPointsFile>(dataDir, city.id, CITY_FILES.keyPoints);
  const known: KeyPlace[] = (file?.features ?? []).map(({ geometry, properties }) => ({
    kind: properties.kind,
    name: { zh: properties.nameZh, en: properties.nameEn },
    position: { lon: geometry.coordinates[0], lat: geometry.coordinates[1] },
    osmId: properties.osmId,
  }));
  const inside = await keepInside(db, city.id, known);
  if (inside.length >= 10) return inside;
  const [west, south, east, north] = city.bounds;
  const anywhere = Array.from({ length: 120 }, (): KeyPlace => ({
    kind: dice.pick(['bridge', 'underpass', 'park', 'cash_machine'] as const),
    name: { zh: '', en: '' },
    position: streets
      ? dice.pick(streets.junctions)
      : { lon: dice.between(west, east), lat: dice.between(south, north) },
  }));
  return [...inside, ...(await keepInside(db, city.id, anywhere))];
}

/** Those far enough inside the boundary that a phone's error doesn't carry them out of it. */
async function keepInside(
  db: Db,
  cityId: string,
  places: readonly KeyPlace[],
): Promise<KeyPlace[]> {
  if (places.length === 0) return [];
  const points = places.map(({ position }, index) => ({ index, ...position }));
  const rows = await db<{ index: number }[]>`
    with inner_part as (
      select st_buffer(boundary::geometry, -0.0006) as shape from cities where id = ${cityId}
    )
    select p.index from jsonb_to_recordset(${db.json(points)}::jsonb) as p (index int, lon float8, lat float8), inner_part
    where st_covers(shape, st_setsrid(st_makepoint(p.lon, p.lat), 4326)) order by p.index`;
  return rows.map(({ index }) => places[index]!);
}
