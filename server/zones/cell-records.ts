// Rows of cold cells and of the looks at them. Written only while the city's row is held.
import type { Position } from '../../shared/geo/position.ts';
import type { ColdCellView } from '../../shared/zones/schema.ts';
import type { Db } from '../kernel/sql.ts';

const cellColumns = (db: Db) => db`
  cell, live_people as "livePeople", likely_people as "likelyPeople", likely_at as "likelyAt",
  last_sighting_at as "lastSightingAt", last_visit_at as "lastVisitAt"`;

/** The number that the next event of the city gets at the earliest, while its row is held. */
export const nextSeq = (db: Db, cityId: string) => db`
  (select last_event_seq + 1 from cities where id = ${cityId})`;

/** Those that changed after this event; null = all where anybody was ever seen, may have gone, or any team has been. */
export async function readChangedCells(
  db: Db,
  cityId: string,
  since: number | null,
): Promise<ColdCellView[]> {
  return await db<ColdCellView[]>`
    select ${cellColumns(db)} from cold_cells
    where city_id = ${cityId} ${since === null ? db`` : db`and changed_seq > ${since}::bigint`}`;
}

/** Which forecast of the city's cells is stored, and the time now; revision 0 = none yet. */
export async function readForecastNews(
  db: Db,
  cityId: string,
): Promise<{ revision: number; at: string }> {
  const [row] = await db<{ revision: number; at: string }[]>`
    select coalesce((select revision from cell_forecasts where city_id = ${cityId}), 0) as revision,
      clock_timestamp() as at`;
  return row!;
}

export async function readForecastBytes(db: Db, cityId: string): Promise<Uint8Array | null> {
  const [row] = await db<{ field: Uint8Array | null }[]>`
    select field from cell_forecasts where city_id = ${cityId}`;
  return row?.field ?? null;
}

/** No city's window for live sightings is longer. */
const longestLiveDays = 14;

/**
 * Reads the facts of these cells anew from the sightings in them, in one statement, and returns the cells
 * that changed. Reports of one cluster are of the same people: a cell counts its largest headcount once.
 * Whoever was seen here after they may have come here is no longer guessed but reported.
 * The fence (`offset 0`) and the lack of a condition on the state inside keep it a walk along
 * `sightings_by_cell`: else a planner without statistics reads every live sighting of the city.
 */
export async function recountCells(
  db: Db,
  cityId: string,
  cells: readonly string[],
  now: string,
): Promise<ColdCellView[]> {
  const horizon = new Date(Date.parse(now) - longestLiveDays * 86_400_000).toISOString();
  return await db<ColdCellView[]>`
    with per_group as (
      select wanted.cell, max(s.headcount) filter (where s.state = 'live') as people,
        max(s.seen_at) filter (where s.state <> 'withdrawn') as last_at
      from unnest(${[...new Set(cells)].sort()}::text[]) as wanted (cell)
      left join lateral (
        select id, state, headcount, cluster_id, seen_at from sightings
        where city_id = ${cityId} and cell = wanted.cell and seen_at > ${horizon}::timestamptz offset 0) as s on true
      group by wanted.cell, coalesce(s.cluster_id, s.id)
    )
    insert into cold_cells as c (city_id, cell, live_people, last_sighting_at, changed_seq)
    select ${cityId}, cell, coalesce(sum(people), 0)::int, max(last_at), ${nextSeq(db, cityId)} from per_group group by cell
    on conflict (city_id, cell) do update set
      live_people = excluded.live_people, last_sighting_at = ${lastSighting(db, horizon)},
      likely_people = case when excluded.last_sighting_at > c.likely_at then 0 else c.likely_people end,
      changed_seq = excluded.changed_seq
    where (c.live_people, c.last_sighting_at) is distinct from (excluded.live_people, ${lastSighting(db, horizon)})
    returning ${cellColumns(db)}`;
}

/** The newest of the last days; without any, what is known from before them. */
const lastSighting = (db: Db, horizon: string) => db`
  coalesce(excluded.last_sighting_at, case when c.last_sighting_at <= ${horizon}::timestamptz then c.last_sighting_at end)`;

/**
 * A team was in the cell: nobody is guessed to be there any more. Null when that changes nothing, as a later visit
 * is known already.
 */
export async function updateVisit(
  db: Db,
  cityId: string,
  cell: string,
  at: string,
): Promise<ColdCellView | null> {
  const [visited] = await db<ColdCellView[]>`
    insert into cold_cells as c (city_id, cell, last_visit_at, changed_seq)
    values (${cityId}, ${cell}, ${at}::timestamptz, ${nextSeq(db, cityId)})
    on conflict (city_id, cell) do update set
      last_visit_at = excluded.last_visit_at,
      likely_people = case when excluded.last_visit_at >= c.likely_at then 0 else c.likely_people end,
      changed_seq = excluded.changed_seq
    where c.last_visit_at is null or c.last_visit_at < excluded.last_visit_at
    returning ${cellColumns(db)}`;
  return visited ?? null;
}

export interface Look {
  /** of what tells of it: the same twice counts once */
  id: string;
  position: Position;
  at: string;
  /** who was met; 0 = nobody was there; null = arrived, what was found is told by other looks */
  people: number | null;
  /** the cluster they were met at */
  place?: string;
}

export async function insertLook(db: Db, cityId: string, cell: string, look: Look): Promise<void> {
  const { id, position, at, people, place = null } = look;
  await db`
    insert into cell_looks (city_id, id, lon, lat, cell, at, people, place)
    values (${cityId}, ${id}::uuid, ${position.lon}, ${position.lat}, ${cell}, ${at}::timestamptz, ${people}::smallint,
            ${place}::uuid)
    on conflict (city_id, id) do nothing`;
}

/** Key points of the kinds there are within 150 m of the place, further away than that; the nearest first. */
export async function readSimilarPlaces(
  db: Db,
  cityId: string,
  { lon, lat }: Position,
  withinMeters: number,
): Promise<(Position & { distanceMeters: number })[]> {
  return await db<(Position & { distanceMeters: number })[]>`
    with here as (select st_setsrid(st_makepoint(${lon}, ${lat}), 4326)::geography as position)
    select st_x(p.position::geometry) as lon, st_y(p.position::geometry) as lat,
      st_distance(p.position, here.position) as "distanceMeters"
    from here join key_points p on p.city_id = ${cityId} and p.removed_at is null
      and st_dwithin(p.position, here.position, ${withinMeters}::float8)
    where not st_dwithin(p.position, here.position, 150) and p.kind in (
      select kind from key_points q where q.city_id = ${cityId} and q.removed_at is null
        and st_dwithin(q.position, here.position, 150))
    order by "distanceMeters" limit 20`;
}

/**
 * Adds to who may be in these cells, on top of what has not faded yet. A cell that was looked at, or reported in,
 * after this moment keeps what that told.
 */
export async function addLikely(
  db: Db,
  cityId: string,
  likely: readonly { cell: string; people: number }[],
  at: string,
  halfLifeHours: number,
): Promise<ColdCellView[]> {
  const byCell = new Map<string, number>();
  for (const { cell, people } of likely) byCell.set(cell, (byCell.get(cell) ?? 0) + people);
  if (byCell.size === 0) return [];
  return await db<ColdCellView[]>`
    insert into cold_cells as c (city_id, cell, likely_people, likely_at, changed_seq)
    select ${cityId}, cell, people, ${at}::timestamptz, ${nextSeq(db, cityId)}
    from unnest(${[...byCell.keys()]}::text[], ${[...byCell.values()]}::real[]) as told (cell, people)
    order by cell
    on conflict (city_id, cell) do update set
      likely_people = excluded.likely_people + case
        when c.likely_at is null then 0
        -- more than a float holds would be nothing anyway
        else c.likely_people * power(0.5, least(500, greatest(0,
          extract(epoch from ${at}::timestamptz - c.likely_at) / 3600 / ${halfLifeHours}::float8))) end,
      likely_at = greatest(c.likely_at, excluded.likely_at), changed_seq = excluded.changed_seq
    where coalesce(greatest(c.last_visit_at, c.last_sighting_at) <= excluded.likely_at, true)
    returning ${cellColumns(db)}`;
}
