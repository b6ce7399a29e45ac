/** Bends the straight plan a little and puts it on the globe. */
import type { Point } from './plan.ts';

/** An empty stretch of plain: no real city lies here. */
const ORIGIN = { lon: 125.62, lat: 44.36 };
const TURN = (5 * Math.PI) / 180;
const METERS_PER_DEGREE = 111_195;

export function toGlobe([u, v]: Point): { lon: number; lat: number } {
  const x = u + 85 * Math.sin(v / 1500 + 0.6) + 40 * Math.sin((u + v) / 1100);
  const y = v + 75 * Math.sin(u / 1800 + 0.3) + 35 * Math.sin((u - v) / 1200 + 2);
  const east = x * Math.cos(TURN) - y * Math.sin(TURN);
  const north = x * Math.sin(TURN) + y * Math.cos(TURN);
  const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
  return {
    lon: round(ORIGIN.lon + east / (METERS_PER_DEGREE * Math.cos((ORIGIN.lat * Math.PI) / 180))),
    lat: round(ORIGIN.lat + north / METERS_PER_DEGREE),
  };
}
