/** Half an hour of a team in a city with a grid of streets, and key points along its way. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { TrackPoint } from '../../shared/tracks/schema.ts';
import { drive, gridOfStreets, stand } from '../../shared/tracks/testing/made-tracks.ts';
import type { Database, Sql } from '../kernel/sql.ts';
import { storeTrack } from '../tracks/actions.ts';
import { seedCity } from './seed.ts';
import type { SeededCity } from './seed.ts';

const minute = 60_000;
/** An hour and a half ago, at the beginning of a slice: nothing here is too old or in the future. */
export const began = Math.floor((Date.now() - 90 * minute) / (10 * minute)) * 10 * minute;

export async function cityWithStreets(sql: Sql, dataDir: string): Promise<SeededCity> {
  const city = await seedCity(sql);
  const folder = path.join(dataDir, 'cities', city.cityId);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'streets.json'), JSON.stringify(gridOfStreets(30, 4)));
  return city;
}

export async function seedKeyPoint(sql: Sql, cityId: string, east = 0, north = 0): Promise<string> {
  const id = uuidv7();
  const [[, lon, lat]] = stand({ at: 0, count: 1, jitterMeters: 0, east, north }) as [TrackPoint];
  await sql`
    insert into key_points (city_id, id, name, kind, position, radius_meters, from_hour, to_hour,
      normal_every_minutes, cold_every_minutes, source)
    values (${cityId}, ${id}, '东桥', 'bridge', st_setsrid(st_makepoint(${lon}, ${lat}), 4326)::geography, 40, 0, 0,
      30, 15, 'drawn')`;
  return id;
}

/** Half an hour: along a street, then at a key point, then on. */
export const night = (): TrackPoint[] => [
  ...drive({ at: began, count: 150, metersPerSecond: 2, startMeters: 5, north: 4 }),
  ...stand({ at: began + 13 * minute, count: 60, jitterMeters: 6, east: 1500, north: 2 }),
  ...drive({
    at: began + 18 * minute,
    count: 120,
    metersPerSecond: 2,
    startMeters: 1510,
    north: 4,
  }),
];

/** By the northern team. */
export const store = (
  db: Database,
  { cityId, north }: SeededCity,
  points: readonly TrackPoint[],
  source: 'app' | 'tracker' = 'app',
): Promise<void> => storeTrack(db, { cityId, teamId: north.id, source, points });

export async function storeInBatches(
  db: Database,
  city: SeededCity,
  points: readonly TrackPoint[],
  size: number,
): Promise<void> {
  for (let i = 0; i < points.length; i += size) await store(db, city, points.slice(i, i + size));
}
