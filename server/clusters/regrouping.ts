// Clusters brought up to date after some sightings changed, from their neighbourhood alone.
import { groupLive, regroup } from '../../shared/clusters/regroup.ts';
import type { Assignment, Change } from '../../shared/clusters/regroup.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { progressEvent, tellTheirWay } from '../sightings/queries.ts';
import { cellOf, touchCells } from '../zones/actions.ts';
import { loadLiveSightings, loadWholeCity } from './neighbourhood.ts';
import type { LiveSighting } from './neighbourhood.ts';
import { planClusters } from './plan.ts';
import type { Hand, MovedSighting, Plan, TimelineRow } from './plan.ts';
import { readFormerClusters, readOpenClusterIds, readWaitingClusters } from './queries.ts';
import type { FormerCluster } from './queries.ts';
import { redirectDispatches } from './redirect-dispatches.ts';
import { appendTimeline, writeClusters, writeGrouping } from './records.ts';

/** A sighting that was recorded, edited, placed or taken out; its row is already as it shall be. */
export interface SightingChange {
  id: string;
  /** Where it was and where it is: one or both. */
  places: readonly Position[];
  /** Sightings it was or is placed with. */
  anchorIds?: readonly string[];
  /** The cluster it was in, when it is no longer live. */
  formerClusterId?: string | null;
}

/**
 * Regroups the neighbourhood of what changed and emits cluster.changed, sighting.changed (for the changed
 * ones that are live, and whatever moved to another cluster), dispatch.changed and cell.changed.
 */
export async function regroupAround(
  change: CityChange,
  sightings: readonly SightingChange[],
  hand: Hand | null = null,
): Promise<void> {
  const changes = sightings.map(({ id, places, anchorIds = [] }): Change => ({
    id,
    positions: places,
    anchorIds,
  }));
  const [members, waiting] = await Promise.all([
    loadLiveSightings(change, changes),
    readWaitingClusters(change.tx, change.cityId),
  ]);
  const assignments = regroup(members, changes, change.settings);
  const formerIds = sightings.flatMap(({ formerClusterId }) => formerClusterId ?? []);
  await settle(change, { members, assignments, formerIds, waiting, changes, hand }, null);
}

/** A new sighting that is not stored yet. */
export type Arrival = Pick<LiveSighting, 'view' | 'needs' | 'cell'>;
export type GroupingOf = (
  sightingId: string,
) => Pick<MovedSighting, 'isCore' | 'componentKey' | 'clusterId'>;

/**
 * Regroups around sightings that arrive; `store` writes them once their clusters are there, with the grouping they
 * get. Answers those to which a team is on its way already; their reporters are told.
 */
export async function groupArrivals(
  change: CityChange,
  arrivals: readonly Arrival[],
  store: (groupingOf: GroupingOf) => Promise<void>,
): Promise<ReadonlySet<string>> {
  const nothingKnown = { placement: null, isCore: false, componentKey: null };
  const fresh = arrivals.map((arrival): LiveSighting => {
    const { id, lon, lat } = arrival.view;
    return { ...arrival, id, lon, lat, ...nothingKnown };
  });
  const changes = fresh.map(({ id, lon, lat }): Change => ({
    id,
    positions: [{ lon, lat }],
    anchorIds: [],
  }));
  const [members, waiting] = await Promise.all([
    loadLiveSightings(change, changes, fresh),
    readWaitingClusters(change.tx, change.cityId),
  ]);
  const assignments = regroup(members, changes, change.settings);
  const regrouped = { members, assignments, formerIds: [], waiting, changes, hand: null };
  return settle(change, regrouped, store);
}

/** All of the city anew: its eps, window or other rules of grouping changed. */
export async function regroupCity(change: CityChange): Promise<void> {
  const members = await loadWholeCity(change);
  const assignments = groupLive(members, change.settings);
  const formerIds = await readOpenClusterIds(change.tx, change.cityId);
  const regrouped = { members, assignments, formerIds, waiting: [], changes: [], hand: null };
  await settle(change, regrouped, null);
}

interface Regrouped {
  members: readonly LiveSighting[];
  assignments: readonly Assignment[];
  /** Clusters concerned beside those the members were in. */
  formerIds: readonly string[];
  /** Clusters without reports that could take in what is new. */
  waiting: readonly FormerCluster[];
  changes: readonly Change[];
  hand: Hand | null;
}

/**
 * Plans, writes and tells. `store` inserts the changed sightings with their grouping; without it they are rows
 * already. Answers the sightings that came to a place to which a team is on its way.
 */
async function settle(
  change: CityChange,
  regrouped: Regrouped,
  store: ((groupingOf: GroupingOf) => Promise<void>) | null,
): Promise<ReadonlySet<string>> {
  const { tx, cityId, now } = change;
  const { changes } = regrouped;
  const formers = await readFormers(change, regrouped);
  const changedIds = new Set(changes.map(({ id }) => id));
  const { epsMeters } = change.settings;
  const plan = planClusters({ ...regrouped, formers, changedIds, now, epsMeters });

  const moved = new Map(plan.sightings.map((one) => [one.id, one]));
  const cells = tellSightings(change, regrouped, moved);
  const stored = plan.sightings.filter(({ id }) => store === null || !changedIds.has(id));
  // Sent one after another without waiting in between; the database works them off in this order.
  const awaited = formers.some(({ dispatches }) => dispatches.length > 0);
  await Promise.all([
    writeClusters(tx, cityId, plan.clusters),
    store?.((id) => groupingIn(moved, id)),
    writeGrouping(tx, cityId, stored),
    redirectDispatches(change, plan.dispatches),
    appendTimeline(tx, cityId, now, [...plan.timeline, ...plan.dispatches.flatMap(redirected)]),
    touchCells(change, cells),
  ]);
  const before = new Map(formers.map((former) => [former.id, former]));
  for (const cluster of plan.clusters) {
    const former = before.get(cluster.id);
    const places = former ? [cluster, former] : [cluster];
    change.emit({ kind: 'cluster.changed', cluster }, 'staff', places);
  }
  if (!awaited) return new Set();
  const told = await tellTheirWay(tx, cityId, now, [...moved.keys()]);
  for (const row of told) change.emit(...progressEvent(row));
  return new Set(told.flatMap(({ id, progress }) => (progress === 'on_the_way' ? [id] : [])));
}

/** The clusters as they were: those of the members, those named, and those that wait for a team. */
async function readFormers(
  { tx, cityId }: CityChange,
  { members, formerIds, waiting }: Regrouped,
): Promise<FormerCluster[]> {
  const ids = new Set(formerIds);
  for (const { view } of members) if (view.clusterId !== null) ids.add(view.clusterId);
  for (const { id } of waiting) ids.delete(id);
  return [...waiting, ...(await readFormerClusters(tx, cityId, [...ids]))];
}

const noise = { isCore: false, componentKey: null, clusterId: null };
function groupingIn(moved: ReadonlyMap<string, MovedSighting>, id: string): ReturnType<GroupingOf> {
  const { isCore, componentKey, clusterId } = moved.get(id) ?? noise;
  return { isCore, componentKey, clusterId };
}

/** Emits the live ones that changed or went to another cluster; answers the cold cells to be counted anew. */
function tellSightings(
  change: CityChange,
  { members, changes }: Regrouped,
  moved: ReadonlyMap<string, MovedSighting>,
): string[] {
  const placesOf = new Map(changes.map(({ id, positions }) => [id, positions]));
  const { cellResolution } = change.settings;
  const cells = new Set(
    changes.flatMap(({ positions }) => positions.map((place) => cellOf(place, cellResolution))),
  );
  for (const member of members) {
    const { clusterId } = moved.get(member.id) ?? member.view;
    const changedCluster = clusterId !== member.view.clusterId;
    const places = placesOf.get(member.id);
    if (!changedCluster && !places) continue;
    if (changedCluster) cells.add(member.cell);
    const sighting = { ...member.view, clusterId };
    change.emit({ kind: 'sighting.changed', sighting }, 'staff', [member, ...(places ?? [])]);
  }
  return [...cells];
}

function redirected({ id, from, to }: Plan['dispatches'][number]): TimelineRow[] {
  const row = { kind: 'redirected', userId: null } as const;
  return [
    { ...row, clusterId: from, details: { dispatchId: id, into: to } },
    { ...row, clusterId: to, details: { dispatchId: id, from } },
  ];
}
