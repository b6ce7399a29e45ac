import type { z } from 'zod';
import type { Polygon } from '../../shared/geo/position.ts';
import type {
  AreaView,
  teamDraftSchema,
  TeamPosition,
  TeamPositionReport,
  TeamView,
} from '../../shared/patrols/schema.ts';
import type { Db } from '../kernel/sql.ts';

const teamColumns = (db: Db) => db`
  id, name, call_sign as "callSign", vehicle, area_id as "areaId", on_duty as "onDuty", skills,
  shift_ends_at as "shiftEndsAt", break_from_at as "breakFromAt", break_minutes as "breakMinutes",
  removed_at is not null as removed`;

/** The teams there are, by call sign. */
export async function readTeamViews(db: Db, cityId: string): Promise<TeamView[]> {
  return await db<TeamView[]>`
    select ${teamColumns(db)} from teams where city_id = ${cityId} and removed_at is null order by call_sign, id`;
}

/** One team, also one that was removed. */
export async function readTeamView(db: Db, cityId: string, id: string): Promise<TeamView | null> {
  const [team] = await db<TeamView[]>`
    select ${teamColumns(db)} from teams where city_id = ${cityId} and id = ${id}::uuid`;
  return team ?? null;
}

export async function upsertTeam(
  db: Db,
  cityId: string,
  team: z.infer<typeof teamDraftSchema>,
): Promise<void> {
  await db`
    insert into teams (city_id, id, name, call_sign, vehicle, area_id, skills)
    values (${cityId}, ${team.id}::uuid, ${team.name}, ${team.callSign}, ${team.vehicle}, ${team.areaId}::uuid,
      ${[...new Set(team.skills)]}::text[])
    on conflict (city_id, id) do update set
      name = excluded.name, call_sign = excluded.call_sign, vehicle = excluded.vehicle, area_id = excluded.area_id,
      skills = excluded.skills`;
}

export async function markTeamRemoved(
  db: Db,
  cityId: string,
  id: string,
  at: string,
): Promise<void> {
  await db`
    update teams set removed_at = coalesce(removed_at, ${at}::timestamptz), on_duty = false,
      shift_ends_at = null, break_from_at = null, break_minutes = 0
    where city_id = ${cityId} and id = ${id}::uuid`;
}

/** Whoever goes off duty has neither an end nor a break any more. */
export async function updateDuty(
  db: Db,
  cityId: string,
  id: string,
  onDuty: boolean,
): Promise<void> {
  await db`
    update teams set on_duty = ${onDuty},
      shift_ends_at = case when ${onDuty} then shift_ends_at end,
      break_from_at = case when ${onDuty} then break_from_at end,
      break_minutes = case when ${onDuty} then break_minutes else 0 end
    where city_id = ${cityId} and id = ${id}::uuid`;
}

export interface DutyTimes {
  shiftEndsAt: string | null;
  breakFromAt: string | null;
  breakMinutes: number;
}
export async function updateDutyTimes(
  db: Db,
  cityId: string,
  id: string,
  times: DutyTimes,
): Promise<void> {
  await db`
    update teams set shift_ends_at = ${times.shiftEndsAt}::timestamptz,
      break_from_at = ${times.breakFromAt}::timestamptz, break_minutes = ${times.breakMinutes}::integer
    where city_id = ${cityId} and id = ${id}::uuid and on_duty`;
}

interface TeamPositionRow {
  team_id: string;
  lon: number;
  lat: number;
  accuracy: number | null;
  heading: number | null;
  at: string;
}
/** Where the teams were last, of those that ever said so. */
export async function readTeamPositions(db: Db, cityId: string): Promise<TeamPosition[]> {
  const rows = await db<TeamPositionRow[]>`
    select id as team_id, st_x(position::geometry) as lon, st_y(position::geometry) as lat,
           position_accuracy_meters as accuracy, heading_degrees as heading, positioned_at as at
    from teams where city_id = ${cityId} and position is not null and removed_at is null order by id`;
  return rows.map((row) => ({
    teamId: row.team_id,
    lon: row.lon,
    lat: row.lat,
    accuracyMeters: row.accuracy ?? 0,
    headingDegrees: row.heading,
    at: row.at,
  }));
}

/** Keeps the position unless a newer one is known; a device whose clock is ahead counts as now. */
export async function updatePosition(
  db: Db,
  cityId: string,
  teamId: string,
  report: TeamPositionReport,
): Promise<TeamPosition | null> {
  const { position, accuracyMeters, headingDegrees, at } = report;
  const [row] = await db<{ at: string }[]>`
    update teams set
      position = st_setsrid(st_makepoint(${position.lon}::float8, ${position.lat}::float8), 4326)::geography,
      position_accuracy_meters = ${accuracyMeters}::real, heading_degrees = ${headingDegrees}::real,
      positioned_at = least(${at}::timestamptz, now())
    where city_id = ${cityId} and id = ${teamId}::uuid and removed_at is null
      and (positioned_at is null or positioned_at <= least(${at}::timestamptz, now()))
    returning positioned_at as at`;
  return row ? { teamId, ...position, accuracyMeters, headingDegrees, at: row.at } : null;
}

export async function notifyPosition(
  db: Db,
  cityId: string,
  position: TeamPosition,
): Promise<void> {
  await db`select pg_notify('team_positions', ${JSON.stringify({ cityId, position })})`;
}

const areaColumns = (db: Db) => db`
  id, name, st_asgeojson(boundary, 7)::jsonb as boundary, removed_at is not null as removed`;

export async function readAreaViews(db: Db, cityId: string): Promise<AreaView[]> {
  return await db<AreaView[]>`
    select ${areaColumns(db)} from areas where city_id = ${cityId} and removed_at is null order by name, id`;
}

export async function readAreaView(db: Db, cityId: string, id: string): Promise<AreaView | null> {
  const [area] = await db<AreaView[]>`
    select ${areaColumns(db)} from areas where city_id = ${cityId} and id = ${id}::uuid`;
  return area ?? null;
}

export async function upsertArea(
  db: Db,
  cityId: string,
  area: { id: string; name: string; boundary: Polygon },
): Promise<void> {
  await db`
    insert into areas (city_id, id, name, boundary)
    values (${cityId}, ${area.id}::uuid, ${area.name}, st_geomfromgeojson(${JSON.stringify(area.boundary)})::geography)
    on conflict (city_id, id) do update set name = excluded.name, boundary = excluded.boundary`;
}

/** Returns the teams that had it. */
export async function markAreaRemoved(
  db: Db,
  cityId: string,
  id: string,
  at: string,
): Promise<string[]> {
  await db`
    update areas set removed_at = coalesce(removed_at, ${at}::timestamptz)
    where city_id = ${cityId} and id = ${id}::uuid`;
  const teams = await db<{ id: string }[]>`
    update teams set area_id = null where city_id = ${cityId} and area_id = ${id}::uuid returning id`;
  return teams.map((team) => team.id);
}
