// From the new groups of live sightings to what has to be written: which cluster lives on, which begins,
// which ends and as what, where the teams on their way go, and what the timelines say. Pure.
import { v7 as uuidv7 } from 'uuid';
import { assignIdentities } from '../../shared/clusters/identity.ts';
import type { Fate } from '../../shared/clusters/identity.ts';
import type { Assignment } from '../../shared/clusters/regroup.ts';
import { newcomersAt } from './adoption.ts';
import type { ClusterView, TimelineKind } from '../../shared/clusters/schema.ts';
import { factsOf } from './facts.ts';
import type { LiveSighting } from './neighbourhood.ts';
import type { FormerCluster } from './queries.ts';

export interface TimelineRow {
  clusterId: string;
  kind: TimelineKind;
  userId: string | null;
  details: Record<string, unknown>;
}

/** A dispatcher's decision about one sighting, told on the timelines instead of what it brings about. */
export interface Hand {
  sightingId: string;
  userId: string;
  kind: 'split_off' | 'pulled_in' | 'released';
}

export interface MovedSighting extends Assignment {
  clusterId: string | null;
  sighting: LiveSighting;
}

export interface Plan {
  /** Clusters that are new, changed or ended, as they will be. */
  clusters: ClusterView[];
  /** Sightings whose stored grouping changes. */
  sightings: MovedSighting[];
  dispatches: { id: string; from: string; to: string }[];
  timeline: TimelineRow[];
}

interface Group {
  key: string;
  members: LiveSighting[];
}

export interface PlanInput {
  now: string;
  members: readonly LiveSighting[];
  assignments: readonly Assignment[];
  formers: readonly FormerCluster[];
  /** Sightings that arrived, moved or were placed: what joins is told on the timeline. */
  changedIds: ReadonlySet<string>;
  hand: Hand | null;
  epsMeters: number;
}

export function planClusters(input: PlanInput): Plan {
  const { members, assignments, formers } = input;
  const newcomers = newcomersAt(formers, members, input.epsMeters);
  const byId = new Map(members.map((member) => [member.id, member]));
  const groups = groupsOf(assignments, byId);
  const identities = assignIdentities(
    formers.map((former) => ({
      ...former,
      memberIds:
        newcomers.get(former.id) ??
        members.filter(({ view }) => view.clusterId === former.id).map(({ id }) => id),
      dispatches: former.dispatches.map(({ id, lon, lat, offeredAt }) => ({
        id,
        target: { lon, lat },
        dispatchedAt: offeredAt,
      })),
    })),
    groups,
  );
  const clusterIds = new Map(
    groups.map(({ key }) => [key, identities.clusterOf.get(key) ?? uuidv7()]),
  );
  const book = new Book(input, clusterIds);
  for (const group of groups) book.openOrUpdate(group, identities.fates);
  for (const former of formers) book.endOrHold(former, identities.fates.get(former.id)!);
  const dispatches = formers.flatMap(({ id: from, dispatches: active }) =>
    active.flatMap(({ id }) => {
      const groupKey = identities.dispatchTo.get(id) ?? null;
      const to = groupKey === null ? from : clusterIds.get(groupKey)!;
      return to === from ? [] : [{ id, from, to }];
    }),
  );
  const sightings = assignments.flatMap((assignment): MovedSighting[] => {
    const sighting = byId.get(assignment.id)!;
    const clusterId = assignment.groupKey === null ? null : clusterIds.get(assignment.groupKey)!;
    const same =
      sighting.view.clusterId === clusterId &&
      sighting.isCore === assignment.isCore &&
      sighting.componentKey === assignment.componentKey;
    return same ? [] : [{ ...assignment, clusterId, sighting }];
  });
  return { clusters: book.clusters, sightings, dispatches, timeline: book.timeline };
}

function groupsOf(
  assignments: readonly Assignment[],
  byId: ReadonlyMap<string, LiveSighting>,
): Group[] {
  const groups = new Map<string, Group>();
  for (const { id, groupKey } of assignments) {
    if (groupKey === null) continue;
    const group = groups.get(groupKey) ?? { key: groupKey, members: [] };
    groups.set(groupKey, group);
    group.members.push(byId.get(id)!);
  }
  return [...groups.values()];
}

/** Collects the rows of clusters and timelines. */
class Book {
  readonly clusters: ClusterView[] = [];
  readonly timeline: TimelineRow[] = [];
  readonly #input: PlanInput;
  readonly #clusterIds: ReadonlyMap<string, string>;
  readonly #formers: ReadonlyMap<string, FormerCluster>;

  constructor(input: PlanInput, clusterIds: ReadonlyMap<string, string>) {
    this.#input = input;
    this.#clusterIds = clusterIds;
    this.#formers = new Map(input.formers.map((former) => [former.id, former]));
  }

  openOrUpdate(group: Group, fates: ReadonlyMap<string, Fate>): void {
    const id = this.#clusterIds.get(group.key)!;
    const own = this.#formers.get(id);
    const facts = factsOf(group.members);
    const cameFrom = this.#originsOf(group, id);
    const absorbed = [...fates].flatMap(([formerId, fate]) =>
      fate.fate === 'merged' && fate.into === id ? [this.#formers.get(formerId)!] : [],
    );
    // A place split off by hand is another place: nobody has been there yet.
    const apart = group.members.every(({ placement }) => placement !== null);
    const visited = [...(own ? [own] : apart ? [] : cameFrom), ...absorbed];
    const cluster: ClusterView = {
      id,
      open: true,
      ...facts,
      attendedAt: latest(visited.map(({ attendedAt }) => attendedAt)),
      notFoundCount: Math.max(0, ...visited.map(({ notFoundCount }) => notFoundCount)),
      createdAt: own?.createdAt ?? this.#input.now,
      endedAt: null,
      endReason: null,
      mergedInto: null,
    };
    if (own && sameFacts(own, cluster)) return;
    this.clusters.push(cluster);
    if (own) this.#tellJoined(group, id);
    else this.#tellOpened(group, id, cameFrom);
  }

  endOrHold(former: FormerCluster, fate: Fate): void {
    if (fate.fate === 'kept') return;
    const { dispatches, ...view } = former;
    if (fate.fate === 'ended' && dispatches.length > 0) {
      if (former.reportCount > 0) this.clusters.push(emptied(view));
      return;
    }
    const into = fate.fate === 'merged' ? fate.into : null;
    this.clusters.push({
      ...emptied(view),
      open: false,
      endedAt: this.#input.now,
      endReason: into === null ? 'emptied' : 'merged',
      mergedInto: into,
    });
    if (into === null) return this.#tell(former.id, 'emptied', {});
    this.#tell(former.id, 'merged', { into });
    this.#tell(into, 'absorbed', { clusterId: former.id, reportCount: former.reportCount });
  }

  /** Former clusters its members were in, other than itself. */
  #originsOf(group: Group, id: string): FormerCluster[] {
    const ids = new Set(group.members.map(({ view }) => view.clusterId));
    return [...ids].flatMap((origin) =>
      origin === null || origin === id ? [] : (this.#formers.get(origin) ?? []),
    );
  }

  #tellOpened(group: Group, id: string, cameFrom: readonly FormerCluster[]): void {
    const { hand } = this.#input;
    const ids = group.members.map((member) => member.id);
    const byHand = hand !== null && ids.length === 1 && ids[0] === hand.sightingId;
    const reportCount = ids.length;
    if (cameFrom.length === 0) this.#tell(id, 'opened', { sightingId: ids[0], reportCount });
    for (const origin of cameFrom) {
      if (byHand) continue;
      this.#tell(id, 'split', { from: origin.id, reportCount });
      this.#tell(origin.id, 'split', { into: id, reportCount });
    }
    if (byHand) this.#tellHand(hand, id, cameFrom[0]?.id ?? null);
  }

  #tellJoined(group: Group, id: string): void {
    const { hand, changedIds } = this.#input;
    const joined = group.members.filter(
      (member) => member.view.clusterId !== id && changedIds.has(member.id),
    );
    const placed = joined.find((member) => member.id === hand?.sightingId);
    if (hand !== null && placed) this.#tellHand(hand, id, placed.view.clusterId);
    const sightingIds = joined.filter((member) => member !== placed).map((member) => member.id);
    if (sightingIds.length > 0) {
      this.#tell(id, 'grew', { sightingIds, reportCount: group.members.length });
    }
  }

  #tellHand({ kind, sightingId, userId }: Hand, to: string, from: string | null): void {
    this.timeline.push({ clusterId: to, kind, userId, details: { sightingId, from } });
    if (from === null || !this.#formers.has(from)) return;
    this.timeline.push({ clusterId: from, kind, userId, details: { sightingId, into: to } });
  }

  #tell(clusterId: string, kind: TimelineKind, details: Record<string, unknown>): void {
    this.timeline.push({ clusterId, kind, userId: null, details });
  }
}

/** Still on the map for those on their way, with nobody reported there any more. */
function emptied(view: ClusterView): ClusterView {
  return { ...view, headcountLow: 0, headcountLikely: 0, reportCount: 0, reportsByKind: {} };
}

const latest = (times: readonly (string | null)[]): string | null =>
  times.reduce((last, at) => (at !== null && (last === null || at > last) ? at : last), null);

function sameFacts(former: FormerCluster, cluster: ClusterView): boolean {
  const { dispatches: _dispatches, ...view } = former;
  const sorted = (value: ClusterView) =>
    JSON.stringify(value, [...Object.keys(cluster), ...Object.keys(value.reportsByKind)].sort());
  return sorted(view) === sorted(cluster);
}
