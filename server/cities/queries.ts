import { citySettingsSchema } from '../../shared/cities/schema.ts';
import type { CityConfiguration, CitySettings, CityView } from '../../shared/cities/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { Db } from '../kernel/sql.ts';

/** GeoJSON in degrees. */
export type Boundary =
  | { type: 'Polygon'; coordinates: number[][][] }
  | { type: 'MultiPolygon'; coordinates: number[][][][] };

export interface NewCity {
  id: string;
  nameZh: string;
  nameEn: string;
  timeZone: string;
  boundary: Boundary;
  center: Position;
  hotline?: string;
  demo?: boolean;
  settings?: Partial<CitySettings>;
}

/** A boundary that crosses itself is mended rather than refused: it comes from a map, not from a hand. */
const shapeOf = (db: Db, boundary: Boundary) => db`
  st_multi(st_collectionextract(st_makevalid(st_geomfromgeojson(${JSON.stringify(boundary)})), 3))::geography`;
const pointOf = (db: Db, { lon, lat }: Position) => db`
  st_setsrid(st_makepoint(${lon}::float8, ${lat}::float8), 4326)::geography`;

/** false when there is a city of that name already, which then stays as it is */
export async function createCity(db: Db, city: NewCity): Promise<boolean> {
  const inserted = await db`
    insert into cities (id, name_zh, name_en, time_zone, boundary, center, hotline, demo, settings)
    values (${city.id}, ${city.nameZh}, ${city.nameEn}, ${city.timeZone}, ${shapeOf(db, city.boundary)},
            ${pointOf(db, city.center)}, ${city.hotline ?? '110'}, ${city.demo ?? false},
            ${db.json(citySettingsSchema.parse(city.settings ?? {}))})
    on conflict (id) do nothing`;
  return inserted.count === 1;
}

/** Moves an existing city's outline to a newly imported one; names and settings stay as people set them. */
export async function updateOutline(
  db: Db,
  { id, boundary, center }: Pick<NewCity, 'id' | 'boundary' | 'center'>,
): Promise<void> {
  await db`
    update cities set boundary = ${shapeOf(db, boundary)}, center = ${pointOf(db, center)}
    where id = ${id} and st_asbinary(boundary::geometry) <> st_asbinary((${shapeOf(db, boundary)})::geometry)`;
}

type CityRow = Omit<CityView, 'basemap' | 'center' | 'bounds'> & {
  lon: number;
  lat: number;
  west: number;
  south: number;
  east: number;
  north: number;
};
export type CityWithoutMap = Omit<CityView, 'basemap'>;

const viewOf = ({ lon, lat, west, south, east, north, ...city }: CityRow): CityWithoutMap => ({
  ...city,
  center: { lon, lat },
  bounds: [west, south, east, north],
});

const columns = (db: Db) => db`
  id, name_zh as "nameZh", name_en as "nameEn", time_zone as "timeZone", hotline, demo,
  st_x(center::geometry) as lon, st_y(center::geometry) as lat,
  st_xmin(boundary::geometry) as west, st_ymin(boundary::geometry) as south,
  st_xmax(boundary::geometry) as east, st_ymax(boundary::geometry) as north`;

/** The demo city first, then by age. */
export async function listCities(db: Db): Promise<CityWithoutMap[]> {
  const rows = await db<
    CityRow[]
  >`select ${columns(db)} from cities order by demo desc, created_at, id`;
  return rows.map(viewOf);
}

export async function findCity(db: Db, id: string): Promise<CityWithoutMap | null> {
  const [row] = await db<CityRow[]>`select ${columns(db)} from cities where id = ${id}`;
  return row ? viewOf(row) : null;
}

export async function readConfiguration(db: Db, id: string): Promise<CityConfiguration | null> {
  const [row] = await db<{ settings: unknown; nameZh: string; nameEn: string; hotline: string }[]>`
    select settings, name_zh as "nameZh", name_en as "nameEn", hotline from cities where id = ${id}`;
  if (!row) return null;
  const { settings, ...rest } = row;
  return { ...citySettingsSchema.parse(settings), ...rest };
}

export async function updateConfiguration(
  db: Db,
  id: string,
  { nameZh, nameEn, hotline, ...settings }: CityConfiguration,
): Promise<void> {
  await db`
    update cities set name_zh = ${nameZh}, name_en = ${nameEn}, hotline = ${hotline}, settings = ${db.json(settings)}
    where id = ${id}`;
}
