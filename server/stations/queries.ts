import { lightOf } from '../../shared/stations/light.ts';
import type {
  HoldView,
  stationDraftSchema,
  StationLight,
  StationView,
} from '../../shared/stations/schema.ts';
import type { z } from 'zod';
import type { Db } from '../kernel/sql.ts';
import { holdColumns } from './hold-queries.ts';

type StationRow = Omit<StationView, 'light'>;
const withLight = (row: StationRow): StationView => ({ ...row, light: lightOf(row) });

const selectStations = (db: Db) => db`
  select s.id, s.kind, s.name, s.address, s.phone, st_x(s.position::geometry) as lon, st_y(s.position::geometry) as lat,
    p.total as "bedsTotal", p.free as "bedsFree", p.places, e.extra, s.beds_updated_at as "bedsUpdatedAt", s.open,
    s.from_hour as "fromHour", s.to_hour as "toHour", s.contact, s.set_up_minutes as "setUpMinutes",
    s.open_changed_at as "openChangedAt", s.prepare_since as "prepareSince", s.removed_at is not null as removed
  from stations s
  cross join lateral (
    select coalesce(sum(total), 0)::int as total, coalesce(sum(total - held - taken - blocked), 0)::int as free,
      coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'total', total, 'free', total - held - taken - blocked,
        'held', held, 'taken', taken, 'blocked', blocked) order by kind), '[]') as places
    from station_places where city_id = s.city_id and station_id = s.id) p
  cross join lateral (
    select count(*)::int as extra from stays
    where city_id = s.city_id and station_id = s.id and left_at is null and not within_places) e`;

export async function readStationViews(db: Db, cityId: string): Promise<StationView[]> {
  const rows = await db<StationRow[]>`
    ${selectStations(db)} where s.city_id = ${cityId} and s.removed_at is null order by s.name, s.id`;
  return rows.map(withLight);
}

/** One station, also one that was removed. */
export async function readStationView(
  db: Db,
  cityId: string,
  id: string,
): Promise<StationView | null> {
  const [station] = await db<StationRow[]>`
    ${selectStations(db)} where s.city_id = ${cityId} and s.id = ${id}::uuid`;
  return station ? withLight(station) : null;
}

/** Places kept for people on the way, the next to arrive first. */
export async function readLiveHoldViews(db: Db, cityId: string): Promise<HoldView[]> {
  return await db<HoldView[]>`
    select ${holdColumns(db)} from bed_holds where city_id = ${cityId} and state = 'held' order by expected_at, id`;
}

export async function upsertStation(
  db: Db,
  cityId: string,
  station: z.infer<typeof stationDraftSchema>,
  at: string,
): Promise<void> {
  await db`
    insert into stations as s
      (city_id, id, kind, name, address, phone, position, beds_updated_at, open, from_hour, to_hour, contact, set_up_minutes)
    values (${cityId}, ${station.id}::uuid, ${station.kind}::station_kind, ${station.name}, ${station.address},
            ${station.phone},
            st_setsrid(st_makepoint(${station.position.lon}::float8, ${station.position.lat}::float8), 4326)::geography,
            ${at}::timestamptz, ${station.open}, ${station.fromHour}::smallint, ${station.toHour}::smallint,
            ${station.contact}, ${station.setUpMinutes}::int)
    on conflict (city_id, id) do update set
      kind = excluded.kind, name = excluded.name, address = excluded.address, phone = excluded.phone,
      position = excluded.position, open = excluded.open, from_hour = excluded.from_hour, to_hour = excluded.to_hour,
      contact = excluded.contact, set_up_minutes = excluded.set_up_minutes,
      prepare_since = case when excluded.kind = 'shelter' and not excluded.open then s.prepare_since end`;
}

export async function markStationRemoved(
  db: Db,
  cityId: string,
  id: string,
  at: string,
): Promise<void> {
  await db`
    update stations set removed_at = coalesce(removed_at, ${at}::timestamptz), open = false, prepare_since = null
    where city_id = ${cityId} and id = ${id}::uuid`;
}

/** Its numbers are as of now. */
export async function touchBeds(db: Db, cityId: string, id: string, at: string): Promise<void> {
  await db`
    update stations set beds_updated_at = greatest(beds_updated_at, ${at}::timestamptz)
    where city_id = ${cityId} and id = ${id}::uuid`;
}

export async function updateOpen(
  db: Db,
  cityId: string,
  id: string,
  { open, at }: { open: boolean; at: string },
): Promise<void> {
  await db`
    update stations set open = ${open}, open_changed_at = ${at}::timestamptz, prepare_since = null
    where city_id = ${cityId} and id = ${id}::uuid`;
}

export interface ShelterDecision {
  id: string;
  stationId: string;
  open: boolean;
  reason: string;
  by: string;
  at: string;
}

export async function findDecision(db: Db, cityId: string, id: string): Promise<boolean> {
  const rows = await db`
    select 1 from shelter_decisions where city_id = ${cityId} and id = ${id}::uuid`;
  return rows.length > 0;
}

export async function insertDecision(
  db: Db,
  cityId: string,
  decision: ShelterDecision,
): Promise<void> {
  await db`
    insert into shelter_decisions (city_id, id, station_id, open, reason, decided_by, decided_at)
    values (${cityId}, ${decision.id}::uuid, ${decision.stationId}::uuid, ${decision.open}, ${decision.reason},
            ${decision.by}::uuid, ${decision.at}::timestamptz)`;
}

/** A cold night asks for it to be made ready. */
export async function insertPreparation(
  db: Db,
  cityId: string,
  asked: Omit<ShelterDecision, 'open' | 'by'> & { by: string | null },
): Promise<void> {
  await db`
    insert into shelter_decisions (city_id, id, station_id, open, prepare, reason, decided_by, decided_at)
    values (${cityId}, ${asked.id}::uuid, ${asked.stationId}::uuid, false, true, ${asked.reason}, ${asked.by}::uuid,
            ${asked.at}::timestamptz)`;
}

export async function updatePrepareSince(
  db: Db,
  cityId: string,
  id: string,
  at: string | null,
): Promise<void> {
  await db`
    update stations set prepare_since = ${at}::timestamptz where city_id = ${cityId} and id = ${id}::uuid`;
}

/** Shelters that are to be made ready. */
export async function listPrepared(db: Db, cityId: string): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select id from stations where city_id = ${cityId} and prepare_since is not null order by id`;
  return rows.map(({ id }) => id);
}

/** Notes what everybody is told of how it stands; false when that is what they know already. */
export async function noteToldLight(
  db: Db,
  cityId: string,
  id: string,
  light: StationLight,
): Promise<boolean> {
  const updated = await db`
    update stations set told_light = ${light}
    where city_id = ${cityId} and id = ${id}::uuid and told_light is distinct from ${light}`;
  return updated.count === 1;
}
