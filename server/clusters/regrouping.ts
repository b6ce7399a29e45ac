// Clusters brought up to date after some sightings changed, from their neighbourhood alone.
import { groupLive, regroup } from '../../shared/clusters/regroup.ts';
import type { Assignment, Change } from '../../shared/clusters/regroup.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { cellOf, touchCells } from '../zones/actions.ts';
import { loadLiveSightings, loadWholeCity } from './neighbourhood.ts';
import type { LiveSighting } from './neighbourhood.ts';
import { planClusters } from './plan.ts';
import type { Hand, MovedSighting, Plan, TimelineRow } from './plan.ts';
import { readFormerClusters } from './queries.ts';
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
  changes: readonly SightingChange[],
  hand: Hand | null = null,
): Promise<void> {
  const all = changes.map(({ id, places, anchorIds = [] }): Change => ({
    id,
    positions: places,
    anchorIds,
  }));
  const members = await loadLiveSightings(change, all);
  const assignments = regroup(members, all, change.settings);
  const changedIds = new Set(changes.map(({ id }) => id));
  const formerIds = [
    ...changes.flatMap(({ formerClusterId }) => formerClusterId ?? []),
    ...members.flatMap(({ view }) => view.clusterId ?? []),
  ];
  const plan = await planFrom(change, { members, assignments, formerIds, changedIds, hand });
  const places = changes.flatMap((one) => one.places);
  await writePlan(change, plan, { members, changedIds, places });
}

/** A new sighting that is not stored yet. */
export type Arrival = Pick<LiveSighting, 'view' | 'needs' | 'cell'>;
export type GroupingOf = (
  sightingId: string,
) => Pick<MovedSighting, 'isCore' | 'componentKey' | 'clusterId'>;

/** Regroups around sightings that arrive; `store` writes them once their clusters are there, with the grouping they get. */
export async function groupArrivals(
  change: CityChange,
  arrivals: readonly Arrival[],
  store: (groupingOf: GroupingOf) => Promise<void>,
): Promise<void> {
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
  const members = await loadLiveSightings(change, changes, fresh);
  const assignments = regroup(members, changes, change.settings);
  const changedIds = new Set(changes.map(({ id }) => id));
  const formerIds = members.flatMap(({ view }) => view.clusterId ?? []);
  const plan = await planFrom(change, { members, assignments, formerIds, changedIds, hand: null });
  const moved = new Map(plan.sightings.map((one) => [one.id, one]));
  const noise = { isCore: false, componentKey: null, clusterId: null };
  await writePlan(
    change,
    plan,
    { members, changedIds, places: changes.flatMap((one) => one.positions) },
    () =>
      store((id) => {
        const { isCore, componentKey, clusterId } = moved.get(id) ?? noise;
        return { isCore, componentKey, clusterId };
      }),
  );
}

/** All of the city anew: its eps, window or other rules of grouping changed. */
export async function regroupCity(change: CityChange): Promise<void> {
  const members = await loadWholeCity(change);
  const assignments = groupLive(members, change.settings);
  const open = await change.tx<{ id: string }[]>`
    select id from clusters where city_id = ${change.cityId} and open`;
  const formerIds = open.map(({ id }) => id);
  const changedIds = new Set<string>();
  const plan = await planFrom(change, { members, assignments, formerIds, changedIds, hand: null });
  await writePlan(change, plan, { members, changedIds, places: [] });
}

interface Grouped {
  members: readonly LiveSighting[];
  assignments: readonly Assignment[];
  formerIds: readonly string[];
  changedIds: ReadonlySet<string>;
  hand: Hand | null;
}

async function planFrom(change: CityChange, grouped: Grouped): Promise<Plan> {
  const { tx, cityId, now } = change;
  const formers = await readFormerClusters(tx, cityId, [...new Set(grouped.formerIds)]);
  return planClusters({ ...grouped, formers, now });
}

interface Touched {
  members: readonly LiveSighting[];
  changedIds: ReadonlySet<string>;
  places: readonly Position[];
}

/** `store` inserts the changed sightings with their grouping; without it they are rows already. */
async function writePlan(
  change: CityChange,
  plan: Plan,
  touched: Touched,
  store: (() => Promise<void>) | null = null,
): Promise<void> {
  const { tx, cityId, now } = change;
  const moved = new Map(plan.sightings.map((one) => [one.id, one]));
  const cells = new Set(touched.places.map(cellOf));
  for (const member of touched.members) {
    const clusterId = moved.has(member.id)
      ? moved.get(member.id)!.clusterId
      : member.view.clusterId;
    const changedCluster = clusterId !== member.view.clusterId;
    if (!changedCluster && !touched.changedIds.has(member.id)) continue;
    if (changedCluster) cells.add(member.cell);
    const sighting = { ...member.view, clusterId };
    change.emit({ kind: 'sighting.changed', sighting }, 'staff', [member]);
  }
  const stored = plan.sightings.filter(({ id }) => store === null || !touched.changedIds.has(id));
  // Sent one after another without waiting in between; the database works them off in this order.
  const [written] = await Promise.all([
    writeClusters(tx, cityId, plan.clusters),
    store?.(),
    writeGrouping(tx, cityId, stored),
    redirectDispatches(change, plan.dispatches),
    appendTimeline(tx, cityId, now, [...plan.timeline, ...plan.dispatches.flatMap(redirected)]),
    touchCells(change, [...cells]),
  ]);
  for (const cluster of written) {
    change.emit({ kind: 'cluster.changed', cluster }, 'staff', [cluster]);
  }
}

function redirected({ id, from, to }: Plan['dispatches'][number]): TimelineRow[] {
  const row = { kind: 'redirected', userId: null } as const;
  return [
    { ...row, clusterId: from, details: { dispatchId: id, into: to } },
    { ...row, clusterId: to, details: { dispatchId: id, from } },
  ];
}
