import type { Polygon, Position } from '../../shared/geo/position.ts';

/** So far from a closure a street may have become a dead end that a place is better not put on. */
const marginMeters = 500;
const metersPerDegree = 111_320;

const boxes = new WeakMap<readonly Polygon[], (place: Position) => boolean>();

/** Whether a place lies so near to a closure that the engine has to seek its street anew. */
export function besideClosures(closures: readonly Polygon[]): (place: Position) => boolean {
  let test = boxes.get(closures);
  if (!test) {
    const sides = closures.map(boxOf);
    test = ({ lon, lat }) =>
      sides.some(
        ([west, south, east, north]) => lon > west && lon < east && lat > south && lat < north,
      );
    boxes.set(closures, test);
  }
  return test;
}

function boxOf({ coordinates }: Polygon): [number, number, number, number] {
  const ring = coordinates[0]!;
  const lons = ring.map(([lon]) => lon);
  const lats = ring.map(([, lat]) => lat);
  const up = marginMeters / metersPerDegree;
  const aside = up / Math.cos((lats[0]! * Math.PI) / 180);
  return [
    Math.min(...lons) - aside,
    Math.min(...lats) - up,
    Math.max(...lons) + aside,
    Math.max(...lats) + up,
  ];
}
