import type { z } from 'zod';
import type { ColdCellView, zoneDraftSchema, ZoneView } from '../../shared/zones/schema.ts';
import type { Db } from '../kernel/sql.ts';

const zoneColumns = (db: Db) => db`
  id, name, st_asgeojson(boundary, 7)::jsonb as boundary, weight, from_hour as "fromHour", to_hour as "toHour", note,
  removed_at is not null as removed`;

export async function readZoneViews(db: Db, cityId: string): Promise<ZoneView[]> {
  return await db<ZoneView[]>`
    select ${zoneColumns(db)} from zones where city_id = ${cityId} and removed_at is null order by name, id`;
}

/** One zone, also one that was removed. */
export async function readZoneView(db: Db, cityId: string, id: string): Promise<ZoneView | null> {
  const [zone] = await db<ZoneView[]>`
    select ${zoneColumns(db)} from zones where city_id = ${cityId} and id = ${id}::uuid`;
  return zone ?? null;
}

export async function upsertZone(
  db: Db,
  cityId: string,
  zone: z.infer<typeof zoneDraftSchema>,
): Promise<void> {
  await db`
    insert into zones (city_id, id, name, boundary, weight, from_hour, to_hour, note)
    values (${cityId}, ${zone.id}::uuid, ${zone.name}, st_geomfromgeojson(${JSON.stringify(zone.boundary)})::geography,
            ${zone.weight}::real, ${zone.fromHour}::smallint, ${zone.toHour}::smallint, ${zone.note})
    on conflict (city_id, id) do update set
      name = excluded.name, boundary = excluded.boundary, weight = excluded.weight, from_hour = excluded.from_hour,
      to_hour = excluded.to_hour, note = excluded.note`;
}

export async function markZoneRemoved(
  db: Db,
  cityId: string,
  id: string,
  at: string,
): Promise<void> {
  await db`
    update zones set removed_at = coalesce(removed_at, ${at}::timestamptz)
    where city_id = ${cityId} and id = ${id}::uuid`;
}

const cellColumns = (db: Db) => db`
  cell, live_people as "livePeople", recent_sightings as "recentSightings", last_sighting_at as "lastSightingAt",
  last_visit_at as "lastVisitAt"`;

/** Every cell where anybody was ever seen or any team has been. */
export async function readColdCellViews(db: Db, cityId: string): Promise<ColdCellView[]> {
  return await db<ColdCellView[]>`
    select ${cellColumns(db)} from cold_cells
    where city_id = ${cityId} order by cell`;
}

/**
 * Reads the facts of these cells anew from the sightings in them, in one statement, and returns the cells
 * that changed. Reports of one cluster are of the same people: a cell counts its largest headcount once.
 * The fence (`offset 0`) and the lack of a condition on the state inside keep it a walk along
 * `sightings_by_cell`: else a planner without statistics reads every live sighting of the city.
 * @param nights how far back a sighting counts as recent; no city's window for live ones is longer
 */
export async function recountCells(
  db: Db,
  cityId: string,
  cells: readonly string[],
  nights: number,
  now: string,
): Promise<ColdCellView[]> {
  const horizon = new Date(Date.parse(now) - nights * 86_400_000).toISOString();
  return await db<ColdCellView[]>`
    with per_group as (
      select wanted.cell, max(s.headcount) filter (where s.state = 'live') as people,
        count(s.id) filter (where s.state <> 'withdrawn') as recent,
        max(s.seen_at) filter (where s.state <> 'withdrawn') as last_at
      from unnest(${[...new Set(cells)].sort()}::text[]) as wanted (cell)
      left join lateral (
        select id, state, headcount, cluster_id, seen_at from sightings
        where city_id = ${cityId} and cell = wanted.cell and seen_at > ${horizon}::timestamptz offset 0) as s on true
      group by wanted.cell, coalesce(s.cluster_id, s.id)
    )
    insert into cold_cells as c (city_id, cell, live_people, recent_sightings, last_sighting_at)
    select ${cityId}, cell, coalesce(sum(people), 0)::int, sum(recent)::int, max(last_at) from per_group group by cell
    on conflict (city_id, cell) do update set
      live_people = excluded.live_people, recent_sightings = excluded.recent_sightings,
      last_sighting_at = ${lastSighting(db, horizon)}
    where (c.live_people, c.recent_sightings, c.last_sighting_at)
      is distinct from (excluded.live_people, excluded.recent_sightings, ${lastSighting(db, horizon)})
    returning ${cellColumns(db)}`;
}

/** The newest of the recent ones; without any, what is known from before them. */
const lastSighting = (db: Db, horizon: string) => db`
  coalesce(excluded.last_sighting_at, case when c.last_sighting_at <= ${horizon}::timestamptz then c.last_sighting_at end)`;

/** A team was in the cell; null when a later visit is known already. */
export async function updateVisit(
  db: Db,
  cityId: string,
  cell: string,
  at: string,
): Promise<ColdCellView | null> {
  const [visited] = await db<ColdCellView[]>`
    insert into cold_cells as c (city_id, cell, last_visit_at) values (${cityId}, ${cell}, ${at}::timestamptz)
    on conflict (city_id, cell) do update set last_visit_at = excluded.last_visit_at
    where c.last_visit_at is null or c.last_visit_at < excluded.last_visit_at
    returning ${cellColumns(db)}`;
  return visited ?? null;
}

/** Cells whose count of recent sightings is too high by now, for each city that has any. */
export async function findOutdatedCells(
  db: Db,
  nights: number,
): Promise<{ cityId: string; cells: string[] }[]> {
  return await db<{ cityId: string; cells: string[] }[]>`
    select c.city_id as "cityId", array_agg(c.cell order by c.cell) as cells
    from cold_cells c
    where c.recent_sightings > (select count(*) from sightings s
      where s.city_id = c.city_id and s.cell = c.cell and s.state <> 'withdrawn'
        and s.seen_at > now() - make_interval(days => ${nights}::int))
    group by c.city_id`;
}
