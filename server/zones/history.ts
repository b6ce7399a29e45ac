// What a city's cells have seen, as few large columns: one row of the answer per cell, its reports and looks packed.
import type { KeyPointPrior } from '../../shared/presence/schema.ts';
import { presenceKinds } from '../../shared/presence/schema.ts';
import type { Db, Sql } from '../kernel/sql.ts';
import { cellOf } from './cell-of.ts';

/** Rows of `rowBytes` each, big-endian: minutes since 1970 (4), people (2), kind (2), place (4). */
export const rowBytes = 12;
export interface PackedHistory {
  /** one more with each cell again, as looks come after reports */
  cells: string[];
  /** rows of each of these */
  counts: Uint32Array;
  rows: Uint8Array;
}

interface CellRows {
  cell: string;
  rows: Uint8Array;
}

/** Cells of one resolution follow each other. */
export const prefixOf = (resolution: number): string => `8${resolution.toString(16)}`;

const { publicReport, staffReport, met, nobody } = presenceKinds;

/**
 * A walk over all rows into one packet per cell: by the cell's letters, not by the rules of a language, and not along
 * an index, which would take the rows in an order that no disk has them in.
 * What was withdrawn, a mistake or told twice is no sign of anybody.
 */
async function readReports(db: Db, cityId: string, prefix: string): Promise<CellRows[]> {
  return await db<CellRows[]>`
    select cell collate "C" as cell, string_agg(int4send((date_part('epoch', seen_at) / 60)::int4) || int2send(headcount)
      || int2send((case when reporter_kind = 'patrol' then ${staffReport}::int else ${publicReport}::int end)::int2)
      || substring(uuid_send(coalesce(cluster_id, id)) from 13 for 4), ''::bytea) as rows
    from sightings
    where city_id = ${cityId} and cell like ${`${prefix}%`} and state <> 'withdrawn'
      and (closing is null or closing not in ('duplicate', 'mistaken'))
    group by cell collate "C"`;
}

/** Each person met has a look of their own: those met at one place in one night are one row together. */
async function readLooks(
  db: Db,
  cityId: string,
  prefix: string,
  timeZone: string,
): Promise<CellRows[]> {
  return await db<CellRows[]>`
    with looks as (
      select cell, max(at) as at, sum(people) as people, ${met}::int as kind, coalesce(place, (min(id::text))::uuid) as place
      from cell_looks
      where city_id = ${cityId} and cell like ${`${prefix}%`} and people > 0
      group by cell, cell_looks.place, ((at at time zone ${timeZone}) - interval '12 hours')::date
      union all
      select cell, at, 0, ${nobody}::int, id
      from cell_looks where city_id = ${cityId} and cell like ${`${prefix}%`} and people = 0
    )
    select cell collate "C" as cell, string_agg(int4send((date_part('epoch', at) / 60)::int4) || int2send(least(people, 1000)::int2)
      || int2send(kind::int2) || substring(uuid_send(place) from 13 for 4), ''::bytea) as rows
    from looks group by cell collate "C"`;
}

/** Tens of thousands of packets grow side by side; the few megabytes of the usual setting would go to the disk. */
const workMemory = '256MB';

export async function readPackedHistory(
  sql: Sql,
  cityId: string,
  { resolution, timeZone }: { resolution: number; timeZone: string },
): Promise<PackedHistory> {
  const prefix = prefixOf(resolution);
  const told: CellRows[] = [];
  await sql.begin('read only', async (tx) => {
    // To compile a query that runs once costs more than it saves.
    await tx`select set_config('work_mem', ${workMemory}, true), set_config('jit', 'off', true)`;
    told.push(...(await readReports(tx, cityId, prefix)));
    told.push(...(await readLooks(tx, cityId, prefix, timeZone)));
  });
  const counts = Uint32Array.from(told, ({ rows }) => rows.length / rowBytes);
  const rows = new Uint8Array(counts.reduce((sum, count) => sum + count, 0) * rowBytes);
  let at = 0;
  for (const one of told) {
    rows.set(one.rows, at);
    at += one.rows.length;
  }
  return { cells: told.map(({ cell }) => cell), counts, rows };
}

export async function readKeyPointPriors(
  db: Db,
  cityId: string,
  resolution: 9 | 10,
): Promise<KeyPointPrior[]> {
  const rows = await db<(Omit<KeyPointPrior, 'cell'> & { lon: number; lat: number })[]>`
    select kind, from_hour as "fromHour", to_hour as "toHour",
      st_x(position::geometry) as lon, st_y(position::geometry) as lat
    from key_points where city_id = ${cityId} and removed_at is null order by id`;
  return rows.map(({ lon, lat, ...prior }) => ({
    cell: cellOf({ lon, lat }, resolution),
    ...prior,
  }));
}
