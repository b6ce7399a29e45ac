/** Where the chosen thing is: to mark it on the map, and to bring it into view. */
import { cellToLatLng } from 'h3-js';
import type { ClusterView } from '../../shared/clusters/schema.ts';
import type { DispatchView, RecheckView } from '../../shared/dispatch/schema.ts';
import type { KeyPointView } from '../../shared/key-points/schema.ts';
import type { StationView } from '../../shared/stations/schema.ts';
import type { Choice } from './store.ts';

type ById<V> = ReadonlyMap<string, V>;
interface Known {
  clusters: ById<ClusterView>;
  dispatches: ById<DispatchView>;
  rechecks: ById<RecheckView>;
  stations: ById<StationView>;
  keyPoints: ById<KeyPointView>;
}

/** About the reach of a resolution-9 cell. */
const cellRadiusMeters = 170;

export function chosenPlace(
  choice: Choice | null,
  known: Known,
): Pick<ClusterView, 'lon' | 'lat' | 'radiusMeters'> | null {
  if (choice === null) return null;
  if (choice.kind === 'cell') {
    const [lat, lon] = cellToLatLng(choice.id);
    return { lon, lat, radiusMeters: cellRadiusMeters };
  }
  if (choice.kind === 'cluster') {
    const cluster = known.clusters.get(choice.id);
    if (cluster) return cluster;
    // Beyond what the screen follows, a dispatch still knows where it leads.
    const dispatch = [...known.dispatches.values()].find(
      ({ clusterId, endedAt }) => clusterId === choice.id && endedAt === null,
    );
    return dispatch ? { ...dispatch.target, radiusMeters: 0 } : null;
  }
  if (choice.kind === 'keyPoint') return known.keyPoints.get(choice.id) ?? null;
  const place = (choice.kind === 'recheck' ? known.rechecks : known.stations).get(choice.id);
  return place ? { lon: place.lon, lat: place.lat, radiusMeters: 0 } : null;
}
