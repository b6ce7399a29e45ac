import { create } from 'zustand';
import { useMemo } from 'react';
import type { DispatchState, DispatchView, RecheckView } from '../../shared/dispatch/schema.ts';
import { useWithPending } from './pending-steps.ts';

interface DispatchStore {
  /** as the server told them; screens show `useShownDispatches()` */
  byId: ReadonlyMap<string, DispatchView>;
  /** owed visits that are not done */
  rechecks: ReadonlyMap<string, RecheckView>;
}

export const useDispatchStore = create<DispatchStore>(() => ({
  byId: new Map(),
  rechecks: new Map(),
}));

const ended: ReadonlySet<DispatchState> = new Set(['closed', 'declined', 'cancelled']);
export const isActive = (dispatch: DispatchView): boolean => !ended.has(dispatch.state);

/** Every dispatch known, with the steps that this device has recorded and not sent yet. */
export const useShownDispatches = (): ReadonlyMap<string, DispatchView> =>
  useWithPending(useDispatchStore((store) => store.byId));

const newestFirst = (a: DispatchView, b: DispatchView) => (a.offeredAt < b.offeredAt ? 1 : -1);

/** Every dispatch known, newest first, of one cluster (ended ones too). */
export const useDispatchesOf = (clusterId: string | null): DispatchView[] => {
  const byId = useShownDispatches();
  return useMemo(
    () =>
      [...byId.values()].filter((dispatch) => dispatch.clusterId === clusterId).sort(newestFirst),
    [byId, clusterId],
  );
};

/** Active dispatches of one team, oldest offer first. */
export const useTeamDispatches = (teamId: string | null): DispatchView[] => {
  const byId = useShownDispatches();
  return useMemo(
    () =>
      [...byId.values()]
        .filter((dispatch) => dispatch.teamId === teamId && isActive(dispatch))
        .sort((a, b) => (a.offeredAt < b.offeredAt ? -1 : 1)),
    [byId, teamId],
  );
};

/** Active dispatches by cluster and by team, computed once per change. */
export const useActiveDispatches = (): {
  byCluster: ReadonlyMap<string, DispatchView[]>;
  byTeam: ReadonlyMap<string, DispatchView[]>;
} => {
  const byId = useShownDispatches();
  return useMemo(() => {
    const byCluster = new Map<string, DispatchView[]>();
    const byTeam = new Map<string, DispatchView[]>();
    for (const dispatch of byId.values()) {
      if (!isActive(dispatch)) continue;
      byCluster.set(dispatch.clusterId, [...(byCluster.get(dispatch.clusterId) ?? []), dispatch]);
      byTeam.set(dispatch.teamId, [...(byTeam.get(dispatch.teamId) ?? []), dispatch]);
    }
    return { byCluster, byTeam };
  }, [byId]);
};

/** Soonest due first. */
export const useRechecks = (): RecheckView[] => {
  const rechecks = useDispatchStore((store) => store.rechecks);
  return useMemo(
    () => [...rechecks.values()].sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1)),
    [rechecks],
  );
};
