/** Plane geometry on web-mercator positions, the unit square that tiles divide. */
import type { Bounds } from '../../shared/basemap/schema.ts';

/** x, y, x, y … in the unit square, y downwards. */
export type Path = readonly number[];
export type Box = [minX: number, minY: number, maxX: number, maxY: number];

const MAX_LATITUDE = 85.0511287798;

export function mercatorX(lon: number): number {
  return (lon + 180) / 360;
}

export function mercatorY(lat: number): number {
  const clamped = Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, lat));
  const sin = Math.sin((clamped * Math.PI) / 180);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
}

export function lonOf(x: number): number {
  return x * 360 - 180;
}

export function latOf(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

export function projectBounds([west, south, east, north]: Bounds): Box {
  return [mercatorX(west), mercatorY(north), mercatorX(east), mercatorY(south)];
}

export function boxOf(paths: Path[]): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const path of paths) {
    for (let i = 0; i < path.length; i += 2) {
      const x = path[i] ?? 0;
      const y = path[i + 1] ?? 0;
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    }
  }
  return box;
}

export function boxesMeet(a: Box, b: Box): boolean {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}

/** Twice the signed area; positive when clockwise on the screen (y downwards). */
export function signedArea(ring: Path): number {
  let sum = 0;
  for (let i = 0; i + 3 < ring.length; i += 2) {
    sum += (ring[i] ?? 0) * (ring[i + 3] ?? 0) - (ring[i + 2] ?? 0) * (ring[i + 1] ?? 0);
  }
  return sum;
}

export const EARTH_CIRCUMFERENCE_METERS = 40_075_016.686;

/** Area on the ground of a small ring, in square metres. */
export function areaSquareMeters(ring: Path): number {
  if (ring.length < 8) return 0;
  const scale = EARTH_CIRCUMFERENCE_METERS * Math.cos((latOf(ring[1] ?? 0.5) * Math.PI) / 180);
  // Relative to the first point, or the small differences drown in the large coordinates.
  const x0 = ring[0] ?? 0;
  const y0 = ring[1] ?? 0;
  let sum = 0;
  for (let i = 0; i + 3 < ring.length; i += 2) {
    sum +=
      ((ring[i] ?? 0) - x0) * ((ring[i + 3] ?? 0) - y0) -
      ((ring[i + 2] ?? 0) - x0) * ((ring[i + 1] ?? 0) - y0);
  }
  return (Math.abs(sum) / 2) * scale * scale;
}

export function contains(ring: Path, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const xi = ring[i] ?? 0;
    const yi = ring[i + 1] ?? 0;
    const xj = ring[j] ?? 0;
    const yj = ring[j + 1] ?? 0;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** A point inside the ring: the middle of its widest stretch at half height. */
export function pointInside(ring: Path): [number, number] {
  const [minX, minY, maxX, maxY] = boxOf([ring]);
  const y = (minY + maxY) / 2 + (maxY - minY) * 1e-6;
  const crossings: number[] = [];
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const y1 = ring[i + 1] ?? 0;
    const y2 = ring[i + 3] ?? 0;
    if (y1 > y === y2 > y) continue;
    const x1 = ring[i] ?? 0;
    crossings.push(x1 + (((ring[i + 2] ?? 0) - x1) * (y - y1)) / (y2 - y1));
  }
  crossings.sort((a, b) => a - b);
  let best: [number, number] = [(minX + maxX) / 2, y];
  let widest = 0;
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const from = crossings[i] ?? 0;
    const to = crossings[i + 1] ?? 0;
    if (to - from > widest) {
      widest = to - from;
      best = [(from + to) / 2, y];
    }
  }
  return best;
}
