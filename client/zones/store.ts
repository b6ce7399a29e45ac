import { create } from 'zustand';
import { useMemo } from 'react';
import type { ZoneView } from '../../shared/zones/schema.ts';
import type { FieldHeld } from './field-reader.ts';

interface ZonesStore {
  zones: ReadonlyMap<string, ZoneView>;
}

export const useZonesStore = create<ZonesStore>(() => ({ zones: new Map() }));

export const useZones = (): ZoneView[] => {
  const zones = useZonesStore((store) => store.zones);
  return useMemo(
    () => [...zones.values()].sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1)),
    [zones],
  );
};

interface ColdStore extends FieldHeld {
  /** fetches it once more */
  retry: () => void;
}

export const noField: ColdStore = { field: null, version: 0, error: null, retry: () => undefined };
/** The field of all cells. Its columns change in place: look at `version`. */
export const useCold = create<ColdStore>(() => noField);
