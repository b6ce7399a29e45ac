import { latLngToCell } from 'h3-js';
import type { KeyPointView } from '../../shared/key-points/schema.ts';
import { viewResolution } from '../../shared/realtime/events.ts';
import type { Db } from '../kernel/sql.ts';

const viewColumns = (db: Db) => db`
  id, name, kind, st_x(position::geometry) as lon, st_y(position::geometry) as lat,
  radius_meters as "radiusMeters", from_hour as "fromHour", to_hour as "toHour",
  normal_every_minutes as "normalEveryMinutes", cold_every_minutes as "coldEveryMinutes", note, source,
  last_visit_at as "lastVisitAt", last_visit_how as "lastVisitHow",
  last_visit_team_id as "lastVisitTeamId", removed_at is not null as removed`;

/** The key points there are; with `cells` (H3 resolution 6) those inside them. */
export async function readKeyPointViews(
  db: Db,
  cityId: string,
  cells: readonly string[] | null,
): Promise<KeyPointView[]> {
  const rows = await db<KeyPointView[]>`
    select ${viewColumns(db)} from key_points where city_id = ${cityId} and removed_at is null order by name, id`;
  if (cells === null) return [...rows];
  const wanted = new Set(cells);
  return rows.filter(({ lat, lon }) => wanted.has(latLngToCell(lat, lon, viewResolution)));
}

/** One key point, also one that was removed. */
export async function readKeyPointView(
  db: Db,
  cityId: string,
  id: string,
): Promise<KeyPointView | null> {
  const [row] = await db<KeyPointView[]>`
    select ${viewColumns(db)} from key_points where city_id = ${cityId} and id = ${id}::uuid`;
  return row ?? null;
}
