/** What each way of travelling is for the road engine. */
import type { Polygon } from '../../shared/geo/position.ts';
import type { TravelMode } from '../../shared/roads/schema.ts';

/**
 * A van of patrol: minibus with a raised roof. An e-bike keeps to the cycle ways and to 18 km/h, which the law's
 * 25 km/h comes to between lights.
 */
const costings = {
  van: { costing: 'auto', options: { height: 2.6, width: 2.1 } },
  car: { costing: 'auto', options: { height: 1.6, width: 1.9 } },
  ebike: { costing: 'bicycle', options: { bicycle_type: 'Hybrid', cycling_speed: 18 } },
  foot: { costing: 'pedestrian', options: { walking_speed: 4.6 } },
} as const;

interface Costing {
  costing: string;
  costing_options: Record<string, object>;
  exclude_polygons?: [number, number][][];
}

export function costingOf(mode: TravelMode, closures: readonly Polygon[]): Costing {
  const { costing, options } = costings[mode];
  return {
    costing,
    costing_options: { [costing]: options },
    ...(closures.length > 0 && {
      exclude_polygons: closures.map((polygon) => polygon.coordinates[0]!),
    }),
  };
}
