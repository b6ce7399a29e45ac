import type { StayView } from '../../shared/stations/schema.ts';
import type { Db } from '../kernel/sql.ts';
import type { PlacesOf } from './place-queries.ts';

export type StayRow = Omit<StayView, 'days' | 'longStay'>;

const stayColumns = (db: Db) => db`
  id, station_id as "stationId", kind, within_places as "withinPlaces", how, hold_id as "holdId",
  encounter_id as "encounterId", label, note, arrived_at as "arrivedAt", left_at as "leftAt", left_to as "leftTo"`;

export async function findStay(db: Db, cityId: string, id: string): Promise<StayRow | null> {
  const [stay] = await db<StayRow[]>`
    select ${stayColumns(db)} from stays where city_id = ${cityId} and id = ${id}::uuid`;
  return stay ?? null;
}

/** Who is in the house, the longest there first. */
export async function readStaysInHouse(
  db: Db,
  cityId: string,
  stationId: string,
): Promise<StayRow[]> {
  return await db<StayRow[]>`
    select ${stayColumns(db)} from stays
    where city_id = ${cityId} and station_id = ${stationId}::uuid and left_at is null order by arrived_at, id`;
}

export async function countInside(db: Db, cityId: string, stationId: string): Promise<number> {
  const [row] = await db<{ inside: number }[]>`
    select count(*)::int as inside from stays
    where city_id = ${cityId} and station_id = ${stationId}::uuid and left_at is null`;
  return row!.inside;
}

/** Places that people on the way are counted on, and people on the way beyond the places. */
export async function countExpected(db: Db, cityId: string, stationId: string): Promise<number> {
  const [row] = await db<{ expected: number }[]>`
    select coalesce(sum(places), 0)::int as expected from bed_holds
    where city_id = ${cityId} and station_id = ${stationId}::uuid and state = 'held'`;
  return row!.expected;
}

export async function insertStay(
  db: Db,
  cityId: string,
  stay: Omit<StayRow, 'leftAt' | 'leftTo'>,
  by: string,
): Promise<void> {
  await db`
    insert into stays (city_id, id, station_id, kind, within_places, how, hold_id, encounter_id, label, note, arrived_at,
      checked_in_by)
    values (${cityId}, ${stay.id}::uuid, ${stay.stationId}::uuid, ${stay.kind}::bed_kind, ${stay.withinPlaces},
      ${stay.how}::arrival, ${stay.holdId}::uuid, ${stay.encounterId}::uuid, ${stay.label}, ${stay.note},
      ${stay.arrivedAt}::timestamptz, ${by}::uuid)`;
}

export async function updateStayEnd(
  db: Db,
  cityId: string,
  id: string,
  { at, to, by }: { at: string; to: string; by: string },
): Promise<void> {
  await db`
    update stays set left_at = ${at}::timestamptz, left_to = ${to}, checked_out_by = ${by}::uuid
    where city_id = ${cityId} and id = ${id}::uuid and left_at is null`;
}

/** Of those in the house beyond its places of this kind, who came first is within them now; false: there is nobody. */
export async function seatFirstBeyond(
  db: Db,
  cityId: string,
  { stationId, kind }: PlacesOf,
): Promise<boolean> {
  const updated = await db`
    update stays set within_places = true
    where city_id = ${cityId} and id = (
      select id from stays where city_id = ${cityId} and station_id = ${stationId}::uuid and kind = ${kind}::bed_kind
        and left_at is null and not within_places
      order by arrived_at, id limit 1)`;
  return updated.count === 1;
}

/** One person more (1) or less (−1) for a house, in or on the way. */
export interface Flow {
  stationId: string;
  at: string;
  people: number;
}

/** Counted when a place is first bespoken: a hold counts for the stay it becomes, and not at all once it is given up. */
export async function readFlows(db: Db, cityId: string, since: string): Promise<Flow[]> {
  return await db<Flow[]>`
    select station_id as "stationId", created_at as at, places::int as people from bed_holds
    where city_id = ${cityId} and created_at >= ${since}::timestamptz and state in ('held', 'arrived')
    union all
    select station_id, arrived_at, 1 from stays
    where city_id = ${cityId} and arrived_at >= ${since}::timestamptz and hold_id is null
    union all
    select station_id, left_at, -1 from stays where city_id = ${cityId} and left_at >= ${since}::timestamptz`;
}
