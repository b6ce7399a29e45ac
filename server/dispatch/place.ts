/** What a dispatch needs to know of its cluster, and what a team's visit changes of it. */
import { v7 as uuidv7 } from 'uuid';
import type { TimelineKind } from '../../shared/clusters/schema.ts';
import { AppError } from '../../shared/errors.ts';
import type { Position } from '../../shared/geo/position.ts';
import { readClusterView } from '../clusters/queries.ts';
import type { Session } from '../kernel/context.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { readRecheckView } from './queries.ts';

/** Heard of later than this, an entry of the timeline tells both times. */
const lateMs = 60_000;

/** Put where it happened; where it was heard of much later, that is told with it. */
export async function noteOnTimeline(
  { tx, cityId, now }: CityChange,
  { userId }: Session,
  entry: {
    clusterId: string;
    kind: TimelineKind;
    at: string;
    details: Record<string, string | number | null>;
  },
): Promise<void> {
  const { clusterId, kind, at } = entry;
  const late = Date.parse(now) - Date.parse(at) > lateMs;
  const details = late ? { ...entry.details, heardAt: now } : entry.details;
  await tx`
    insert into cluster_timeline (city_id, id, cluster_id, at, user_id, kind, details)
    values (${cityId}, ${uuidv7()}::uuid, ${clusterId}::uuid, ${at}::timestamptz, ${userId}::uuid, ${kind}, ${tx.json(details)})`;
}

/** Where an open cluster is. @throws AppError not_found, cluster_ended */
export async function requireOpenCluster(
  { tx, cityId }: CityChange,
  id: string,
): Promise<Position> {
  const [cluster] = await tx<(Position & { open: boolean })[]>`
    select st_x(center::geometry) as lon, st_y(center::geometry) as lat, open
    from clusters where city_id = ${cityId} and id = ${id}::uuid`;
  if (!cluster) throw new AppError('not_found', { field: 'clusterId' });
  if (!cluster.open) throw new AppError('cluster_ended', { field: 'clusterId' });
  return { lon: cluster.lon, lat: cluster.lat };
}

/** Where somebody is to be visited again, and the place that is part of by now. @throws AppError not_found, recheck_done */
export async function requireOwedRecheck(
  change: CityChange,
  id: string,
): Promise<{ clusterId: string; target: Position }> {
  const recheck = await readRecheckView(change.tx, change.cityId, id);
  if (!recheck) throw new AppError('not_found', { field: 'recheckId' });
  if (recheck.doneAt !== null) throw new AppError('recheck_done', { field: 'recheckId' });
  const { lon, lat } = recheck;
  return { clusterId: await readSurvivor(change, recheck.clusterId), target: { lon, lat } };
}

/** A team stood here at this time. */
export async function markAttended(change: CityChange, id: string, at: string): Promise<void> {
  const { tx, cityId } = change;
  await tx`
    update clusters set attended_at = greatest(attended_at, ${at}::timestamptz)
    where city_id = ${cityId} and id = ${id}::uuid`;
  await announceCluster(change, id);
}

/** A team looked and found nobody: the place stays live, its chance of presence falls. */
export async function countNotFound(change: CityChange, id: string): Promise<void> {
  const { tx, cityId } = change;
  await tx`
    update clusters set not_found_count = not_found_count + 1 where city_id = ${cityId} and id = ${id}::uuid`;
  await announceCluster(change, id);
}

/** The place that this one is part of by now. */
export async function readSurvivor({ tx, cityId }: CityChange, id: string): Promise<string> {
  const rows = await tx<{ id: string }[]>`
    with recursive way as (
      select id, merged_into, 0 as steps from clusters where city_id = ${cityId} and id = ${id}::uuid
      union all
      select c.id, c.merged_into, way.steps + 1 from way
      join clusters c on c.city_id = ${cityId} and c.id = way.merged_into where way.steps < 1000
    )
    select id from way order by steps desc limit 1`;
  return rows[0]?.id ?? id;
}

async function announceCluster(change: CityChange, id: string): Promise<void> {
  const cluster = await readClusterView(change.tx, change.cityId, id);
  if (cluster) change.emit({ kind: 'cluster.changed', cluster }, 'staff', [cluster]);
}
