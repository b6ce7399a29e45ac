import { citySettingsSchema } from '../../shared/cities/schema.ts';
import type { DwellPlace } from '../../shared/tracks/dwell.ts';
import type { TrackPoint } from '../../shared/tracks/schema.ts';
import type { Dwell, SliceFacts } from '../../shared/tracks/slices.ts';
import type { Db } from '../kernel/sql.ts';
import { asJson } from '../kernel/sql.ts';

export type TrackSource = 'app' | 'tracker';
export interface TeamRef {
  cityId: string;
  teamId: string;
}
const iso = (ms: number): string => new Date(ms).toISOString();
const msOf = (db: Db, column: string) => db`round(extract(epoch from ${db(column)}) * 1000)::int8`;

/** Until the transaction ends, nobody else on however many servers works on the track of this team. */
export async function lockTrack(db: Db, { cityId, teamId }: TeamRef): Promise<void> {
  await db`select pg_advisory_xact_lock(hashtextextended(${`track ${cityId} ${teamId}`}, 0))`;
}

/** Keeps those of moments not yet known, and returns these moments. */
export async function insertPoints(
  db: Db,
  { cityId, teamId }: TeamRef,
  source: TrackSource,
  points: readonly TrackPoint[],
): Promise<number[]> {
  const column = (at: 0 | 1 | 2 | 3 | 4 | 5) => points.map((point) => point[at]);
  const rows = await db<{ at: number }[]>`
    insert into track_points (city_id, team_id, at, lon, lat, accuracy_meters, speed_mps, heading_degrees, source, received_at)
    select ${cityId}, ${teamId}::uuid, to_timestamp(p.at / 1000.0), p.lon, p.lat, p.accuracy, p.speed, p.heading,
      ${source}::track_source, now()
    from unnest(${column(0)}::int8[], ${column(1)}::float8[], ${column(2)}::float8[], ${column(3)}::real[],
      ${column(4)}::real[], ${column(5)}::real[]) as p (at, lon, lat, accuracy, speed, heading)
    on conflict (city_id, team_id, at) do nothing
    returning ${msOf(db, 'at')} as at`;
  return rows.map(({ at }) => at);
}

export interface StoredPoint {
  source: TrackSource;
  point: TrackPoint;
}
/** In the order of time, of each span [from, to) in milliseconds since 1970; the spans don't overlap. */
export async function readPoints(
  db: Db,
  { cityId, teamId }: TeamRef,
  spans: readonly { from: number; to: number }[],
): Promise<StoredPoint[]> {
  const points: StoredPoint[] = [];
  for (const { from, to } of spans) {
    // One value of all rows: taking apart hundreds of rows costs more than reading them.
    const [row] = await db<{ points: [...TrackPoint, TrackSource][] | null }[]>`
      select json_agg(json_build_array(${msOf(db, 'at')}, lon, lat, accuracy_meters, speed_mps, heading_degrees, source)
        order by at) as points
      from track_points
      where city_id = ${cityId} and team_id = ${teamId}::uuid
        and at >= ${iso(from)}::timestamptz and at < ${iso(to)}::timestamptz`;
    for (const [at, lon, lat, accuracy, speed, heading, source] of row?.points ?? [])
      points.push({ source, point: [at, lon, lat, accuracy, speed, heading] });
  }
  return points;
}

/** How long somebody has to stay for it to count as a visit. */
export async function readDwellSeconds(db: Db, cityId: string): Promise<number> {
  const [city] = await db<
    { settings: unknown }[]
  >`select settings from cities where id = ${cityId}`;
  return citySettingsSchema.parse(city?.settings ?? {}).dwellSeconds;
}

/** Key points whose radius, with some slack, comes into this box. */
export async function readDwellPlaces(
  db: Db,
  cityId: string,
  [west, south, east, north]: readonly [number, number, number, number],
): Promise<DwellPlace[]> {
  // 600 m: the largest radius and the uncertainty of a fix; over a degree of latitude, and more than that of longitude
  const lat = 600 / 111_195;
  const lon =
    lat / Math.max(0.05, Math.cos((Math.max(Math.abs(south), Math.abs(north)) * Math.PI) / 180));
  return await db<DwellPlace[]>`
    select id, st_x(position::geometry) as lon, st_y(position::geometry) as lat, radius_meters as "radiusMeters"
    from key_points
    where city_id = ${cityId} and removed_at is null
      and position && st_makeenvelope(${west - lon}::float8, ${south - lat}::float8, ${east + lon}::float8,
        ${north + lat}::float8, 4326)::geography
    order by id`;
}

export interface StoredFacts {
  sliceAt: number;
  facts: SliceFacts;
}
/** Puts the facts of these slices in place of what was there; true when a dwell among them is not in the ledger. */
export async function upsertSlices(
  db: Db,
  { cityId, teamId }: TeamRef,
  streets: string,
  slices: readonly StoredFacts[],
): Promise<boolean> {
  const rows = slices.map(({ sliceAt, facts }) => ({
    at: iso(sliceAt),
    kept: facts.pointsKept,
    dropped: facts.pointsDropped,
    meters: facts.meters,
    stretches: facts.stretches,
    dwells: facts.dwells,
    minutes: facts.minutes,
    places: facts.dwells.map(({ keyPointId }) => keyPointId),
  }));
  const saved = await db<{ owed: boolean }[]>`
    insert into track_slices as t (city_id, team_id, slice_at, points_kept, points_dropped, meters, stretches, dwells,
      minutes, streets, dwells_owed)
    select ${cityId}, ${teamId}::uuid, s.at, s.kept, s.dropped, s.meters, s.stretches, s.dwells, s.minutes, ${streets},
      cardinality(s.places) > 0
    from json_to_recordset(${asJson(db, rows)}) as s (at timestamptz, kept integer, dropped integer, meters real,
      stretches jsonb, dwells jsonb, minutes jsonb, places uuid[])
    on conflict (city_id, team_id, slice_at) do update set
      points_kept = excluded.points_kept, points_dropped = excluded.points_dropped, meters = excluded.meters,
      stretches = excluded.stretches, dwells = excluded.dwells, minutes = excluded.minutes, streets = excluded.streets,
      stale_since = null,
      dwells_owed = exists (select from jsonb_array_elements(excluded.dwells) as d (dwell)
        where (d.dwell ->> 'keyPointId')::uuid <> all (t.recorded))
    returning dwells_owed as owed`;
  return saved.some(({ owed }) => owed);
}

/** Says of these slices that their facts have to be worked out anew. */
export async function markStale(
  db: Db,
  { cityId, teamId }: TeamRef,
  slices: readonly number[],
): Promise<void> {
  await db`
    insert into track_slices as t (city_id, team_id, slice_at, points_kept, points_dropped, meters, stale_since)
    select ${cityId}, ${teamId}::uuid, at, 0, 0, 0, now() from unnest(${slices.map(iso)}::timestamptz[]) as s (at)
    on conflict (city_id, team_id, slice_at) do update set stale_since = coalesce(t.stale_since, now())`;
}

/** Slices of the period that were worked out with other streets than these are to be worked out anew. */
export async function markOutdated(
  db: Db,
  cityId: string,
  period: { from: string; to: string },
  streets: string,
): Promise<void> {
  await db`
    update track_slices set stale_since = now()
    where city_id = ${cityId} and slice_at >= ${period.from}::timestamptz and slice_at < ${period.to}::timestamptz
      and streets <> ${streets} and stale_since is null`;
}

/** A few hours of them: more are for the next time. */
export async function readStaleSlices(db: Db, { cityId, teamId }: TeamRef): Promise<number[]> {
  const rows = await db<{ at: number }[]>`
    select ${msOf(db, 'slice_at')} as at from track_slices
    where city_id = ${cityId} and team_id = ${teamId}::uuid and stale_since is not null
    order by slice_at limit 36`;
  return rows.map(({ at }) => at);
}

/** Teams with something left to do since before `seconds` ago, those that wait longest first. */
export async function findUnsettled(db: Db, seconds: number, limit: number): Promise<TeamRef[]> {
  return await db<TeamRef[]>`
    select city_id as "cityId", team_id as "teamId" from track_slices
    where dwells_owed or stale_since is not null
    group by city_id, team_id
    having bool_or(dwells_owed) or min(stale_since) < now() - make_interval(secs => ${seconds}::float8)
    order by min(stale_since) nulls first limit ${limit}`;
}

export interface OwedDwells {
  sliceAt: number;
  dwells: Dwell[];
  recorded: string[];
}
export async function readOwedDwells(db: Db, { cityId, teamId }: TeamRef): Promise<OwedDwells[]> {
  return await db<OwedDwells[]>`
    select ${msOf(db, 'slice_at')} as "sliceAt", dwells, recorded from track_slices
    where city_id = ${cityId} and team_id = ${teamId}::uuid and dwells_owed order by slice_at`;
}

export async function markRecorded(
  db: Db,
  { cityId, teamId }: TeamRef,
  sliceAt: number,
  keyPointIds: readonly string[],
): Promise<void> {
  await db`
    update track_slices set recorded = ${keyPointIds}::uuid[], dwells_owed = false
    where city_id = ${cityId} and team_id = ${teamId}::uuid and slice_at = ${iso(sliceAt)}::timestamptz`;
}
