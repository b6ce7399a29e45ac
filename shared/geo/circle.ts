import type { Polygon, Position } from './position.ts';

const metersPerDegree = 111_195;

/** A circle of 64 corners around a place, counter-clockwise and closed; good for a city, not for a continent. */
export function circleAround({ lon, lat }: Position, radiusMeters: number): Polygon {
  const corners = 64;
  const east = radiusMeters / (metersPerDegree * Math.cos((lat * Math.PI) / 180));
  const north = radiusMeters / metersPerDegree;
  const ring = Array.from({ length: corners }, (_, corner): [number, number] => {
    const angle = (corner * 2 * Math.PI) / corners;
    return [lon + Math.cos(angle) * east, lat + Math.sin(angle) * north];
  });
  return { type: 'Polygon', coordinates: [[...ring, ring[0]!]] };
}
