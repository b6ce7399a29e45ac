import { create } from 'zustand';
import { useMemo } from 'react';
import type { ColdCellView, ZoneView } from '../../shared/zones/schema.ts';

interface ZonesStore {
  zones: ReadonlyMap<string, ZoneView>;
  /** by H3 index, resolution 9 */
  cells: ReadonlyMap<string, ColdCellView>;
}

export const useZonesStore = create<ZonesStore>(() => ({ zones: new Map(), cells: new Map() }));

export const useZones = (): ZoneView[] => {
  const zones = useZonesStore((store) => store.zones);
  return useMemo(() => [...zones.values()].sort((a, b) => b.weight - a.weight), [zones]);
};

export const useCells = (): ReadonlyMap<string, ColdCellView> =>
  useZonesStore((store) => store.cells);
