import { useMemo } from 'react';
import { create } from 'zustand';
import type { HoldView } from '../../shared/stations/schema.ts';

/** Places kept for somebody on the way, until they have arrived or been given up. */
export const useHoldStore = create<{ byId: ReadonlyMap<string, HoldView> }>(() => ({
  byId: new Map(),
}));

/** Who is on the way to a house, soonest first. */
export const useArrivals = (stationId: string | null): HoldView[] => {
  const byId = useHoldStore((store) => store.byId);
  return useMemo(
    () =>
      [...byId.values()]
        .filter((hold) => hold.stationId === stationId && hold.state === 'held')
        .sort((a, b) => (a.expectedAt < b.expectedAt ? -1 : 1)),
    [byId, stationId],
  );
};

/** The places kept for one dispatch. */
export const useHoldsOf = (dispatchId: string | null): HoldView[] => {
  const byId = useHoldStore((store) => store.byId);
  return useMemo(
    () =>
      [...byId.values()].filter((hold) => hold.dispatchId === dispatchId && hold.state === 'held'),
    [byId, dispatchId],
  );
};
