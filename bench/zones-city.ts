// The past of a city, straight into its tables.
import { cellToLatLng } from 'h3-js';
import type { Database } from '../server/kernel/sql.ts';

/** Few cells have most of what was seen, as in every city; nearly all have had a look at some time. */
export async function fillCity(
  db: Database,
  cityId: string,
  cells: readonly string[],
  { reports, looks, keyPoints }: { reports: number; looks: number; keyPoints: number },
): Promise<void> {
  const { sql } = db;
  const places = cells.map((cell) => cellToLatLng(cell));
  const lats = places.map(([lat]) => lat);
  const lons = places.map(([, lon]) => lon);
  await sql`create table bench_cells as
    select i - 1 as i, cell, lat, lon from unnest(${[...cells]}::text[], ${lats}::float8[], ${lons}::float8[])
      with ordinality as t (cell, lat, lon, i)`;
  await sql`create index on bench_cells (i)`;
  await sql`analyze bench_cells`;
  await sql`select setseed(0.5)`;
  const rows = (count: number) => sql`
    (select n, (floor(random() ^ 3 * ${cells.length}) * 7919)::bigint % ${cells.length} as i,
      date_trunc('day', now()) - make_interval(days => (random() * 365)::int, mins => (random() * random() * 700)::int) as at
     from generate_series(1, ${count}) n)`;
  await sql`
    insert into sightings (city_id, id, position, cell, accuracy_meters, position_source, received_system, received_lon,
      received_lat, seen_at, received_at, progress_at, headcount, reporter_kind, state, closing)
    select ${cityId}, gen_random_uuid(), st_makepoint(lon, lat)::geography, cell, 10, 'gps', 'wgs84', lon, lat, at, at, at,
      1 + (random() ^ 4 * 4)::int, case when n % 4 = 0 then 'patrol' else 'public' end::reporter_kind, 'closed', 'other'
    from ${rows(reports)} r join bench_cells using (i)`;
  await sql`
    insert into cell_looks (city_id, id, lon, lat, cell, at, people)
    select ${cityId}, gen_random_uuid(), lon, lat, cell, at, case when n % 4 = 0 then 1 else 0 end
    from ${rows(looks)} r join bench_cells using (i)`;
  await sql`
    insert into cold_cells (city_id, cell, live_people, last_sighting_at, last_visit_at)
    select ${cityId}, cell, case when i % 100 = 0 then 1 + i % 3 else 0 end,
      (select max(seen_at) from sightings s where s.city_id = ${cityId} and s.cell = b.cell),
      case when i % 20 = 0 then now() - make_interval(mins => (random() * 600)::int)
        else (select max(at) from cell_looks l where l.city_id = ${cityId} and l.cell = b.cell) end
    from bench_cells b`;
  await sql`
    insert into key_points (city_id, id, name, kind, position, radius_meters, from_hour, to_hour, normal_every_minutes,
      cold_every_minutes, source)
    select ${cityId}, gen_random_uuid(), cell, 'underpass', st_makepoint(lon, lat)::geography, 30, 20, 6, 240, 120, 'drawn'
    from bench_cells order by hashtext(cell) limit ${keyPoints}`;
  await sql`vacuum analyze`;
}
