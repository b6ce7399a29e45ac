/** Distances and steps within one city, where a degree of longitude is as good as constant. */
import type { Position } from '../../shared/geo/position.ts';

const metersPerDegree = 111_195;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Good to a few parts in a thousand over tens of kilometres. */
export function metersBetween(a: Position, b: Position): number {
  const dx = (b.lon - a.lon) * Math.cos(radians((a.lat + b.lat) / 2));
  return Math.hypot(dx, b.lat - a.lat) * metersPerDegree;
}

export function offsetBy(from: Position, eastMeters: number, northMeters: number): Position {
  return {
    lon: from.lon + eastMeters / (metersPerDegree * Math.cos(radians(from.lat))),
    lat: from.lat + northMeters / metersPerDegree,
  };
}

/** Degrees clockwise from north, 0 ≤ x < 360. */
export function headingOf(from: Position, to: Position): number {
  const dx = (to.lon - from.lon) * Math.cos(radians(from.lat));
  const degrees = (Math.atan2(dx, to.lat - from.lat) * 180) / Math.PI;
  return (degrees + 360) % 360;
}
