/** What is where on the plan: water, railway land, places that streets go around. */
import {
  BRANCH_LINE,
  ISLAND,
  LAKE,
  MAIN_LINE,
  STATION_V,
  riverHalfWidth,
  riverMiddle,
} from './plan.ts';
import { SQUARE, ZONES } from './plan-places.ts';
import type { Point } from './plan.ts';
import type { Zone } from './plan-places.ts';

export type Ground = 'free' | 'water' | 'rail' | 'zone';

const BANK = 14;
const RAIL_HALF_WIDTH = 22;
const YARD_HALF_WIDTH = 95;

export function groundAt([u, v]: Point): Ground {
  if (Math.abs(u - riverMiddle(v)) < riverHalfWidth(v) + BANK) return 'water';
  if (onRailway([u, v])) return 'rail';
  if (Math.hypot(u - SQUARE.center[0], v - SQUARE.center[1]) < SQUARE.radius - 4) return 'zone';
  return ZONES.some((zone) => insideZone(zone, u, v)) ? 'zone' : 'free';
}

function insideZone({ box }: Zone, u: number, v: number): boolean {
  return u > box[0] && u < box[2] && v > box[1] && v < box[3];
}

export function onRailway(point: Point): boolean {
  const inYard = point[1] > STATION_V[0] && point[1] < STATION_V[1];
  if (distanceToLine(point, MAIN_LINE) < (inYard ? YARD_HALF_WIDTH : RAIL_HALF_WIDTH)) return true;
  return distanceToLine(point, BRANCH_LINE) < RAIL_HALF_WIDTH;
}

export function distanceToLine([u, v]: Point, line: Point[]): number {
  let shortest = Infinity;
  for (let i = 1; i < line.length; i++) {
    const [au, av] = line[i - 1] ?? [0, 0];
    const [bu, bv] = line[i] ?? [0, 0];
    const du = bu - au;
    const dv = bv - av;
    const t = Math.max(0, Math.min(1, ((u - au) * du + (v - av) * dv) / (du * du + dv * dv)));
    shortest = Math.min(shortest, Math.hypot(u - au - du * t, v - av - dv * t));
  }
  return shortest;
}

export function riverBank(
  side: -1 | 1,
  gap: number,
  from: number,
  to: number,
  step: number,
): Point[] {
  const line: Point[] = [];
  for (let v = from; from < to ? v <= to : v >= to; v += from < to ? step : -step) {
    line.push([riverMiddle(v) + side * (riverHalfWidth(v) + gap), v]);
  }
  return line;
}

export function islandOutline(): Point[] {
  const points: Point[] = [];
  for (let i = 0; i < 28; i++) {
    const angle = (i / 28) * 2 * Math.PI;
    const v = ISLAND.v + ISLAND.halfLength * Math.sin(angle);
    points.push([riverMiddle(v) + ISLAND.halfWidth * Math.cos(angle), v]);
  }
  return points;
}

export function lakeOutline(): Point[] {
  const points: Point[] = [];
  for (let i = 0; i < 48; i++) {
    const angle = (i / 48) * 2 * Math.PI;
    const swell = 1 + 0.14 * Math.sin(3 * angle + 1) + 0.08 * Math.sin(5 * angle);
    points.push([
      LAKE.center[0] + LAKE.rx * swell * Math.cos(angle),
      LAKE.center[1] + LAKE.ry * swell * Math.sin(angle),
    ]);
  }
  return points;
}
