/** The SQL that writes what is long over: clusters that ended, reports that were closed, encounters, rows of the ledger. */
import type { Outcome } from '../../shared/dispatch/schema.ts';
import type { LedgerFacts } from '../../shared/key-points/ledger.ts';
import type { ReporterKind, VulnerableFlag } from '../../shared/sightings/schema.ts';
import { asJson } from '../kernel/sql.ts';
import type { Db } from '../kernel/sql.ts';

export interface PastCluster {
  id: string;
  lon: number;
  lat: number;
  headcount: number;
  reportCount: number;
  reportsByKind: Record<string, number>;
  flags: VulnerableFlag[];
  firstSeenAt: string;
  lastSeenAt: string;
  attendedAt: string | null;
  notFoundCount: number;
  endedAt: string;
}

export async function insertPastClusters(
  db: Db,
  cityId: string,
  clusters: readonly PastCluster[],
): Promise<void> {
  await db`
    insert into clusters (city_id, id, open, center, radius_meters, headcount_low, headcount_likely, report_count,
      reports_by_kind, flags, first_seen_at, last_seen_at, attended_at, not_found_count, created_at, ended_at, end_reason)
    select ${cityId}, id, false, st_makepoint(lon, lat)::geography, 30, headcount, headcount, "reportCount",
      "reportsByKind", flags, "firstSeenAt", "lastSeenAt", "attendedAt", "notFoundCount", "firstSeenAt", "endedAt",
      'emptied'
    from json_to_recordset(${asJson(db, clusters)}) as r (
      id uuid, lon float8, lat float8, headcount integer, "reportCount" integer, "reportsByKind" jsonb,
      flags vulnerable_flag[], "firstSeenAt" timestamptz, "lastSeenAt" timestamptz, "attendedAt" timestamptz,
      "notFoundCount" integer, "endedAt" timestamptz)`;
}

export interface PastSighting {
  id: string;
  clusterId: string;
  lon: number;
  lat: number;
  cell: string;
  headcount: number;
  kind: ReporterKind;
  seenAt: string;
  /** a team came; else it was never looked for, and ended by itself */
  attended: boolean;
  flags: VulnerableFlag[];
}

export async function insertPastSightings(
  db: Db,
  cityId: string,
  sightings: readonly PastSighting[],
): Promise<void> {
  await db`
    insert into sightings (city_id, id, position, cell, accuracy_meters, position_source, received_system, received_lon,
      received_lat, seen_at, received_at, progress_at, headcount, flags, reporter_kind, state, closing, progress,
      cluster_id)
    select ${cityId}, id, st_makepoint(lon, lat)::geography, cell, 20, 'gps', 'wgs84', lon, lat, "seenAt", "seenAt",
      "seenAt", headcount, flags, kind,
      (case when attended then 'closed' else 'expired' end)::sighting_state,
      (case when attended then 'attended' end)::sighting_closing, 'closed', "clusterId"
    from json_to_recordset(${asJson(db, sightings)}) as r (
      id uuid, "clusterId" uuid, lon float8, lat float8, cell text, headcount smallint, kind reporter_kind,
      "seenAt" timestamptz, attended boolean, flags vulnerable_flag[])`;
}

export interface PastEncounter {
  id: string;
  clusterId: string;
  teamId: string;
  recordedBy: string;
  outcome: Outcome;
  lon: number;
  lat: number;
  flags: VulnerableFlag[];
  metAt: string;
}

export async function insertPastEncounters(
  db: Db,
  cityId: string,
  encounters: readonly PastEncounter[],
): Promise<void> {
  await db`
    insert into encounters (city_id, id, cluster_id, team_id, recorded_by, outcome, position, flags, met_at, received_at)
    select ${cityId}, id, "clusterId", "teamId", "recordedBy", outcome, st_makepoint(lon, lat)::geography, flags,
      "metAt", "metAt"
    from json_to_recordset(${asJson(db, encounters)}) as r (
      id uuid, "clusterId" uuid, "teamId" uuid, "recordedBy" uuid, outcome outcome, lon float8, lat float8,
      flags vulnerable_flag[], "metAt" timestamptz)`;
}

/** In the order of their numbers; the hashes are made by whoever gives them. */
export async function insertPastVisits(
  db: Db,
  rows: readonly (LedgerFacts & { previousHash: string; hash: string })[],
): Promise<void> {
  await db`
    insert into visit_ledger (city_id, seq, id, key_point_id, team_id, shift_id, user_id, how, visited_from, visited_to,
      lon, lat, note, recorded_at, previous_hash, hash)
    select "cityId", seq, id, "keyPointId", "teamId", "shiftId", "userId", how, "visitedFrom", "visitedTo", lon, lat,
      note, "recordedAt", decode("previousHash", 'hex'), decode(hash, 'hex')
    from json_to_recordset(${asJson(db, rows)}) as r (
      "cityId" text, seq bigint, id uuid, "keyPointId" uuid, "teamId" uuid, "shiftId" uuid, "userId" uuid,
      how visit_how, "visitedFrom" timestamptz, "visitedTo" timestamptz, lon float8, lat float8, note text,
      "recordedAt" timestamptz, "previousHash" text, hash text) order by seq`;
}

export interface PastCellLook {
  /** of the encounter, or of the row in the ledger */
  id: string;
  lon: number;
  lat: number;
  cell: string;
  at: string;
  people: number;
}

export async function insertPastLooks(
  db: Db,
  cityId: string,
  looks: readonly PastCellLook[],
): Promise<void> {
  await db`
    insert into cell_looks (city_id, id, lon, lat, cell, at, people)
    select ${cityId}, id, lon, lat, cell, at, people
    from json_to_recordset(${asJson(db, looks)}) as r (
      id uuid, lon float8, lat float8, cell text, at timestamptz, people smallint)`;
}

/** When somebody was last seen in each cell, and when a team was last there, from the rows above. */
export async function insertPastCells(db: Db, cityId: string): Promise<void> {
  await db`
    insert into cold_cells (city_id, cell, last_sighting_at, last_visit_at)
    select ${cityId}, cell, max(seen), max(looked)
    from (
      select cell, seen_at as seen, null::timestamptz as looked from sightings where city_id = ${cityId}
      union all select cell, null, at from cell_looks where city_id = ${cityId}) as told
    group by cell on conflict (city_id, cell) do nothing`;
}
