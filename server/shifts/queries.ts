import type { ShiftView } from '../../shared/shifts/schema.ts';
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
