import type { AlarmView } from '../../shared/crew/schema.ts';
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
