import type { StationView, stationDraftSchema } from '../../shared/stations/schema.ts';
import type { z } from 'zod';
import type { Db } from '../kernel/sql.ts';

const columns = (db: Db) => db`
  id, name, address, phone, st_x(position::geometry) as lon, st_y(position::geometry) as lat,
  beds_total as "bedsTotal", beds_free as "bedsFree", beds_updated_at as "bedsUpdatedAt", open,
  removed_at is not null as removed`;

export async function readStationViews(db: Db, cityId: string): Promise<StationView[]> {
  return await db<StationView[]>`
    select ${columns(db)} from stations where city_id = ${cityId} and removed_at is null order by name, id`;
}

/** One station, also one that was removed. */
export async function readStationView(
  db: Db,
  cityId: string,
  id: string,
): Promise<StationView | null> {
  const [station] = await db<StationView[]>`
    select ${columns(db)} from stations where city_id = ${cityId} and id = ${id}::uuid`;
  return station ?? null;
}

/** A new station starts with all its beds free; one that gets smaller keeps no more free than it has. */
export async function upsertStation(
  db: Db,
  cityId: string,
  station: z.infer<typeof stationDraftSchema>,
  at: string,
): Promise<void> {
  await db`
    insert into stations as s
      (city_id, id, name, address, phone, position, beds_total, beds_free, beds_updated_at, open)
    values (${cityId}, ${station.id}::uuid, ${station.name}, ${station.address}, ${station.phone},
            st_setsrid(st_makepoint(${station.position.lon}::float8, ${station.position.lat}::float8), 4326)::geography,
            ${station.bedsTotal}::int, ${station.bedsTotal}::int, ${at}::timestamptz, ${station.open})
    on conflict (city_id, id) do update set
      name = excluded.name, address = excluded.address, phone = excluded.phone, position = excluded.position,
      beds_total = excluded.beds_total, beds_free = least(s.beds_free, excluded.beds_total), open = excluded.open,
      beds_updated_at =
        case when s.beds_total = excluded.beds_total then s.beds_updated_at else excluded.beds_updated_at end`;
}

export async function markStationRemoved(
  db: Db,
  cityId: string,
  id: string,
  at: string,
): Promise<void> {
  await db`
    update stations set removed_at = coalesce(removed_at, ${at}::timestamptz), open = false
    where city_id = ${cityId} and id = ${id}::uuid`;
}

/** false when the number is more than the station has */
export async function updateFreeBeds(
  db: Db,
  cityId: string,
  id: string,
  bedsFree: number,
  at: string,
): Promise<boolean> {
  const updated = await db`
    update stations set beds_free = ${bedsFree}::int, beds_updated_at = ${at}::timestamptz
    where city_id = ${cityId} and id = ${id}::uuid and ${bedsFree}::int between 0 and beds_total`;
  return updated.count === 1;
}

/** Takes one free bed; false when there is none. */
export async function decrementFreeBeds(
  db: Db,
  cityId: string,
  id: string,
  at: string,
): Promise<boolean> {
  const updated = await db`
    update stations set beds_free = beds_free - 1, beds_updated_at = ${at}::timestamptz
    where city_id = ${cityId} and id = ${id}::uuid and beds_free > 0`;
  return updated.count === 1;
}
