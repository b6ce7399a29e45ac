import type { AlarmKind, AlarmView } from '../../shared/crew/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { Db } from '../kernel/sql.ts';

const viewColumns = (db: Db) => db`
  a.id, a.kind, a.team_id as "teamId", a.shift_id as "shiftId", a.raised_at as "raisedAt",
  a.received_at as "receivedAt", st_x(a.position::geometry) as lon, st_y(a.position::geometry) as lat,
  a.position_accuracy_meters as "accuracyMeters", a.positioned_at as "positionedAt",
  a.acknowledged_at as "acknowledgedAt", u.display_name as "acknowledgedByName", a.ended_at as "endedAt"`;

const withPeople = (db: Db) => db`
  alarms a left join users u on u.city_id = a.city_id and u.id = a.acknowledged_by`;

/** Alarms that nobody has ended yet. */
export async function readOpenAlarmViews(db: Db, cityId: string): Promise<AlarmView[]> {
  return await db<AlarmView[]>`
    select ${viewColumns(db)} from ${withPeople(db)}
    where a.city_id = ${cityId} and a.ended_at is null order by a.raised_at, a.id`;
}

export async function readAlarmView(db: Db, cityId: string, id: string): Promise<AlarmView | null> {
  const [row] = await db<AlarmView[]>`
    select ${viewColumns(db)} from ${withPeople(db)} where a.city_id = ${cityId} and a.id = ${id}::uuid`;
  return row ?? null;
}

/** What the server heard last of the team's place. */
export interface LastPlace extends Position {
  accuracyMeters: number;
  at: string;
}
export async function readLastPlace(
  db: Db,
  cityId: string,
  teamId: string,
): Promise<LastPlace | null> {
  const [row] = await db<LastPlace[]>`
    select st_x(position::geometry) as lon, st_y(position::geometry) as lat,
      coalesce(position_accuracy_meters, 0) as "accuracyMeters", positioned_at as at
    from teams where city_id = ${cityId} and id = ${teamId}::uuid and position is not null`;
  return row ?? null;
}

export interface NewAlarm {
  id: string;
  kind: AlarmKind;
  teamId: string;
  shiftId: string | null;
  raisedBy: string | null;
  raisedAt: string;
  receivedAt: string;
  place: LastPlace | null;
}
/** False when it is there already: the same one again, or a check-in that was told as missed before. */
export async function insertAlarm(db: Db, cityId: string, alarm: NewAlarm): Promise<boolean> {
  const { place } = alarm;
  const position =
    place === null
      ? db`null`
      : db`st_setsrid(st_makepoint(${place.lon}::float8, ${place.lat}::float8), 4326)::geography`;
  const inserted = await db`
    insert into alarms (city_id, id, kind, team_id, shift_id, raised_by, raised_at, received_at, position,
      position_accuracy_meters, positioned_at)
    values (${cityId}, ${alarm.id}::uuid, ${alarm.kind}::alarm_kind, ${alarm.teamId}::uuid, ${alarm.shiftId}::uuid,
      ${alarm.raisedBy}::uuid, ${alarm.raisedAt}::timestamptz, ${alarm.receivedAt}::timestamptz, ${position},
      ${place?.accuracyMeters ?? null}::real, ${place?.at ?? null}::timestamptz)
    on conflict do nothing`;
  return inserted.count === 1;
}

/** The first who says so counts. */
export async function updateAcknowledged(
  db: Db,
  cityId: string,
  id: string,
  { at, by }: { at: string; by: string },
): Promise<boolean> {
  const updated = await db`
    update alarms set acknowledged_at = ${at}::timestamptz, acknowledged_by = ${by}::uuid
    where city_id = ${cityId} and id = ${id}::uuid and acknowledged_at is null and ended_at is null`;
  return updated.count === 1;
}

export async function updateEnded(
  db: Db,
  cityId: string,
  id: string,
  { at, by, note }: { at: string; by: string; note: string },
): Promise<boolean> {
  const updated = await db`
    update alarms set ended_at = ${at}::timestamptz, ended_by = ${by}::uuid, end_note = ${note}
    where city_id = ${cityId} and id = ${id}::uuid and ended_at is null`;
  return updated.count === 1;
}

/**
 * Ends those of the shift that nobody has acknowledged; their ids.
 * @param sign a sign of life ends only what would not have been owed yet had it been known; null = the shift is over
 */
export async function updateMissedEnded(
  db: Db,
  cityId: string,
  shiftId: string,
  { at, by, sign }: { at: string; by: string; sign: string | null },
): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    update alarms set ended_at = ${at}::timestamptz, ended_by = ${by}::uuid
    where city_id = ${cityId} and shift_id = ${shiftId}::uuid and kind = 'missed_check_in'
      and acknowledged_at is null and ended_at is null
      and (${sign}::timestamptz is null or raised_at < (
        select ${sign}::timestamptz + s.check_in_minutes * interval '1 minute' from shifts s
        where s.city_id = ${cityId} and s.id = ${shiftId}::uuid))
    returning id`;
  return rows.map(({ id }) => id);
}

export interface OverdueShift {
  cityId: string;
  shiftId: string;
  teamId: string;
  dueAt: string;
}
/**
 * Running shifts whose check-in did not come and about which no alarm is open. Time runs from the last check-in, or
 * from when the desk ended the last alarm about one.
 * @param cityId null = of every city
 */
export async function findOverdueShifts(db: Db, cityId: string | null): Promise<OverdueShift[]> {
  return await db<OverdueShift[]>`
    select city_id as "cityId", id as "shiftId", team_id as "teamId", due_at as "dueAt"
    from (
      select s.city_id, s.id, s.team_id,
        greatest(s.last_check_in_at, (select max(a.ended_at) from alarms a
          where a.city_id = s.city_id and a.shift_id = s.id and a.kind = 'missed_check_in'
            and a.acknowledged_at is not null)) + s.check_in_minutes * interval '1 minute' as due_at
      from shifts s
      where s.ended_at is null and s.check_in_minutes is not null
        and (${cityId}::text is null or s.city_id = ${cityId}::text)
        and not exists (select 1 from alarms a where a.city_id = s.city_id and a.shift_id = s.id
          and a.kind = 'missed_check_in' and a.ended_at is null)) as watched
    where due_at < clock_timestamp() order by due_at, id`;
}
