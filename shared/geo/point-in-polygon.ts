import type { Polygon, Position } from './position.ts';

/** Whether a position lies inside a polygon and outside its holes; straight edges in degrees (even-odd rule). */
export function pointInPolygon({ lon, lat }: Position, polygon: Polygon): boolean {
  let inside = false;
  for (const ring of polygon.coordinates) {
    for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
      const [x1, y1] = ring[at]!;
      const [x2, y2] = ring[before]!;
      if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1)
        inside = !inside;
    }
  }
  return inside;
}
