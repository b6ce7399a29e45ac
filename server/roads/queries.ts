import type { z } from 'zod';
import { citySettingsSchema } from '../../shared/cities/schema.ts';
import type { ClosureView, closureDraftSchema, RoadConditions } from '../../shared/roads/schema.ts';
import type { Db } from '../kernel/sql.ts';

const columns = (db: Db) => db`
  id, st_asgeojson(boundary, 7)::jsonb as boundary, reason, closed_at as "closedAt", closed_by as "closedBy",
  opened_at as "openedAt", opened_by as "openedBy"`;

/** Those in force, the newest first. */
export async function readClosureViews(db: Db, cityId: string): Promise<ClosureView[]> {
  return await db<ClosureView[]>`
    select ${columns(db)} from road_closures
    where city_id = ${cityId} and opened_at is null order by closed_at desc, id`;
}

/** Also one that is open again. */
export async function readClosureView(
  db: Db,
  cityId: string,
  id: string,
): Promise<ClosureView | null> {
  const [closure] = await db<ClosureView[]>`
    select ${columns(db)} from road_closures where city_id = ${cityId} and id = ${id}::uuid`;
  return closure ?? null;
}

/** One that is there already stays as it is. */
export async function insertClosure(
  db: Db,
  cityId: string,
  closure: z.infer<typeof closureDraftSchema> & { by: string; at: string },
): Promise<void> {
  await db`
    insert into road_closures (city_id, id, boundary, reason, closed_by, closed_at)
    values (${cityId}, ${closure.id}::uuid, st_geomfromgeojson(${JSON.stringify(closure.boundary)})::geography,
            ${closure.reason}, ${closure.by}::uuid, ${closure.at}::timestamptz)
    on conflict (city_id, id) do nothing`;
}

export async function markOpened(
  db: Db,
  cityId: string,
  opened: { id: string; by: string; at: string },
): Promise<void> {
  await db`
    update road_closures set opened_at = ${opened.at}::timestamptz, opened_by = ${opened.by}::uuid
    where city_id = ${cityId} and id = ${opened.id}::uuid and opened_at is null`;
}

/** What travel in each city depends on; of all cities, or of one. */
export async function readConditions(
  db: Db,
  cityId: string | null,
): Promise<Map<string, RoadConditions>> {
  const rows = await db<
    { id: string; settings: unknown; closures: RoadConditions['closures'] | null }[]
  >`
    select c.id, c.settings, (
      select jsonb_agg(jsonb_build_object('id', r.id, 'boundary', st_asgeojson(r.boundary, 7)::jsonb) order by r.id)
      from road_closures r where r.city_id = c.id and r.opened_at is null) as closures
    from cities c where ${cityId === null ? db`true` : db`c.id = ${cityId}`}`;
  return new Map(
    rows.map(({ id, settings, closures }) => [
      id,
      {
        winterFactor: citySettingsSchema.parse(settings).winterFactor,
        closures: closures ?? [],
      },
    ]),
  );
}
