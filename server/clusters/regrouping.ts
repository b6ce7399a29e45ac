// Clusters brought up to date after some sightings changed, from their neighbourhood alone.
import { groupLive, regroup } from '../../shared/clusters/regroup.ts';
import type { Assignment, Change } from '../../shared/clusters/regroup.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { cellOf, touchCells } from '../zones/actions.ts';
import { loadLiveSightings, loadWholeCity } from './neighbourhood.ts';
import type { LiveSighting } from './neighbourhood.ts';
import { planClusters } from './plan.ts';
import type { Hand, Plan } from './plan.ts';
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

async function writePlan(change: CityChange, plan: Plan, touched: Touched): Promise<void> {
  const { tx, cityId, now } = change;
  const written = await writeClusters(tx, cityId, plan.clusters);
  await writeGrouping(tx, cityId, plan.sightings);
  await redirectDispatches(change, plan.dispatches);
  const redirected = plan.dispatches.flatMap(({ id, from, to }) => [
    {
      clusterId: from,
      kind: 'redirected' as const,
      userId: null,
      details: { dispatchId: id, into: to },
    },
    { clusterId: to, kind: 'redirected' as const, userId: null, details: { dispatchId: id, from } },
  ]);
  await appendTimeline(tx, cityId, now, [...plan.timeline, ...redirected]);
  const cells = new Set(touched.places.map(cellOf));
  const moved = new Map(plan.sightings.map((one) => [one.id, one]));
  for (const member of touched.members) {
    const now = moved.get(member.id);
    const clusterId = now ? now.clusterId : member.view.clusterId;
    const changedCluster = clusterId !== member.view.clusterId;
    if (!changedCluster && !touched.changedIds.has(member.id)) continue;
    if (changedCluster) cells.add(member.cell);
    const sighting = { ...member.view, clusterId };
    change.emit({ kind: 'sighting.changed', sighting }, 'staff', [member]);
  }
  for (const cluster of written)
    change.emit({ kind: 'cluster.changed', cluster }, 'staff', [cluster]);
  await touchCells(change, [...cells]);
}
