import { create } from 'zustand';
import { useMemo } from 'react';
import type { KeyPointView } from '../../shared/key-points/schema.ts';

/** Key points in the part of the city on screen. */
export const useKeyPointStore = create<{ byId: ReadonlyMap<string, KeyPointView> }>(() => ({
  byId: new Map(),
}));

export const useKeyPoints = (): KeyPointView[] => {
  const byId = useKeyPointStore((store) => store.byId);
  return useMemo(() => [...byId.values()], [byId]);
};
