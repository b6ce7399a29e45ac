import { create } from 'zustand';
import { useMemo } from 'react';
import type { OwnReport, SightingView } from '../../shared/sightings/schema.ts';

interface SightingsStore {
  byId: ReadonlyMap<string, SightingView>;
  /** what became of this person's own reports */
  reports: ReadonlyMap<string, OwnReport>;
}

/** Live sightings in the part of the city on screen. */
export const useSightings = create<SightingsStore>(() => ({ byId: new Map(), reports: new Map() }));

export const useSightingsOf = (clusterId: string | null): SightingView[] => {
  const byId = useSightings((store) => store.byId);
  return useMemo(
    () =>
      [...byId.values()]
        .filter((sighting) => clusterId !== null && sighting.clusterId === clusterId)
        .sort((a, b) => (a.seenAt < b.seenAt ? 1 : -1)),
    [byId, clusterId],
  );
};

/** Newest first. */
export const useOwnReports = (): OwnReport[] => {
  const reports = useSightings((store) => store.reports);
  return useMemo(
    () => [...reports.values()].sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1)),
    [reports],
  );
};
