/** Brings a lane that was chosen beside the map into its view, unless it is all there. */
import { useEffect, useRef } from 'react';
import { useMap } from '../map/map-context.ts';
import { usePlanScreen } from './screen-store.ts';
import { usePlan } from './store.ts';

const nearestZoom = 15;
const paddingPx = 56;

export function FitLane() {
  const { map } = useMap();
  const fitCount = usePlanScreen((screen) => screen.fitCount);
  const done = useRef(fitCount);
  useEffect(() => {
    if (done.current === fitCount) return;
    done.current = fitCount;
    const { laneTeamId } = usePlanScreen.getState();
    const lane = usePlan.getState().plan?.lanes.find(({ teamId }) => teamId === laneTeamId);
    if (!lane) return;
    const points = [lane, ...lane.stops.filter(({ kind }) => kind !== 'break')];
    const view = map.getBounds();
    if (points.every(({ lon, lat }) => view.contains([lon, lat]))) return;
    const lons = points.map(({ lon }) => lon);
    const lats = points.map(({ lat }) => lat);
    map.fitBounds(
      [
        [Math.min(...lons), Math.min(...lats)],
        [Math.max(...lons), Math.max(...lats)],
      ],
      { padding: paddingPx, maxZoom: nearestZoom, duration: 500 },
    );
  }, [map, fitCount]);
  return null;
}
