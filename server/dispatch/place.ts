/** What a dispatch needs to know of its cluster, and what a team's visit changes of it. */
import { v7 as uuidv7 } from 'uuid';
import type { TimelineKind } from '../../shared/clusters/schema.ts';
import { AppError } from '../../shared/errors.ts';
import type { Position } from '../../shared/geo/position.ts';
import { readClusterView } from '../clusters/queries.ts';
import type { Session } from '../kernel/context.ts';
import type { CityChange } from '../realtime/change-city.ts';

export async function noteOnTimeline(
  { tx, cityId, now }: CityChange,
  { userId }: Session,
  clusterId: string,
  kind: TimelineKind,
  details: Record<string, string | number | null>,
): Promise<void> {
  await tx`
    insert into cluster_timeline (city_id, id, cluster_id, at, user_id, kind, details)
    values (${cityId}, ${uuidv7()}::uuid, ${clusterId}::uuid, ${now}::timestamptz, ${userId}::uuid, ${kind}, ${tx.json(details)})`;
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

async function announceCluster(change: CityChange, id: string): Promise<void> {
  const cluster = await readClusterView(change.tx, change.cityId, id);
  if (cluster) change.emit({ kind: 'cluster.changed', cluster }, 'staff', [cluster]);
}
