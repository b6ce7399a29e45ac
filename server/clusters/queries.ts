import { latLngToCell } from 'h3-js';
import type { ClusterView, TimelineEntry } from '../../shared/clusters/schema.ts';
import { viewResolution } from '../../shared/realtime/events.ts';
import type { Db } from '../kernel/sql.ts';

/** Columns of table alias `c` that make a `ClusterView`. */
const clusterColumns = (db: Db) => db`
  c.id, c.open, st_x(c.center::geometry) as lon, st_y(c.center::geometry) as lat,
  c.radius_meters as "radiusMeters", c.headcount_low as "headcountLow", c.headcount_likely as "headcountLikely",
  c.report_count as "reportCount", c.reports_by_kind as "reportsByKind", c.flags::text[] as flags,
  c.needs::text[] as needs, c.first_seen_at as "firstSeenAt", c.last_seen_at as "lastSeenAt",
  c.attended_at as "attendedAt", c.not_found_count as "notFoundCount", c.by_hand as "byHand",
  c.created_at as "createdAt", c.ended_at as "endedAt", c.end_reason as "endReason",
  c.merged_into as "mergedInto"`;

/** Open clusters; with `cells` (H3 resolution 6) those whose centre is inside them. */
export async function readOpenClusterViews(
  db: Db,
  cityId: string,
  cells: readonly string[] | null,
): Promise<ClusterView[]> {
  const rows = await db<ClusterView[]>`
    select ${clusterColumns(db)} from clusters c where c.city_id = ${cityId} and c.open`;
  if (cells === null) return [...rows];
  const wanted = new Set(cells);
  return rows.filter(({ lat, lon }) => wanted.has(latLngToCell(lat, lon, viewResolution)));
}

export async function readOpenClusterIds(db: Db, cityId: string): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select id from clusters where city_id = ${cityId} and open`;
  return rows.map(({ id }) => id);
}

/** One cluster, open or ended. */
export async function readClusterView(
  db: Db,
  cityId: string,
  id: string,
): Promise<ClusterView | null> {
  const [row] = await db<ClusterView[]>`
    select ${clusterColumns(db)} from clusters c where c.city_id = ${cityId} and c.id = ${id}`;
  return row ?? null;
}

/** Ids of its live sightings, oldest report first. */
export async function readLiveMemberIds(
  db: Db,
  cityId: string,
  clusterId: string,
): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select id from sightings where city_id = ${cityId} and cluster_id = ${clusterId} and state = 'live'
    order by received_at, id`;
  return rows.map(({ id }) => id);
}

/** What happened at it, oldest first. */
export async function readTimeline(
  db: Db,
  cityId: string,
  clusterId: string,
): Promise<TimelineEntry[]> {
  return await db<TimelineEntry[]>`
    select t.id, t.at, t.kind, u.display_name as "userName", t.details
    from cluster_timeline t left join users u on u.city_id = t.city_id and u.id = t.user_id
    where t.city_id = ${cityId} and t.cluster_id = ${clusterId} order by t.at, t.id`;
}

/** The live sighting a new one is pulled in with: the oldest that the automatic rule put there, else the oldest. */
export async function findAnchor(
  db: Db,
  cityId: string,
  clusterId: string,
  exceptId: string,
): Promise<string | null> {
  const [row] = await db<{ id: string }[]>`
    select id from sightings
    where city_id = ${cityId} and cluster_id = ${clusterId} and state = 'live' and id <> ${exceptId}
      and placement_anchor is distinct from ${exceptId}::uuid
    order by placement is distinct from 'with' desc, placement is null desc, received_at, id limit 1`;
  return row?.id ?? null;
}

/** An open cluster as it is before a regrouping, with those on their way to it. */
export interface FormerCluster extends ClusterView {
  /** Active ones, the main one first. */
  dispatches: { id: string; lon: number; lat: number; offeredAt: string; supporting: boolean }[];
}

export async function readFormerClusters(
  db: Db,
  cityId: string,
  ids: readonly string[],
): Promise<FormerCluster[]> {
  if (ids.length === 0) return [];
  return await db<FormerCluster[]>`
    select ${formerColumns(db)}
    from unnest(${[...ids]}::uuid[]) as wanted (id)
    join clusters c on c.city_id = ${cityId} and c.id = wanted.id and c.open
    left join lateral (${onTheirWay(db)}) d on true
    order by c.id`;
}

/** Kept open for a team on its way, though nobody is reported there any more. */
export async function readWaitingClusters(db: Db, cityId: string): Promise<FormerCluster[]> {
  return await db<FormerCluster[]>`
    select ${formerColumns(db)}
    from clusters c join lateral (${onTheirWay(db)}) d on d.dispatches is not null
    where c.city_id = ${cityId} and c.open and c.report_count = 0
    order by c.id`;
}

const formerColumns = (db: Db) => db`
  ${clusterColumns(db)}, coalesce(d.dispatches, '[]'::jsonb) as dispatches`;

/** The active dispatches to a cluster `c`; whoever is sent to a person met before keeps no place open. */
const onTheirWay = (db: Db) => db`
  select jsonb_agg(jsonb_build_object(
    'id', d.id, 'lon', st_x(d.target::geometry), 'lat', st_y(d.target::geometry),
    'offeredAt', d.offered_at, 'supporting', d.supporting) order by d.supporting, d.offered_at, d.id) as dispatches
  from dispatches d
  where d.city_id = c.city_id and d.cluster_id = c.id and d.recheck_id is null and d.ended_at is null`;
