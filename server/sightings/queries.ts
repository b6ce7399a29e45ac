import type {
  OwnReport,
  SightingDetail,
  SightingHistoryEntry,
  SightingProgress,
  SightingState,
  SightingView,
} from '../../shared/sightings/schema.ts';
import { viewResolution } from '../../shared/realtime/events.ts';
import type { Audience, CityEventBody } from '../../shared/realtime/events.ts';
import { latLngToCell } from 'h3-js';
import type { Db } from '../kernel/sql.ts';

/** Who made a report: somebody signed in, or a browser. */
export type Reporter = { userId: string } | { deviceId: string };

const viewColumns = (db: Db) => db`
  s.id, st_x(s.position::geometry) as lon, st_y(s.position::geometry) as lat,
  s.accuracy_meters as "accuracyMeters", s.headcount, s.flags::text[] as flags,
  s.reporter_kind as "reporterKind", s.seen_at as "seenAt", s.received_at as "receivedAt", s.state,
  s.cluster_id as "clusterId", s.placement`;

const ownColumns = (db: Db) => db`
  s.id, st_x(s.position::geometry) as lon, st_y(s.position::geometry) as lat,
  s.address_text as "addressText", s.headcount, s.seen_at as "seenAt", s.received_at as "receivedAt",
  s.state, s.progress, s.progress_at as "progressAt"`;

/** Live sightings; with `cells` (H3 resolution 6) those inside them. */
export async function readSightingViews(
  db: Db,
  cityId: string,
  cells: readonly string[] | null,
): Promise<SightingView[]> {
  const rows = await db<SightingView[]>`
    select ${viewColumns(db)} from sightings s where s.city_id = ${cityId} and s.state = 'live'`;
  if (cells === null) return [...rows];
  const wanted = new Set(cells);
  return rows.filter(({ lat, lon }) => wanted.has(latLngToCell(lat, lon, viewResolution)));
}

/** The views of these sightings, whatever their state. */
export async function readSightingViewsById(
  db: Db,
  cityId: string,
  ids: readonly string[],
): Promise<SightingView[]> {
  return await db<SightingView[]>`
    select ${viewColumns(db)} from unnest(${[...ids]}::uuid[]) as wanted (id)
    join sightings s on s.city_id = ${cityId} and s.id = wanted.id`;
}

export async function findSightingDetail(
  db: Db,
  cityId: string,
  id: string,
): Promise<SightingDetail | null> {
  const [row] = await db<SightingDetail[]>`
    select ${viewColumns(db)}, s.version, s.position_source as "positionSource",
      s.address_text as "addressText", s.received_system as system, s.received_lon as "receivedLon",
      s.received_lat as "receivedLat", s.needs::text[] as needs, s.note, s.contact_phone as "contactPhone",
      s.reporter_id as "reporterId", u.display_name as "reporterName", s.closing,
      s.duplicate_of as "duplicateOf", s.progress
    from sightings s left join users u on u.city_id = s.city_id and u.id = s.reporter_id
    where s.city_id = ${cityId} and s.id = ${id}`;
  return row ?? null;
}

export async function readSightingHistory(
  db: Db,
  cityId: string,
  id: string,
): Promise<SightingHistoryEntry[]> {
  return await db<SightingHistoryEntry[]>`
    select h.version, h.at, u.display_name as "userName", h.change, h.before, h.after
    from sighting_history h left join users u on u.city_id = h.city_id and u.id = h.user_id
    where h.city_id = ${cityId} and h.sighting_id = ${id} order by h.version`;
}

/** How many of somebody's own reports a screen starts with, newest first. */
const ownReportLimit = 100;

export async function readOwnReports(
  db: Db,
  cityId: string,
  reporter: Reporter,
): Promise<OwnReport[]> {
  const mine =
    'userId' in reporter
      ? db`s.reporter_id = ${reporter.userId}`
      : db`s.device_id = ${reporter.deviceId}`;
  return await db<OwnReport[]>`
    select ${ownColumns(db)} from sightings s
    where s.city_id = ${cityId} and ${mine} order by s.received_at desc limit ${ownReportLimit}`;
}

export interface OwnReportRow extends OwnReport {
  reporterId: string | null;
  deviceId: string | null;
}

/** Own-report views of these sightings, each with whom it is for. */
export async function readOwnReportsById(
  db: Db,
  cityId: string,
  ids: readonly string[],
): Promise<OwnReportRow[]> {
  return await db<OwnReportRow[]>`
    select ${ownColumns(db)}, s.reporter_id as "reporterId", s.device_id as "deviceId"
    from unnest(${[...ids]}::uuid[]) as wanted (id)
    join sightings s on s.city_id = ${cityId} and s.id = wanted.id`;
}

/** What the tracking code tells; null when there is no such code in the city. */
export async function findByTrackingCode(
  db: Db,
  cityId: string,
  code: string,
): Promise<{ progress: SightingProgress; receivedAt: string; progressAt: string } | null> {
  const [row] = await db<{ progress: SightingProgress; receivedAt: string; progressAt: string }[]>`
    select progress, received_at as "receivedAt", progress_at as "progressAt"
    from sightings where city_id = ${cityId} and tracking_code = ${code}`;
  return row ?? null;
}

/** Does the city's boundary, as it is drawn on the map, cover the place? False also when there is no such city. */
export async function isInsideCity(
  db: Db,
  cityId: string,
  position: { lon: number; lat: number },
): Promise<boolean> {
  const [row] = await db<{ inside: boolean }[]>`
    select st_covers(boundary::geometry, st_setsrid(st_makepoint(${position.lon}, ${position.lat}), 4326)) as inside
    from cities where id = ${cityId}`;
  return row?.inside ?? false;
}

/** What an action needs to know before it changes one. */
export interface SightingFacts {
  id: string;
  lon: number;
  lat: number;
  state: SightingState;
  version: number;
  reporterId: string | null;
  deviceId: string | null;
  clusterId: string | null;
  placement: 'apart' | 'with' | null;
  placementAnchor: string | null;
}

export async function findSighting(
  db: Db,
  cityId: string,
  id: string,
): Promise<SightingFacts | null> {
  const [row] = await db<SightingFacts[]>`
    select id, st_x(position::geometry) as lon, st_y(position::geometry) as lat, state, version,
      reporter_id as "reporterId", device_id as "deviceId", cluster_id as "clusterId", placement,
      placement_anchor as "placementAnchor"
    from sightings where city_id = ${cityId} and id = ${id}`;
  return row ?? null;
}

/** Who read a sighting with its free text and contact: personal data is never read without a trace. */
export async function recordSightingRead(
  db: Db,
  cityId: string,
  userId: string,
  sightingId: string,
): Promise<void> {
  await db`
    insert into audit_entries (city_id, id, user_id, action, subject)
    values (${cityId}, gen_random_uuid(), ${userId}, 'sighting.read', ${sightingId})`;
}

/** The event that tells the reporter, or the browser it was sent from, what became of a report; nobody else hears it. */
export function progressEvent(row: OwnReportRow): [CityEventBody, Audience] {
  const { reporterId, deviceId } = row;
  const { id, lon, lat, addressText, headcount, seenAt, receivedAt, state } = row;
  const { progress, progressAt } = row;
  const place = { id, lon, lat, addressText, headcount, seenAt, receivedAt };
  return [
    { kind: 'report.progressed', report: { ...place, state, progress, progressAt } },
    reporterId !== null ? `user:${reporterId}` : `device:${deviceId}`,
  ];
}

export interface Retirement {
  state: Exclude<SightingState, 'live'>;
  closing: 'attended' | 'duplicate' | 'mistaken' | 'other' | null;
  duplicateOf: string | null;
  /** null = as it was */
  progress: SightingProgress | null;
  change: 'withdrawn' | 'duplicate' | 'closed' | 'expired';
  userId: string | null;
}

export interface RetiredRow extends OwnReportRow {
  clusterId: string | null;
  placementAnchor: string | null;
}

/** Takes live sightings out of the grouping, with a row of history each; answers those that were still live. */
export async function retireSightings(
  db: Db,
  cityId: string,
  now: string,
  ids: readonly string[],
  how: Retirement,
): Promise<RetiredRow[]> {
  return await db<RetiredRow[]>`
    with s as (
      update sightings set state = ${how.state}, closing = ${how.closing}, duplicate_of = ${how.duplicateOf},
        progress = coalesce(${how.progress}::sighting_progress, progress),
        progress_at = case when progress <> ${how.progress}::sighting_progress then ${now}::timestamptz else progress_at end,
        version = version + 1, component_id = null, is_core = false
      where city_id = ${cityId} and id = any (${[...ids]}::uuid[]) and state = 'live'
      returning *
    ), noted as (
      insert into sighting_history (city_id, sighting_id, version, at, user_id, change, before, after)
      select ${cityId}, id, version, ${now}::timestamptz, ${how.userId}, ${how.change}, '{"state":"live"}'::jsonb,
        jsonb_strip_nulls(jsonb_build_object('state', state, 'closing', closing, 'duplicateOf', duplicate_of))
      from s
    )
    select ${ownColumns(db)}, s.reporter_id as "reporterId", s.device_id as "deviceId",
      s.cluster_id as "clusterId", s.placement_anchor as "placementAnchor"
    from s`;
}

/** Live sightings last seen before `before`, oldest first. */
export async function findLiveSeenBefore(
  db: Db,
  cityId: string,
  before: string,
  limit: number,
): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select id from sightings where city_id = ${cityId} and state = 'live' and seen_at < ${before}::timestamptz
    order by seen_at limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** Live sightings of a cluster that were there at `before`: seen and received by then. */
export async function findLiveOfCluster(
  db: Db,
  cityId: string,
  clusterId: string,
  before: string,
): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select id from sightings where city_id = ${cityId} and cluster_id = ${clusterId} and state = 'live'
      and seen_at <= ${before}::timestamptz and received_at <= ${before}::timestamptz order by id`;
  return rows.map(({ id }) => id);
}

/** Sets what became of a cluster's live reports, and of the duplicates among them; answers those it changed. */
export async function setReportProgress(
  db: Db,
  cityId: string,
  now: string,
  told: { clusterId: string; progress: SightingProgress; seenBy: string | null },
): Promise<OwnReportRow[]> {
  const { clusterId, progress, seenBy } = told;
  return await db<OwnReportRow[]>`
    update sightings s set progress = ${progress}, progress_at = ${now}::timestamptz
    where s.city_id = ${cityId} and s.cluster_id = ${clusterId} and s.progress <> ${progress}
      and (${seenBy}::timestamptz is null or s.seen_at <= ${seenBy}::timestamptz)
      and (s.state = 'live' or s.closing = 'duplicate')
    returning ${ownColumns(db)}, s.reporter_id as "reporterId", s.device_id as "deviceId"`;
}

/**
 * Live reports that came to another place are told what holds there: on the way where a team has accepted
 * or set off, received again where none has. Answers those it changed.
 */
export async function tellTheirWay(
  db: Db,
  cityId: string,
  now: string,
  ids: readonly string[],
): Promise<OwnReportRow[]> {
  if (ids.length === 0) return [];
  return await db<OwnReportRow[]>`
    update sightings s set progress_at = ${now}::timestamptz,
      progress = case s.progress when 'received' then 'on_the_way' else 'received' end::sighting_progress
    from unnest(${[...ids]}::uuid[]) as moved (id)
    where s.city_id = ${cityId} and s.id = moved.id and s.state = 'live'
      and s.progress = case when exists (
        select from dispatches d where d.city_id = ${cityId} and d.cluster_id = s.cluster_id
          and d.state in ('accepted', 'en_route'))
        then 'received' when exists (
        select from dispatches d where d.city_id = ${cityId} and d.cluster_id = s.cluster_id
          and d.state = 'on_scene')
        then null else 'on_the_way' end::sighting_progress
    returning ${ownColumns(db)}, s.reporter_id as "reporterId", s.device_id as "deviceId"`;
}
