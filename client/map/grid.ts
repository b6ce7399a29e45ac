/** A plain grid to find one's bearings on when a city has no map. */
import type { FeatureCollection, LineString } from 'geojson';
import type { Bounds } from '../../shared/basemap/schema.ts';

const MAX_LINES = 60;
const STEPS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

export function gridLines([west, south, east, north]: Bounds): FeatureCollection<LineString> {
  const span = Math.max(east - west, north - south);
  const step = STEPS.find((candidate) => span / candidate <= MAX_LINES) ?? 30;
  const lines: [number, number][][] = [];
  for (let lon = Math.floor(west / step); lon * step <= east + step; lon++) {
    lines.push([
      [lon * step, south - step],
      [lon * step, north + step],
    ]);
  }
  for (let lat = Math.floor(south / step); lat * step <= north + step; lat++) {
    lines.push([
      [west - step, lat * step],
      [east + step, lat * step],
    ]);
  }
  return {
    type: 'FeatureCollection',
    features: lines.map((coordinates) => ({
      type: 'Feature',
      properties: {},
      geometry: { type: 'LineString', coordinates },
    })),
  };
}
