/** The counters of each kind of places. What doesn't fit is refused by the row itself, whoever else writes to it. */
import type { BedKind } from '../../shared/stations/schema.ts';
import type { Db } from '../kernel/sql.ts';

export interface PlacesOf {
  stationId: string;
  kind: BedKind;
}

/** Adds to what is held and taken (or takes away); false when the free places don't reach, or there are none. */
export async function shiftPlaces(
  db: Db,
  cityId: string,
  { stationId, kind }: PlacesOf,
  { held = 0, taken = 0 }: { held?: number; taken?: number },
): Promise<boolean> {
  const updated = await db`
    update station_places set held = held + ${held}::int, taken = taken + ${taken}::int
    where city_id = ${cityId} and station_id = ${stationId}::uuid and kind = ${kind}::bed_kind
      and (${held + taken}::int <= 0 or held + taken + blocked + ${held + taken}::int <= total)`;
  return updated.count === 1;
}

/** So many are free by count of hand; false when fewer are neither held nor taken. */
export async function updateFree(
  db: Db,
  cityId: string,
  { stationId, kind }: PlacesOf,
  free: number,
): Promise<boolean> {
  const updated = await db`
    update station_places set blocked = total - held - taken - ${free}::int
    where city_id = ${cityId} and station_id = ${stationId}::uuid and kind = ${kind}::bed_kind
      and ${free}::int <= total - held - taken`;
  return updated.count === 1;
}

/**
 * So many places of this kind from now on. Where there are fewer than before, free ones go first, then those out of
 * use; false when more are held or taken.
 */
export async function upsertTotal(
  db: Db,
  cityId: string,
  { stationId, kind }: PlacesOf,
  total: number,
): Promise<boolean> {
  const saved = await db`
    insert into station_places as p (city_id, station_id, kind, total)
    values (${cityId}, ${stationId}::uuid, ${kind}::bed_kind, ${total}::int)
    on conflict (city_id, station_id, kind) do update set
      total = excluded.total, blocked = least(p.blocked, excluded.total - p.held - p.taken)
      where p.held + p.taken <= excluded.total`;
  return saved.count === 1;
}

/** Kinds that aren't listed go, unless somebody has or is to have one; answers whether all of them went. */
export async function deleteOtherKinds(
  db: Db,
  cityId: string,
  stationId: string,
  kinds: readonly BedKind[],
): Promise<boolean> {
  await db`
    delete from station_places where city_id = ${cityId} and station_id = ${stationId}::uuid
      and kind <> all (${[...kinds]}::text[]::bed_kind[]) and held = 0 and taken = 0`;
  const left = await db`
    select 1 from station_places where city_id = ${cityId} and station_id = ${stationId}::uuid
      and kind <> all (${[...kinds]}::text[]::bed_kind[])`;
  return left.length === 0;
}
