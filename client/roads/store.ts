import { useMemo } from 'react';
import { create } from 'zustand';
import type { ClosureView } from '../../shared/roads/schema.ts';

export const useClosureStore = create<{ byId: ReadonlyMap<string, ClosureView> }>(() => ({
  byId: new Map(),
}));

/** In force now, the newest first. */
export const useClosures = (): ClosureView[] => {
  const byId = useClosureStore((store) => store.byId);
  return useMemo(
    () => [...byId.values()].sort((a, b) => (a.closedAt < b.closedAt ? 1 : -1)),
    [byId],
  );
};
