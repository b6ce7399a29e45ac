// Rows whose cell is not told, or of another resolution than the city's.
import type { Position } from '../../shared/geo/position.ts';
import type { Db } from '../kernel/sql.ts';
import { nextSeq } from './cell-records.ts';
import { prefixOf } from './history.ts';

/** Looks of before the table was there: encounters, arrivals, the ledger of visits. Those it has already stay. */
export async function adoptLooks(db: Db, cityId: string): Promise<void> {
  await db`
    insert into cell_looks (city_id, id, lon, lat, at, people, place)
    select city_id, id, st_x(position::geometry), st_y(position::geometry), met_at,
      case when outcome in ('not_found', 'already_left') then 0 else 1 end, cluster_id
    from encounters where city_id = ${cityId}
    on conflict (city_id, id) do nothing`;
  await db`
    insert into cell_looks (city_id, id, lon, lat, at, people)
    select city_id, id, st_x(target::geometry), st_y(target::geometry), on_scene_at, null
    from dispatches where city_id = ${cityId} and on_scene_at is not null
    on conflict (city_id, id) do nothing`;
  await db`
    insert into cell_looks (city_id, id, lon, lat, at, people)
    select city_id, id, lon, lat, visited_to, 0 from visit_ledger where city_id = ${cityId}
    on conflict (city_id, id) do nothing`;
}

export type CellTable = 'sightings' | 'cell_looks';
export interface MisplacedRow extends Position {
  id: string;
}

/** The next rows after this id that have no cell of that resolution. */
export async function readMisplaced(
  db: Db,
  cityId: string,
  table: CellTable,
  from: { after: string; resolution: number; limit: number },
): Promise<MisplacedRow[]> {
  const { after, resolution, limit } = from;
  const position =
    table === 'sightings'
      ? db`st_x(position::geometry) as lon, st_y(position::geometry) as lat`
      : db`lon, lat`;
  return await db<MisplacedRow[]>`
    select id, ${position} from ${db(table)}
    where city_id = ${cityId} and id > ${after}::uuid and left(cell, 2) is distinct from ${prefixOf(resolution)}
    order by id limit ${limit}`;
}

/** Of those that nobody has given a cell of this resolution meanwhile. */
export async function writeCells(
  db: Db,
  cityId: string,
  table: CellTable,
  rows: readonly { id: string; cell: string }[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  await db`
    update ${db(table)} as t set cell = told.cell
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ cell }) => cell)}::text[]) as told (id, cell)
    where t.city_id = ${cityId} and t.id = told.id and left(t.cell, 2) is distinct from ${first.cell.slice(0, 2)}`;
}

/** The last visit of each of these cells from all looks at it. */
export async function recountVisits(
  db: Db,
  cityId: string,
  cells: readonly string[],
  now: string,
): Promise<void> {
  await db`
    insert into cold_cells as c (city_id, cell, last_visit_at, changed_seq)
    select ${cityId}, cell, least(max(at), ${now}::timestamptz), ${nextSeq(db, cityId)} from cell_looks
    where city_id = ${cityId} and cell = any (${[...cells]}::text[]) group by cell
    on conflict (city_id, cell) do update set
      last_visit_at = greatest(c.last_visit_at, excluded.last_visit_at), changed_seq = excluded.changed_seq`;
}

/** Takes away the facts of all cells of other resolutions and answers who may have been in them. */
export async function removeOtherCells(
  db: Db,
  cityId: string,
  resolution: number,
): Promise<{ cell: string; people: number; at: string }[]> {
  return await db<{ cell: string; people: number; at: string }[]>`
    with gone as (
      delete from cold_cells where city_id = ${cityId} and left(cell, 2) <> ${prefixOf(resolution)}
      returning cell, likely_people, likely_at)
    select cell, likely_people as people, likely_at as at from gone where likely_people > 0 order by likely_at, cell`;
}
