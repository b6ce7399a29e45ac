// Writes a plan: a fixed number of statements, however many sightings it is about.
import { v7 as uuidv7 } from 'uuid';
import type { ClusterView } from '../../shared/clusters/schema.ts';
import { asJson } from '../kernel/sql.ts';
import type { Db } from '../kernel/sql.ts';
import type { MovedSighting, TimelineRow } from './plan.ts';

/** Every value is one that its column gives back unchanged, so the views are what is stored. */
export async function writeClusters(
  db: Db,
  cityId: string,
  clusters: readonly ClusterView[],
): Promise<void> {
  if (clusters.length === 0) return;
  await db`
    insert into clusters as c (city_id, id, open, center, radius_meters, headcount_low, headcount_likely, report_count,
      reports_by_kind, flags, needs, first_seen_at, last_seen_at, attended_at, not_found_count, by_hand, created_at,
      ended_at, end_reason, merged_into)
    select ${cityId}, id, open, st_makepoint(lon, lat)::geography, "radiusMeters", "headcountLow", "headcountLikely",
      "reportCount", "reportsByKind", flags, needs, "firstSeenAt", "lastSeenAt", "attendedAt", "notFoundCount", "byHand",
      "createdAt", "endedAt", "endReason", "mergedInto"
    from json_to_recordset(${asJson(db, clusters)}) as r (
      id uuid, open boolean, lon float8, lat float8, "radiusMeters" real, "headcountLow" integer,
      "headcountLikely" integer, "reportCount" integer, "reportsByKind" jsonb, flags vulnerable_flag[], needs need[],
      "firstSeenAt" timestamptz, "lastSeenAt" timestamptz, "attendedAt" timestamptz, "notFoundCount" integer,
      "byHand" boolean, "createdAt" timestamptz, "endedAt" timestamptz, "endReason" text, "mergedInto" uuid)
    on conflict (city_id, id) do update set
      open = excluded.open, center = excluded.center, radius_meters = excluded.radius_meters,
      headcount_low = excluded.headcount_low, headcount_likely = excluded.headcount_likely,
      report_count = excluded.report_count, reports_by_kind = excluded.reports_by_kind, flags = excluded.flags,
      needs = excluded.needs, first_seen_at = excluded.first_seen_at, last_seen_at = excluded.last_seen_at,
      attended_at = excluded.attended_at, not_found_count = excluded.not_found_count, by_hand = excluded.by_hand,
      ended_at = excluded.ended_at, end_reason = excluded.end_reason, merged_into = excluded.merged_into`;
}

export async function writeGrouping(
  db: Db,
  cityId: string,
  moved: readonly MovedSighting[],
): Promise<void> {
  if (moved.length === 0) return;
  const rows = moved.map(({ id, isCore, componentKey, clusterId }) => ({
    id,
    core: isCore,
    component: componentKey,
    cluster: clusterId,
  }));
  await db`
    update sightings s set is_core = m.core, component_id = m.component, cluster_id = m.cluster
    from json_to_recordset(${asJson(db, rows)}) as m (id uuid, core boolean, component uuid, cluster uuid)
    where s.city_id = ${cityId} and s.id = m.id`;
}

export async function appendTimeline(
  db: Db,
  cityId: string,
  now: string,
  rows: readonly TimelineRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const numbered = rows.map((row) => ({ id: uuidv7(), ...row }));
  await db`
    insert into cluster_timeline (city_id, id, cluster_id, at, user_id, kind, details)
    select ${cityId}, id, "clusterId", ${now}::timestamptz, "userId", kind, details
    from json_to_recordset(${asJson(db, numbered)})
      as r (id uuid, "clusterId" uuid, "userId" uuid, kind text, details jsonb)`;
}

/** Places a live sighting by hand, or undoes that, with a row of its history; answers false when it is not live. */
export async function writePlacement(
  db: Db,
  cityId: string,
  now: string,
  userId: string,
  sightingId: string,
  placement: { kind: 'apart' } | { kind: 'with'; anchorId: string } | null,
): Promise<boolean> {
  const kind = placement?.kind ?? null;
  const anchor = placement?.kind === 'with' ? placement.anchorId : null;
  const rows = await db`
    with placed as (
      update sightings set placement = ${kind}, placement_anchor = ${anchor},
        placed_by = ${placement === null ? null : userId}, placed_at = ${placement === null ? null : now}::timestamptz,
        version = version + 1
      where city_id = ${cityId} and id = ${sightingId} and state = 'live'
      returning id, version, cluster_id
    )
    insert into sighting_history (city_id, sighting_id, version, at, user_id, change, before, after)
    select ${cityId}, id, version, ${now}::timestamptz, ${userId}, ${placement === null ? 'released' : 'placed'},
      jsonb_build_object('clusterId', cluster_id),
      ${db.json({ placement: kind, anchorId: anchor })}::jsonb
    from placed returning version`;
  return rows.length > 0;
}

/**
 * What was placed with a sighting that is gone is from now on placed with another of the same cluster: the
 * decision was about the place. Where no other is left it stands alone, as its rule says.
 */
export async function moveAnchors(
  db: Db,
  cityId: string,
  goneIds: readonly string[],
): Promise<{ id: string; anchorId: string }[]> {
  return await db<{ id: string; anchorId: string }[]>`
    update sightings s set placement_anchor = heir.id
    from unnest(${[...goneIds]}::uuid[]) as gone (id)
    join sightings old on old.city_id = ${cityId} and old.id = gone.id
    cross join lateral (
      select m.id from sightings m
      where m.city_id = ${cityId} and m.cluster_id = old.cluster_id and m.state = 'live' and m.placement is null
      order by m.received_at, m.id limit 1) as heir
    where s.city_id = ${cityId} and s.placement_anchor = gone.id and s.state = 'live'
    returning s.id, s.placement_anchor as "anchorId"`;
}
