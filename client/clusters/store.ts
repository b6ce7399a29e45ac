import { create } from 'zustand';
import { useMemo } from 'react';
import type { CitySettings } from '../../shared/cities/schema.ts';
import { prioritize } from '../../shared/clusters/priority.ts';
import type { Priority, PriorityConditions } from '../../shared/clusters/priority.ts';
import type { ClusterView } from '../../shared/clusters/schema.ts';
import { useNow } from '../kernel/clock.ts';

interface ClustersStore {
  /** open ones, and those that ended while this screen watched */
  byId: ReadonlyMap<string, ClusterView>;
  /** scores from which a place is of level 2, 3, 4; the city's own once they are read */
  thresholds: CitySettings['priorityThresholds'];
  /** felt temperature of the night in force; null = nothing is known */
  feltCelsius: number | null;
}

export const useClusters = create<ClustersStore>(() => ({
  byId: new Map(),
  thresholds: [25, 50, 75],
  feltCelsius: null,
}));

export interface RankedCluster {
  cluster: ClusterView;
  priority: Priority;
}

/** One cluster, also when it has ended since. */
export const useCluster = (clusterId: string | null | undefined): ClusterView | null =>
  useClusters((store) => (clusterId ? (store.byId.get(clusterId) ?? null) : null));

const urgency = (a: RankedCluster, b: RankedCluster): number =>
  Number(b.priority.emergency) - Number(a.priority.emergency) ||
  b.priority.level - a.priority.level ||
  b.priority.score - a.priority.score ||
  (a.cluster.firstSeenAt < b.cluster.firstSeenAt ? -1 : 1);

/** Open clusters, most urgent first; re-ranked when facts, weather or the shared clock change. */
export function useRankedClusters(): RankedCluster[] {
  const { byId, thresholds, feltCelsius } = useClusters();
  const now = useNow();
  const conditions = useMemo<PriorityConditions>(
    () => ({ now: new Date(now).toISOString(), thresholds, feltCelsius }),
    [thresholds, feltCelsius, now],
  );
  return useMemo(() => {
    const ranked: RankedCluster[] = [];
    for (const cluster of byId.values()) if (cluster.open) ranked.push(rank(cluster, conditions));
    return ranked.sort(urgency);
  }, [byId, conditions]);
}

/** Between two ticks of the clock only what changed is judged anew: a city may have thousands of places. */
const judged = new WeakMap<
  ClusterView,
  { conditions: PriorityConditions; ranked: RankedCluster }
>();

function rank(cluster: ClusterView, conditions: PriorityConditions): RankedCluster {
  const before = judged.get(cluster);
  if (before?.conditions === conditions) return before.ranked;
  const ranked = { cluster, priority: prioritize(cluster, conditions) };
  judged.set(cluster, { conditions, ranked });
  return ranked;
}

/** The priority of one cluster, with its reasons. */
export function usePriority(cluster: ClusterView | null): Priority | null {
  const thresholds = useClusters((store) => store.thresholds);
  const feltCelsius = useClusters((store) => store.feltCelsius);
  const now = useNow();
  return useMemo(
    () =>
      cluster === null
        ? null
        : prioritize(cluster, { now: new Date(now).toISOString(), thresholds, feltCelsius }),
    [cluster, thresholds, feltCelsius, now],
  );
}

/** Follows merges: where a cluster that ended went to, or null when it simply ended. */
export function survivorOf(
  byId: ReadonlyMap<string, ClusterView>,
  cluster: ClusterView,
): ClusterView | null {
  let at: ClusterView | undefined = cluster;
  for (let hops = 0; at && hops < 50; hops++) {
    if (at.open) return at;
    at = at.mergedInto === null ? undefined : byId.get(at.mergedInto);
  }
  return null;
}
