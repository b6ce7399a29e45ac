// The SQL that writes whole sightings; every write leaves a row in the history.
import type {
  CoordinateSystem,
  Need,
  ReporterKind,
  SightingProgress,
  VulnerableFlag,
  positionSources,
} from '../../shared/sightings/schema.ts';
import { asJson } from '../kernel/sql.ts';
import type { Db } from '../kernel/sql.ts';

/** What of a sighting its reporter says; positions in WGS-84, `received*` as they came in. */
export interface SightingContent {
  id: string;
  lon: number;
  lat: number;
  /** H3 cell of the position, of the resolution the cold cells have */
  cell: string;
  accuracyMeters: number;
  positionSource: (typeof positionSources)[number];
  addressText: string;
  system: CoordinateSystem;
  receivedLon: number;
  receivedLat: number;
  seenAt: string;
  headcount: number;
  flags: VulnerableFlag[];
  needs: Need[];
  note: string;
  contactPhone: string;
}

export interface NewSighting extends SightingContent {
  kind: ReporterKind;
  reporterId: string | null;
  deviceId: string | null;
  trackingCode: string | null;
}

/** `known`: there is a sighting of this id; `code_taken`: another one has its tracking code. */
export type Judgement = 'new' | 'known' | 'outside' | 'code_taken';

/** What is to become of each, by id. Ids must be distinct; the caller holds the city's lock. */
export async function judgeSightings(
  db: Db,
  cityId: string,
  sightings: readonly NewSighting[],
): Promise<Map<string, Judgement>> {
  const column = <K extends keyof NewSighting>(key: K) => sightings.map((one) => one[key]);
  const rows = await db<{ id: string; judgement: Judgement }[]>`
    with boundary as materialized (
      select boundary::geometry as shape from cities where id = ${cityId}
    )
    select i.id, case
      when exists (select 1 from sightings s where s.city_id = ${cityId} and s.id = i.id) then 'known'
      when not st_covers((select shape from boundary), st_setsrid(st_makepoint(i.lon, i.lat), 4326)) then 'outside'
      when i.code is not null and exists (
        select 1 from sightings s where s.city_id = ${cityId} and s.tracking_code = i.code) then 'code_taken'
      else 'new' end as judgement
    from unnest(${column('id')}::uuid[], ${column('lon')}::float8[], ${column('lat')}::float8[],
      ${column('trackingCode')}::text[]) as i (id, lon, lat, code)`;
  return new Map(rows.map(({ id, judgement }) => [id, judgement]));
}

/** Where the grouping puts a sighting. */
export interface GroupedSighting extends NewSighting {
  isCore: boolean;
  componentKey: string | null;
  clusterId: string | null;
}

/** Inserts new sightings with their place in the grouping and the first row of their history. */
export async function insertSightings(
  db: Db,
  cityId: string,
  now: string,
  sightings: readonly GroupedSighting[],
): Promise<void> {
  await db`
    with recorded as (
      insert into sightings (city_id, id, position, cell, accuracy_meters, position_source, address_text,
        received_system, received_lon, received_lat, seen_at, received_at, progress_at, headcount, flags,
        needs, note, contact_phone, reporter_kind, reporter_id, device_id, tracking_code, is_core,
        component_id, cluster_id)
      select ${cityId}, id, st_makepoint(lon, lat)::geography, cell, "accuracyMeters", "positionSource", "addressText",
        system, "receivedLon", "receivedLat", "seenAt", ${now}::timestamptz, ${now}::timestamptz, headcount,
        flags, needs, note, "contactPhone", kind, "reporterId", "deviceId", "trackingCode", "isCore",
        "componentKey", "clusterId"
      from json_to_recordset(${asJson(db, sightings)}) as r (
        id uuid, lon float8, lat float8, cell text, "accuracyMeters" real, "positionSource" position_source,
        "addressText" text, system coordinate_system, "receivedLon" float8, "receivedLat" float8,
        "seenAt" timestamptz, headcount smallint, flags vulnerable_flag[], needs need[], note text,
        "contactPhone" text, kind reporter_kind, "reporterId" uuid, "deviceId" uuid, "trackingCode" text,
        "isCore" boolean, "componentKey" uuid, "clusterId" uuid)
      returning id, reporter_id, device_id
    )
    insert into sighting_history (city_id, sighting_id, version, at, user_id, device_id, change)
    select ${cityId}, id, 1, ${now}::timestamptz, reporter_id, device_id, 'recorded' from recorded`;
}

export interface KnownReport {
  id: string;
  receivedAt: string;
  progress: SightingProgress;
  trackingCode: string | null;
  reporterId: string | null;
  deviceId: string | null;
}

/** What a report that was sent again is answered with. */
export async function readKnownReports(
  db: Db,
  cityId: string,
  ids: readonly string[],
): Promise<Map<string, KnownReport>> {
  if (ids.length === 0) return new Map();
  const rows = await db<KnownReport[]>`
    select id, received_at as "receivedAt", progress, tracking_code as "trackingCode",
      reporter_id as "reporterId", device_id as "deviceId"
    from sightings where city_id = ${cityId} and id = any (${[...ids]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** The editable content as it stands, in the shape it arrives in. */
export async function readSightingContent(
  db: Db,
  cityId: string,
  id: string,
): Promise<SightingContent | null> {
  const [row] = await db<SightingContent[]>`
    select id, st_x(position::geometry) as lon, st_y(position::geometry) as lat, cell,
      accuracy_meters as "accuracyMeters", position_source as "positionSource",
      address_text as "addressText", received_system as system, received_lon as "receivedLon",
      received_lat as "receivedLat", seen_at as "seenAt", headcount, flags::text[] as flags,
      needs::text[] as needs, note, contact_phone as "contactPhone"
    from sightings where city_id = ${cityId} and id = ${id}`;
  return row ?? null;
}

/** Overwrites the content and keeps in the history what changed. The caller holds the city's lock. */
export async function updateSightingContent(
  db: Db,
  cityId: string,
  now: string,
  userId: string,
  content: SightingContent,
  changed: { before: Record<string, unknown>; after: Record<string, unknown> },
): Promise<void> {
  await db`
    with updated as (
      update sightings set position = st_makepoint(${content.lon}, ${content.lat})::geography,
        cell = ${content.cell}, accuracy_meters = ${content.accuracyMeters}, position_source = ${content.positionSource},
        address_text = ${content.addressText}, received_system = ${content.system},
        received_lon = ${content.receivedLon}, received_lat = ${content.receivedLat},
        seen_at = ${content.seenAt}, headcount = ${content.headcount},
        flags = ${content.flags}::text[]::vulnerable_flag[], needs = ${content.needs}::text[]::need[],
        note = ${content.note}, contact_phone = ${content.contactPhone}, version = version + 1
      where city_id = ${cityId} and id = ${content.id}
      returning id, version
    )
    insert into sighting_history (city_id, sighting_id, version, at, user_id, change, before, after)
    select ${cityId}, id, version, ${now}::timestamptz, ${userId}, 'edited',
      ${db.json(changed.before as never)}::jsonb, ${db.json(changed.after as never)}::jsonb
    from updated`;
}

/** Did anybody else change what is said of it after this version? */
export async function isEditedByOthersSince(
  db: Db,
  cityId: string,
  { id, version, userId }: { id: string; version: number; userId: string },
): Promise<boolean> {
  const rows = await db`
    select 1 from sighting_history
    where city_id = ${cityId} and sighting_id = ${id} and version > ${version} and change = 'edited'
      and user_id is distinct from ${userId} limit 1`;
  return rows.length > 0;
}
