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

const descending = (a: string, b: string): number => (a === b ? 0 : a < b ? 1 : -1);

/** Newest first; what waited for a network is received in the same moment, and is told apart by when it was seen. */
export const newestFirst = (a: OwnReport, b: OwnReport): number =>
  descending(a.receivedAt, b.receivedAt) ||
  descending(a.seenAt, b.seenAt) ||
  descending(a.id, b.id);

export const useOwnReports = (): OwnReport[] => {
  const reports = useSightings((store) => store.reports);
  return useMemo(() => [...reports.values()].sort(newestFirst), [reports]);
};
