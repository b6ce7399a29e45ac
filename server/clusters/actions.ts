import type { z } from 'zod';
import type { ClusterDetail, pullInSchema, splitOffSchema } from '../../shared/clusters/schema.ts';
import { AppError } from '../../shared/errors.ts';
import type { SightingProgress } from '../../shared/sightings/schema.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import {
  findLiveOfCluster,
  findSighting,
  progressEvent,
  readSightingViewsById,
  retireSightings,
  setReportProgress,
} from '../sightings/queries.ts';
import type { Retirement, SightingFacts } from '../sightings/queries.ts';
import type { Hand } from './plan.ts';
import {
  findAnchor,
  readClusterView,
  readFormerClusters,
  readLiveMemberIds,
  readTimeline,
} from './queries.ts';
import { appendTimeline, moveAnchors, writeClusters, writePlacement } from './records.ts';
import { groupArrivals, regroupAround, regroupCity } from './regrouping.ts';
import type { Arrival } from './regrouping.ts';

export { groupArrivals, regroupAround, regroupCity };
export type { Arrival };

/** @throws AppError not_found */
export async function readCluster(
  db: Database,
  { cityId }: Session,
  { clusterId }: { clusterId: string },
): Promise<ClusterDetail> {
  const cluster = await readClusterView(db.sql, cityId, clusterId);
  if (!cluster) throw new AppError('not_found', { field: 'clusterId' });
  return {
    cluster,
    sightingIds: await readLiveMemberIds(db.sql, cityId, clusterId),
    timeline: await readTimeline(db.sql, cityId, clusterId),
  };
}

/** Takes sightings out of the grouping and tells everyone; those that were not live any more are left alone. */
export async function retire(
  change: CityChange,
  ids: readonly string[],
  how: Retirement,
): Promise<void> {
  const { tx, cityId, now } = change;
  const gone = await retireSightings(tx, cityId, now, ids, how);
  if (gone.length === 0) return;
  const goneIds = gone.map(({ id }) => id);
  const rehung = await moveAnchors(tx, cityId, goneIds);
  await regroupAround(change, [
    ...gone.map(({ id, lon, lat, clusterId, placementAnchor }) => ({
      id,
      places: [{ lon, lat }],
      anchorIds: placementAnchor === null ? [] : [placementAnchor],
      formerClusterId: clusterId,
    })),
    ...rehung.map(({ id, anchorId }) => ({ id, places: [], anchorIds: [anchorId] })),
  ]);
  for (const sighting of await readSightingViewsById(tx, cityId, goneIds)) {
    change.emit({ kind: 'sighting.changed', sighting }, 'staff', [sighting]);
  }
  for (const row of gone) change.emit(...progressEvent(row));
}

/** Closes the cluster's live sightings that were seen and received by `before`: a team has been there. */
export async function closeAttended(
  change: CityChange,
  clusterId: string,
  before: string,
): Promise<void> {
  const ids = await findLiveOfCluster(change.tx, change.cityId, clusterId, before);
  await retire(change, ids, {
    state: 'closed',
    closing: 'attended',
    duplicateOf: null,
    progress: null,
    change: 'closed',
    userId: null,
  });
}

/**
 * Tells those who reported the cluster's live sightings what became of them; with `seenBy` those who had seen
 * somebody there by then.
 */
export async function setProgress(
  change: CityChange,
  clusterId: string,
  progress: SightingProgress,
  seenBy: string | null = null,
): Promise<void> {
  const { tx, cityId, now } = change;
  for (const row of await setReportProgress(tx, cityId, now, { clusterId, progress, seenBy })) {
    change.emit(...progressEvent(row));
  }
}

/** Ends a cluster that was kept open for a team on its way and has no live sighting; to be called when a dispatch ended. */
export async function endIfEmpty(change: CityChange, clusterId: string): Promise<void> {
  const { tx, cityId, now } = change;
  const [former] = await readFormerClusters(tx, cityId, [clusterId]);
  if (!former || former.dispatches.length > 0 || former.reportCount > 0) return;
  const { dispatches: _none, ...view } = former;
  const ended = { ...view, open: false, endedAt: now, endReason: 'emptied' } as const;
  await writeClusters(tx, cityId, [ended]);
  await appendTimeline(tx, cityId, now, [
    { clusterId, kind: 'emptied', userId: null, details: {} },
  ]);
  change.emit({ kind: 'cluster.changed', cluster: ended }, 'staff', [ended]);
}

/** A dispatcher says: this one is somebody else's place. Holds until it is undone. */
export function splitOff(
  db: Database,
  session: Session,
  { sightingId }: z.infer<typeof splitOffSchema>,
): Promise<void> {
  return place(db, session, sightingId, 'split_off', async () => ({ kind: 'apart' }));
}

/**
 * A dispatcher says: this one belongs to that place. It then goes where the oldest automatic member goes.
 * @throws AppError cluster_ended when the place has no live sighting any more
 */
export function pullIn(
  db: Database,
  session: Session,
  { sightingId, clusterId }: z.infer<typeof pullInSchema>,
): Promise<void> {
  return place(db, session, sightingId, 'pulled_in', async ({ tx, cityId }) => {
    const anchorId = await findAnchor(tx, cityId, clusterId, sightingId);
    if (anchorId === null) throw new AppError('cluster_ended', { field: 'clusterId' });
    return { kind: 'with', anchorId };
  });
}

/** The automatic rule counts again for this one. */
export function undoPlacement(
  db: Database,
  session: Session,
  { sightingId }: z.infer<typeof splitOffSchema>,
): Promise<void> {
  return place(db, session, sightingId, 'released', async () => null);
}

type Placement = Parameters<typeof writePlacement>[5];

function place(
  db: Database,
  { cityId, userId }: Session,
  sightingId: string,
  kind: Hand['kind'],
  decide: (change: CityChange) => Promise<Placement>,
): Promise<void> {
  return changeCity(db, cityId, async (change) => {
    const sighting = await findSighting(change.tx, cityId, sightingId);
    if (!sighting) throw new AppError('not_found', { field: 'sightingId' });
    if (sighting.state !== 'live') throw new AppError('sighting_not_live', { field: 'sightingId' });
    const placement = await decide(change);
    if (isPlaced(sighting, placement)) return;
    await writePlacement(change.tx, cityId, change.now, userId, sightingId, placement);
    const { lon, lat, placementAnchor } = sighting;
    const anchors = [placementAnchor, placement?.kind === 'with' ? placement.anchorId : null];
    const anchorIds = anchors.filter((id) => id !== null);
    const hand: Hand = { sightingId, userId, kind };
    await regroupAround(change, [{ id: sightingId, places: [{ lon, lat }], anchorIds }], hand);
  });
}

function isPlaced(sighting: SightingFacts, placement: Placement): boolean {
  const anchorId = placement?.kind === 'with' ? placement.anchorId : null;
  return sighting.placement === (placement?.kind ?? null) && sighting.placementAnchor === anchorId;
}
