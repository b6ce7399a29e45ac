import { create } from 'zustand';
import { useMemo } from 'react';
import type { ConflictView } from '../../shared/field/schema.ts';

/** What came late and met a changed world, until the desk has looked at it. */
export const useConflictStore = create<{ byId: ReadonlyMap<string, ConflictView> }>(() => ({
  byId: new Map(),
}));

/** Newest first. */
export const useConflicts = (): ConflictView[] => {
  const byId = useConflictStore((store) => store.byId);
  return useMemo(
    () => [...byId.values()].sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1)),
    [byId],
  );
};
