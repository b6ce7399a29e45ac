import type {
  ShiftDraft,
  ShiftMember,
  ShiftTotals,
  ShiftView,
} from '../../shared/shifts/schema.ts';
import type { Db } from '../kernel/sql.ts';

const viewColumns = (db: Db) => db`
  s.id, s.team_id as "teamId", s.area_id as "areaId", s.vehicle,
  (select count(*)::int from shift_members m where m.city_id = s.city_id and m.shift_id = s.id) as "memberCount",
  (select coalesce(jsonb_agg(distinct m.agency), '[]') from shift_members m
    where m.city_id = s.city_id and m.shift_id = s.id) as agencies,
  s.started_at as "startedAt", s.ended_at as "endedAt", s.check_in_minutes as "checkInMinutes",
  s.last_check_in_at as "lastCheckInAt",
  case when s.ended_at is null then s.last_check_in_at + s.check_in_minutes * interval '1 minute' end as "checkInDueAt"`;

/** Running shifts and those that ended within the last 12 h. */
export async function readShiftViews(db: Db, cityId: string): Promise<ShiftView[]> {
  return await db<ShiftView[]>`
    select ${viewColumns(db)} from shifts s
    where s.city_id = ${cityId} and (s.ended_at is null or s.ended_at > now() - interval '12 hours')
    order by s.started_at, s.id`;
}

export async function readShiftView(db: Db, cityId: string, id: string): Promise<ShiftView | null> {
  const [row] = await db<ShiftView[]>`
    select ${viewColumns(db)} from shifts s where s.city_id = ${cityId} and s.id = ${id}::uuid`;
  return row ?? null;
}

/** The shift of the team that ran at this moment, or null. */
export async function findShiftAt(
  db: Db,
  cityId: string,
  teamId: string,
  at: string,
): Promise<string | null> {
  const [row] = await db<{ id: string }[]>`
    select id from shifts
    where city_id = ${cityId} and team_id = ${teamId}::uuid and started_at <= ${at}::timestamptz
      and (ended_at is null or ended_at > ${at}::timestamptz)
    order by started_at desc, id limit 1`;
  return row?.id ?? null;
}

export interface ShiftSpan {
  id: string;
  teamId: string;
  startedAt: string;
  startedBy: string;
  endedAt: string | null;
}
const spanColumns = (db: Db) => db`
  id, team_id as "teamId", started_at as "startedAt", started_by as "startedBy", ended_at as "endedAt"`;

export async function readSpan(db: Db, cityId: string, id: string): Promise<ShiftSpan | null> {
  const [row] = await db<ShiftSpan[]>`
    select ${spanColumns(db)} from shifts where city_id = ${cityId} and id = ${id}::uuid`;
  return row ?? null;
}

/** The team's shift that a new one beginning at `at` would cut short, and the next one after it. */
export async function readNeighbours(
  db: Db,
  cityId: string,
  teamId: string,
  at: string,
): Promise<{ cut: ShiftSpan | null; next: ShiftSpan | null }> {
  const [cut] = await db<ShiftSpan[]>`
    select ${spanColumns(db)} from shifts
    where city_id = ${cityId} and team_id = ${teamId}::uuid and started_at <= ${at}::timestamptz
      and (ended_at is null or ended_at > ${at}::timestamptz)
    order by started_at desc, id limit 1`;
  const [next] = await db<ShiftSpan[]>`
    select ${spanColumns(db)} from shifts
    where city_id = ${cityId} and team_id = ${teamId}::uuid and started_at > ${at}::timestamptz
    order by started_at, id limit 1`;
  return { cut: cut ?? null, next: next ?? null };
}

export interface NewShift extends ShiftDraft {
  teamId: string;
  startedAt: string;
  startedBy: string;
  endedAt: string | null;
}
export async function insertShift(db: Db, cityId: string, shift: NewShift): Promise<void> {
  await db`
    insert into shifts (city_id, id, team_id, area_id, vehicle, started_at, started_by, ended_at, check_in_minutes,
      last_check_in_at, planned_end_at)
    values (${cityId}, ${shift.id}::uuid, ${shift.teamId}::uuid, ${shift.areaId}::uuid, ${shift.vehicle},
      ${shift.startedAt}::timestamptz, ${shift.startedBy}::uuid, ${shift.endedAt}::timestamptz,
      ${shift.checkInMinutes}::integer, ${shift.startedAt}::timestamptz, ${shift.plannedEndAt ?? null}::timestamptz)`;
  await db`
    insert into shift_members (city_id, shift_id, position, name, agency)
    select ${cityId}, ${shift.id}::uuid, place - 1, name, agency::agency
    from unnest(${shift.members.map(({ name }) => name)}::text[], ${shift.members.map(({ agency }) => agency)}::text[])
      with ordinality as m (name, agency, place)`;
}

export async function updateEnd(
  db: Db,
  cityId: string,
  id: string,
  endedAt: string,
): Promise<void> {
  await db`
    update shifts set ended_at = greatest(started_at, ${endedAt}::timestamptz)
    where city_id = ${cityId} and id = ${id}::uuid`;
}

/** False when one as late as this is known, or the shift is over. */
export async function updateCheckIn(
  db: Db,
  cityId: string,
  id: string,
  at: string,
): Promise<boolean> {
  const updated = await db`
    update shifts set last_check_in_at = ${at}::timestamptz
    where city_id = ${cityId} and id = ${id}::uuid and ended_at is null and last_check_in_at < ${at}::timestamptz`;
  return updated.count === 1;
}

export async function hasOpenShift(db: Db, cityId: string, teamId: string): Promise<boolean> {
  const rows = await db`
    select 1 from shifts where city_id = ${cityId} and team_id = ${teamId}::uuid and ended_at is null`;
  return rows.length > 0;
}

export async function readMembers(db: Db, cityId: string, shiftId: string): Promise<ShiftMember[]> {
  return await db<ShiftMember[]>`
    select name, agency from shift_members
    where city_id = ${cityId} and shift_id = ${shiftId}::uuid order by position`;
}

/** Of the shifts that began within the period; one that still runs counts up to now. */
export async function readTotals(
  db: Db,
  cityId: string,
  { from, to }: { from: string; to: string },
): Promise<ShiftTotals> {
  const [row] = await db<ShiftTotals[]>`
    with counted as (
      select s.vehicle, coalesce(s.ended_at, now()) - s.started_at as lasted,
        (select count(*) from shift_members m where m.city_id = s.city_id and m.shift_id = s.id) as members,
        (select count(distinct m.agency) from shift_members m
          where m.city_id = s.city_id and m.shift_id = s.id) as agencies
      from shifts s
      where s.city_id = ${cityId} and s.started_at >= ${from}::timestamptz and s.started_at < ${to}::timestamptz
    )
    select count(*)::int as shifts, count(*) filter (where agencies > 1)::int as "jointShifts",
      coalesce(sum(members), 0)::int as "personTimes", count(*) filter (where vehicle <> '')::int as "vehicleTrips",
      coalesce(floor(sum(extract(epoch from lasted)) / 60), 0)::int as minutes
    from counted`;
  return row!;
}
