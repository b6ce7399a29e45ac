import { latLngToCell } from 'h3-js';
import type { Position } from '../../shared/geo/position.ts';
import type { KeyPointDraft, KeyPointView, VisitHow } from '../../shared/key-points/schema.ts';
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

const pointOf = (db: Db, { lon, lat }: Position) => db`
  st_setsrid(st_makepoint(${lon}::float8, ${lat}::float8), 4326)::geography`;

/** Which of these positions lie within the city's outline, in their order. */
export async function readWithinCity(
  db: Db,
  cityId: string,
  positions: readonly Position[],
): Promise<boolean[]> {
  const rows = await db<{ inside: boolean }[]>`
    select st_covers(c.boundary::geometry, st_setsrid(st_makepoint(p.lon, p.lat), 4326)) as inside
    from unnest(${positions.map(({ lon }) => lon)}::float8[], ${positions.map(({ lat }) => lat)}::float8[])
      with ordinality as p (lon, lat, place) join cities c on c.id = ${cityId} order by p.place`;
  return rows.map(({ inside }) => inside);
}

/** Draws or changes one; where it came from stays as it was. */
export async function upsertKeyPoint(db: Db, cityId: string, draft: KeyPointDraft): Promise<void> {
  await db`
    insert into key_points (city_id, id, name, kind, position, radius_meters, from_hour, to_hour,
      normal_every_minutes, cold_every_minutes, note, source)
    values (${cityId}, ${draft.id}::uuid, ${draft.name}, ${draft.kind}::key_point_kind, ${pointOf(db, draft.position)},
      ${draft.radiusMeters}::real, ${draft.fromHour}::smallint, ${draft.toHour}::smallint,
      ${draft.normalEveryMinutes}::integer, ${draft.coldEveryMinutes}::integer, ${draft.note}, 'drawn')
    on conflict (city_id, id) do update set ${changedColumns(db)}`;
}

const changedColumns = (db: Db) => db`
  name = excluded.name, kind = excluded.kind, position = excluded.position, radius_meters = excluded.radius_meters,
  from_hour = excluded.from_hour, to_hour = excluded.to_hour, normal_every_minutes = excluded.normal_every_minutes,
  cold_every_minutes = excluded.cold_every_minutes, note = excluded.note`;

export type ImportedKeyPoint = KeyPointDraft & { source: 'imported' | 'map'; sourceRef: string };

/** The one of this source and reference changes, and comes back when it was removed; else it is new. Its id. */
export async function upsertImported(
  db: Db,
  cityId: string,
  row: ImportedKeyPoint,
): Promise<string> {
  const [saved] = await db<{ id: string }[]>`
    insert into key_points (city_id, id, name, kind, position, radius_meters, from_hour, to_hour,
      normal_every_minutes, cold_every_minutes, note, source, source_ref)
    values (${cityId}, ${row.id}::uuid, ${row.name}, ${row.kind}::key_point_kind, ${pointOf(db, row.position)},
      ${row.radiusMeters}::real, ${row.fromHour}::smallint, ${row.toHour}::smallint,
      ${row.normalEveryMinutes}::integer, ${row.coldEveryMinutes}::integer, ${row.note}, ${row.source}, ${row.sourceRef})
    on conflict (city_id, source, source_ref) do update set ${changedColumns(db)}, removed_at = null
    returning id`;
  return saved!.id;
}

export interface KnownKeyPoint extends Position {
  id: string;
  /** null when it is of another source */
  sourceRef: string | null;
}
/** What is known already of these ids and references. */
export async function findKnown(
  db: Db,
  cityId: string,
  source: 'imported' | 'map',
  wanted: { ids: readonly string[]; refs: readonly string[] },
): Promise<KnownKeyPoint[]> {
  return await db<KnownKeyPoint[]>`
    select id, case when source = ${source} then source_ref end as "sourceRef",
      st_x(position::geometry) as lon, st_y(position::geometry) as lat
    from key_points
    where city_id = ${cityId}
      and (id = any (${wanted.ids}::uuid[]) or (source = ${source} and source_ref = any (${wanted.refs}::text[])))`;
}

export async function markKeyPointRemoved(
  db: Db,
  cityId: string,
  id: string,
  at: string,
): Promise<void> {
  await db`
    update key_points set removed_at = coalesce(removed_at, ${at}::timestamptz)
    where city_id = ${cityId} and id = ${id}::uuid`;
}

/** False when a later visit is known already. */
export async function updateLastVisit(
  db: Db,
  cityId: string,
  id: string,
  visit: { at: string; how: VisitHow; teamId: string | null },
): Promise<boolean> {
  const updated = await db`
    update key_points set last_visit_at = ${visit.at}::timestamptz, last_visit_how = ${visit.how}::visit_how,
      last_visit_team_id = ${visit.teamId}::uuid
    where city_id = ${cityId} and id = ${id}::uuid
      and (last_visit_at is null or last_visit_at < ${visit.at}::timestamptz)`;
  return updated.count === 1;
}

/** References of what was taken from the map and is still there. */
export async function readTakenRefs(db: Db, cityId: string): Promise<Set<string>> {
  const rows = await db<{ ref: string }[]>`
    select source_ref as ref from key_points
    where city_id = ${cityId} and source = 'map' and removed_at is null and source_ref is not null`;
  return new Set(rows.map(({ ref }) => ref));
}

/** Has this visit been written to the ledger? */
export async function hasVisit(db: Db, cityId: string, id: string): Promise<boolean> {
  const [found] = await db<{ id: string }[]>`
    select id from visit_ledger where city_id = ${cityId} and id = ${id}::uuid`;
  return found !== undefined;
}

export interface PastVisit {
  keyPointId: string;
  teamId: string | null;
  how: VisitHow;
  /** milliseconds since 1970, when it ended */
  at: number;
}

/** Every visit that ended within the period, and of each key point the last one before it; in order of time. */
export async function readVisits(
  db: Db,
  cityId: string,
  { from, to }: { from: string; to: string },
): Promise<PastVisit[]> {
  const rows = await db<(Omit<PastVisit, 'at'> & { at: string })[]>`
    select key_point_id as "keyPointId", team_id as "teamId", how, visited_to as at from visit_ledger
    where city_id = ${cityId} and visited_to >= ${from}::timestamptz and visited_to < ${to}::timestamptz
    union all
    select l.* from key_points k cross join lateral (
      select key_point_id, team_id, how, visited_to from visit_ledger
      where city_id = ${cityId} and key_point_id = k.id and visited_to < ${from}::timestamptz
      order by visited_to desc limit 1) as l
    where k.city_id = ${cityId} and k.removed_at is null
    order by at`;
  return rows.map(({ at, ...visit }) => ({ ...visit, at: Date.parse(at) }));
}
