import type { Position } from '../../shared/geo/position.ts';
import { maxPlaces } from '../../shared/weather/schema.ts';

const metersPerDegree = 111_195;
/** Weather models tell two places apart from about here on. */
const spacingMeters = 7_500;

/**
 * Points over the bounds, evenly: about 7.5 km apart, further where more than 25 would be needed. The middle is always
 * one of them.
 * @param bounds [west, south, east, north]
 */
export function gridOver(
  [west, south, east, north]: readonly [number, number, number, number],
  most: number = maxPlaces,
): Position[] {
  const middle = (south + north) / 2;
  const widthMeters = (east - west) * metersPerDegree * Math.cos((middle * Math.PI) / 180);
  const heightMeters = (north - south) * metersPerDegree;
  let spacing = spacingMeters;
  while (odd(widthMeters / spacing) * odd(heightMeters / spacing) > most) spacing *= 1.1;
  const columns = odd(widthMeters / spacing);
  const rows = odd(heightMeters / spacing);
  return Array.from({ length: rows * columns }, (_, index) => ({
    lon: within(west, east, index % columns, columns),
    lat: within(south, north, Math.floor(index / columns), rows),
  }));
}

/** An odd number of points has a middle one. */
const odd = (count: number): number => 2 * Math.round((Math.max(1, count) - 1) / 2) + 1;
const within = (from: number, to: number, index: number, count: number): number =>
  Math.round((from + ((to - from) * (index + 0.5)) / count) * 10_000) / 10_000;
