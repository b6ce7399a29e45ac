import { create } from 'zustand';
import { useMemo } from 'react';
import type { StationView } from '../../shared/stations/schema.ts';

interface StationsStore {
  byId: ReadonlyMap<string, StationView>;
}

export const useStationsStore = create<StationsStore>(() => ({ byId: new Map() }));

/** Open stations first, then by name. */
export const useStations = (): StationView[] => {
  const byId = useStationsStore((store) => store.byId);
  return useMemo(
    () =>
      [...byId.values()].sort(
        (a, b) => Number(b.open) - Number(a.open) || a.name.localeCompare(b.name, 'zh-CN'),
      ),
    [byId],
  );
};

export const useStation = (stationId: string | null | undefined): StationView | null =>
  useStationsStore((store) => (stationId ? (store.byId.get(stationId) ?? null) : null));

/** Beds over all open stations. */
export const useBeds = (): { free: number; total: number } => {
  const byId = useStationsStore((store) => store.byId);
  return useMemo(() => {
    let free = 0;
    let total = 0;
    for (const station of byId.values())
      if (station.open) {
        free += station.bedsFree;
        total += station.bedsTotal;
      }
    return { free, total };
  }, [byId]);
};
