/** Travel without a road network: the straight line, made longer and driven at the speed of a street. */
import type { Polygon, Position } from '../geo/position.ts';
import type { RoadConditions, RouteLeg, TravelMatrix, TravelMode } from './schema.ts';

/**
 * How much longer than the straight line a way usually is, and the speed over all of it, lights and turns included.
 * Set so that the middle error against the roads of the extracts in docs/roads.md is near nothing.
 */
export const estimateFactors: Record<TravelMode, { detour: number; metersPerSecond: number }> = {
  van: { detour: 1.4, metersPerSecond: 26 / 3.6 },
  car: { detour: 1.4, metersPerSecond: 28 / 3.6 },
  ebike: { detour: 1.3, metersPerSecond: 15 / 3.6 },
  foot: { detour: 1.3, metersPerSecond: 4.6 / 3.6 },
};

const metersPerDegree = 111_320;

interface Obstacle {
  west: number;
  south: number;
  east: number;
  north: number;
  ring: readonly (readonly [number, number])[];
  /** half way round it */
  aroundMeters: number;
}

export function estimateMatrix(
  mode: TravelMode,
  from: readonly Position[],
  to: readonly Position[],
  conditions: RoadConditions,
): TravelMatrix {
  const { detour, metersPerSecond } = estimateFactors[mode];
  const obstacles = conditions.closures.map(({ boundary }) => obstacleOf(boundary));
  const cols = to.length;
  const seconds = new Float64Array(from.length * cols);
  const meters = new Float64Array(from.length * cols);
  from.forEach((a, row) => {
    const metersPerLon = metersPerDegree * Math.cos((a.lat * Math.PI) / 180);
    to.forEach((b, col) => {
      let way =
        detour * Math.hypot((b.lon - a.lon) * metersPerLon, (b.lat - a.lat) * metersPerDegree);
      if (way > 0) for (const obstacle of obstacles) way += roundabout(obstacle, a, b);
      meters[row * cols + col] = way;
      seconds[row * cols + col] = (way / metersPerSecond) * conditions.winterFactor;
    });
  });
  return { seconds, meters, rows: from.length, cols, estimated: true };
}

/** A straight leg with nothing to say but where it starts and ends. */
export function estimateLeg(
  mode: TravelMode,
  from: Position,
  to: Position,
  conditions: RoadConditions,
): RouteLeg {
  const matrix = estimateMatrix(mode, [from], [to], conditions);
  const [seconds, meters] = [matrix.seconds[0]!, matrix.meters[0]!];
  return {
    seconds,
    meters,
    line: [
      [from.lon, from.lat],
      [to.lon, to.lat],
    ],
    manoeuvres: [
      { kind: 'depart', street: null, meters, seconds, at: from },
      { kind: 'arrive', street: null, meters: 0, seconds: 0, at: to },
    ],
  };
}

function obstacleOf(polygon: Polygon): Obstacle {
  const ring = polygon.coordinates[0]!;
  const lons = ring.map(([lon]) => lon);
  const lats = ring.map(([, lat]) => lat);
  const metersPerLon = metersPerDegree * Math.cos((lats[0]! * Math.PI) / 180);
  let around = 0;
  ring.forEach(([lon, lat], i) => {
    const [nextLon, nextLat] = ring[(i + 1) % ring.length]!;
    around += Math.hypot((nextLon - lon) * metersPerLon, (nextLat - lat) * metersPerDegree);
  });
  return {
    west: Math.min(...lons),
    south: Math.min(...lats),
    east: Math.max(...lons),
    north: Math.max(...lats),
    ring,
    aroundMeters: around / 2,
  };
}

/** A way whose straight line meets a closure goes half way round it. */
function roundabout(obstacle: Obstacle, a: Position, b: Position): number {
  if (Math.max(a.lon, b.lon) < obstacle.west || Math.min(a.lon, b.lon) > obstacle.east) return 0;
  if (Math.max(a.lat, b.lat) < obstacle.south || Math.min(a.lat, b.lat) > obstacle.north) return 0;
  return meetsRing(obstacle.ring, a, b) ? obstacle.aroundMeters : 0;
}

const side = (ax: number, ay: number, bx: number, by: number, px: number, py: number): number =>
  (bx - ax) * (py - ay) - (by - ay) * (px - ax);

function meetsRing(ring: Obstacle['ring'], a: Position, b: Position): boolean {
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [px, py] = ring[i]!;
    const [qx, qy] = ring[j]!;
    const crosses =
      side(a.lon, a.lat, b.lon, b.lat, px, py) > 0 !== side(a.lon, a.lat, b.lon, b.lat, qx, qy) > 0;
    const crossed =
      side(px, py, qx, qy, a.lon, a.lat) > 0 !== side(px, py, qx, qy, b.lon, b.lat) > 0;
    if (crosses && crossed) return true;
  }
  return false;
}
