// Which cluster lives on in which group, when groups changed: so that what someone is driving to keeps
// its name, and whatever loses its name says what became of it.
import { chordMeters } from '../geo/ellipsoid.ts';
import type { Position } from '../geo/position.ts';

export interface ActiveDispatch {
  id: string;
  /** Where the team is driving to. */
  target: Position;
  dispatchedAt: string;
}

export interface FormerCluster {
  id: string;
  createdAt: string;
  memberIds: readonly string[];
  /** More than one only after clusters with a dispatch each have merged. */
  dispatches: readonly ActiveDispatch[];
}

export interface NewGroup {
  /** Smallest member id. */
  key: string;
  members: readonly (Position & { id: string })[];
}

export type Fate =
  /** Lives on in this group. */
  | { fate: 'kept'; groupKey: string }
  /** The group with most of it (or nearest to its dispatch) kept the name of another. */
  | { fate: 'merged'; groupKey: string; into: string }
  /** None of its sightings is in a group any more. */
  | { fate: 'ended' };

export interface Identities {
  /** By group key; null: a new cluster. */
  clusterOf: ReadonlyMap<string, string | null>;
  /** By former cluster id. */
  fates: ReadonlyMap<string, Fate>;
  /** By dispatch id: the group it goes on with; null when nothing of its cluster is left. */
  dispatchTo: ReadonlyMap<string, string | null>;
}

/** A group that holds former members of a cluster. */
interface Heir {
  group: NewGroup;
  shared: number;
  firstShared: string;
}

interface Claimant {
  cluster: FormerCluster;
  /** Best first. */
  heirs: Heir[];
}

/**
 * `formers`: every cluster that lost or kept a member of the groups; `groups`: every group that holds
 * one of their members, or none of anybody's. Rules: a dispatch goes on with that part of its cluster
 * that has the sighting nearest to its target. A cluster would live on in the part its earliest dispatch
 * goes on with, then in the part with most of its members (tie: smallest id). Where several would live
 * on in one group, the one whose dispatch goes on with it keeps its name (the earliest dispatched), else
 * the oldest (tie: smallest id); the others try their next part, and are merged when none is free. Every
 * name is used at most once, and the order of the input doesn't matter (both sides have strict
 * preferences: stable matching, Gale–Shapley).
 */
export function assignIdentities(
  formers: readonly FormerCluster[],
  groups: readonly NewGroup[],
): Identities {
  const groupOfMember = new Map<string, NewGroup>();
  for (const group of groups) for (const { id } of group.members) groupOfMember.set(id, group);
  const dispatchTo = new Map<string, string | null>();
  const claimants = formers.map((cluster): Claimant => {
    const heirs = heirsOf(cluster, groupOfMember);
    for (const dispatch of cluster.dispatches)
      dispatchTo.set(dispatch.id, nearestHeir(heirs, dispatch.target)?.group.key ?? null);
    const first = byDispatch(cluster.dispatches)[0];
    const favourite = first === undefined ? undefined : dispatchTo.get(first.id);
    heirs.sort(
      (a, b) =>
        Number(b.group.key === favourite) - Number(a.group.key === favourite) ||
        b.shared - a.shared ||
        compare(a.firstShared, b.firstShared),
    );
    return { cluster, heirs };
  });

  const winners = match(claimants, dispatchTo);
  const clusterOf = new Map<string, string | null>(
    groups.map(({ key }) => [key, winners.get(key)?.cluster.id ?? null]),
  );
  const fates = new Map<string, Fate>();
  for (const { cluster, heirs } of claimants)
    fates.set(cluster.id, fateOf(cluster, heirs, clusterOf));
  return { clusterOf, fates, dispatchTo };
}

function fateOf(
  cluster: FormerCluster,
  heirs: readonly Heir[],
  clusterOf: ReadonlyMap<string, string | null>,
): Fate {
  const kept = heirs.find(({ group }) => clusterOf.get(group.key) === cluster.id);
  if (kept) return { fate: 'kept', groupKey: kept.group.key };
  const [best] = heirs;
  if (best === undefined) return { fate: 'ended' };
  // A group that turned a cluster down has another one.
  const into = clusterOf.get(best.group.key) as string;
  return { fate: 'merged', groupKey: best.group.key, into };
}

/** Clusters ask their parts, best first; a group holds the best asker so far. Winner by group key. */
function match(
  claimants: readonly Claimant[],
  dispatchTo: ReadonlyMap<string, string | null>,
): Map<string, Claimant> {
  const winners = new Map<string, Claimant>();
  const waiting = claimants.map((claimant) => ({ claimant, next: 0 }));
  const asked = new Map<Claimant, number>();
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const { claimant, next } = at;
    const heir = claimant.heirs[next];
    if (heir === undefined) continue;
    asked.set(claimant, next + 1);
    const { key } = heir.group;
    const holder = winners.get(key);
    if (holder === undefined || survives(claimant.cluster, holder.cluster, key, dispatchTo)) {
      winners.set(key, claimant);
      if (holder) waiting.push({ claimant: holder, next: asked.get(holder)! });
    } else waiting.push({ claimant, next: next + 1 });
  }
  return winners;
}

function survives(
  a: FormerCluster,
  b: FormerCluster,
  groupKey: string,
  dispatchTo: ReadonlyMap<string, string | null>,
): boolean {
  const here = (cluster: FormerCluster) =>
    byDispatch(cluster.dispatches.filter(({ id }) => dispatchTo.get(id) === groupKey))[0];
  const [ours, theirs] = [here(a), here(b)];
  if (ours && theirs) {
    const earlier = compare(ours.dispatchedAt, theirs.dispatchedAt);
    return (earlier || compare(a.id, b.id)) < 0;
  }
  if (ours || theirs) return ours !== undefined;
  return (compare(a.createdAt, b.createdAt) || compare(a.id, b.id)) < 0;
}

function heirsOf(cluster: FormerCluster, groupOfMember: ReadonlyMap<string, NewGroup>): Heir[] {
  const heirs = new Map<string, Heir>();
  for (const id of new Set(cluster.memberIds)) {
    const group = groupOfMember.get(id);
    if (group === undefined) continue;
    const heir = heirs.get(group.key);
    if (heir === undefined) heirs.set(group.key, { group, shared: 1, firstShared: id });
    else {
      heir.shared++;
      if (id < heir.firstShared) heir.firstShared = id;
    }
  }
  return [...heirs.values()];
}

function nearestHeir(heirs: readonly Heir[], target: Position): Heir | undefined {
  const far = heirs.map((heir) => ({
    heir,
    meters: heir.group.members.reduce(
      (least, member) => Math.min(least, chordMeters(member, target)),
      Infinity,
    ),
  }));
  far.sort(
    (a, b) =>
      a.meters - b.meters ||
      b.heir.shared - a.heir.shared ||
      compare(a.heir.firstShared, b.heir.firstShared),
  );
  return far[0]?.heir;
}

function byDispatch(dispatches: readonly ActiveDispatch[]): ActiveDispatch[] {
  return dispatches.toSorted(
    (a, b) => compare(a.dispatchedAt, b.dispatchedAt) || compare(a.id, b.id),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
