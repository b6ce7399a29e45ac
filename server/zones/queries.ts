import type { z } from 'zod';
import type { zoneDraftSchema, ZoneView } from '../../shared/zones/schema.ts';
import type { Db } from '../kernel/sql.ts';

export { readForecastNews } from './cell-records.ts';
export { readPublicCells } from './public-cells.ts';

const zoneColumns = (db: Db) => db`
  id, name, st_asgeojson(boundary, 7)::jsonb as boundary, weight, from_hour as "fromHour", to_hour as "toHour", note,
  removed_at is not null as removed`;

export async function readZoneViews(db: Db, cityId: string): Promise<ZoneView[]> {
  return await db<ZoneView[]>`
    select ${zoneColumns(db)} from zones where city_id = ${cityId} and removed_at is null order by name, id`;
}

/** One zone, also one that was removed. */
export async function readZoneView(db: Db, cityId: string, id: string): Promise<ZoneView | null> {
  const [zone] = await db<ZoneView[]>`
    select ${zoneColumns(db)} from zones where city_id = ${cityId} and id = ${id}::uuid`;
  return zone ?? null;
}

export async function upsertZone(
  db: Db,
  cityId: string,
  zone: z.infer<typeof zoneDraftSchema>,
): Promise<void> {
  await db`
    insert into zones (city_id, id, name, boundary, weight, from_hour, to_hour, note)
    values (${cityId}, ${zone.id}::uuid, ${zone.name}, st_geomfromgeojson(${JSON.stringify(zone.boundary)})::geography,
            ${zone.weight}::real, ${zone.fromHour}::smallint, ${zone.toHour}::smallint, ${zone.note})
    on conflict (city_id, id) do update set
      name = excluded.name, boundary = excluded.boundary, weight = excluded.weight, from_hour = excluded.from_hour,
      to_hour = excluded.to_hour, note = excluded.note`;
}

export async function markZoneRemoved(
  db: Db,
  cityId: string,
  id: string,
  at: string,
): Promise<void> {
  await db`
    update zones set removed_at = coalesce(removed_at, ${at}::timestamptz)
    where city_id = ${cityId} and id = ${id}::uuid`;
}
