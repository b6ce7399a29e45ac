/** What the desk of a house asks for: who is in it, and how fast the houses fill. */
import { useEffect, useMemo } from 'react';
import type { SaturationView, StationView, StayView } from '../../shared/stations/schema.ts';
import { api } from '../kernel/api.ts';
import { useAsked } from '../kernel/use-asked.ts';
import type { Asked } from '../kernel/use-asked.ts';
import { useStationsStore } from './store.ts';

/** Says "somebody came or left": the counts, not the stays, come by the line. */
const changeKey = (station: StationView | undefined): string =>
  station === undefined
    ? ''
    : [station.id, station.extra, ...station.places.map(({ taken }) => taken)].join(' ');

/** Read anew whenever the counts of the house change. */
export function useStays(stationId: string): Asked<StayView[]> {
  const key = useStationsStore((store) => changeKey(store.byId.get(stationId)));
  return useAsked(() => api.stations.stays.query({ stationId }), key);
}

const refreshMs = 60_000;

/** By station; asked anew each minute, and when any count of places changes. */
export function useSaturation(): Asked<ReadonlyMap<string, SaturationView>> {
  const byId = useStationsStore((store) => store.byId);
  const key = useMemo(
    () => [...byId.values()].map((station) => [station.bedsFree, station.open].join(' ')).join(','),
    [byId],
  );
  const asked = useAsked(
    async () =>
      new Map((await api.stations.saturation.query()).map((view) => [view.stationId, view])),
    key,
  );
  const { reload } = asked;
  useEffect(() => {
    const timer = setInterval(reload, refreshMs);
    return () => clearInterval(timer);
  }, [reload]);
  return asked;
}
