// Made-up nights of patrols for the coverage bench: teams that drive about the streets and stop now and then.
import { metersPerDegree } from '../shared/tracks/fixes.ts';
import type { TrackPoint } from '../shared/tracks/schema.ts';
import type { StreetNetwork } from '../shared/tracks/street-network.ts';
import { lineOf } from '../shared/tracks/street-network.ts';
import { seededRandom } from './measure.ts';

export const everyMs = 5_000;
const metersPerSecond = 6;
/** Seconds of standing after so many edges: looking under a bridge, talking to somebody. */
const stop = { everyEdges: 12, seconds: 90 };
const noiseMeters = 4;

/** One team's night: a fix every five seconds along streets taken at random, never straight back. */
export function patrolNight(
  network: StreetNetwork,
  team: number,
  began: number,
  count: number,
): TrackPoint[] {
  const random = seededRandom(1_000 + team);
  const noise = () => (random() + random() + random() - 1.5) * noiseMeters;
  const points: TrackPoint[] = [];
  const add = (lon: number, lat: number) =>
    points.push([
      began + points.length * everyMs,
      lon + noise() / network.metersPerLon,
      lat + noise() / metersPerDegree,
      8,
      metersPerSecond,
      null,
    ]);
  let edge = Math.floor(random() * network.edgeFrom.length);
  let from = network.edgeFrom[edge]!;
  /** seconds into the next edge at which the next fix falls */
  let carry = 0;
  for (let edges = 1; points.length < count; edges += 1) {
    const meters = network.edgeMeters[edge]!;
    const line = lineOf(network, edge, 0, meters);
    if (network.edgeFrom[edge] !== from) line.reverse();
    for (; carry * metersPerSecond < meters && points.length < count; carry += everyMs / 1000) {
      const [lon, lat] = along(line, (carry * metersPerSecond) / meters);
      add(lon, lat);
    }
    carry -= meters / metersPerSecond;
    from = network.ways.otherEnd(edge, from);
    if (edges % stop.everyEdges === 0) {
      const [lon, lat] = line.at(-1)!;
      for (let s = 0; s < stop.seconds && points.length < count; s += everyMs / 1000) add(lon, lat);
    }
    const next = [...network.ways.edgesAt(from)].filter((candidate) => candidate !== edge);
    edge = next[Math.floor(random() * next.length)] ?? edge;
  }
  return points;
}

/** A share of the way along a line. */
function along(line: readonly [number, number][], share: number): [number, number] {
  const lengths = line.slice(1).map(([lon, lat], i) => {
    const [beforeLon, beforeLat] = line[i]!;
    return Math.hypot((lon - beforeLon) * 0.77, lat - beforeLat);
  });
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  for (const [i, length] of lengths.entries()) {
    if (left <= length || i === lengths.length - 1) {
      const part = length === 0 ? 0 : Math.min(1, left / length);
      const [a, b] = [line[i]!, line[i + 1]!];
      return [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
    }
    left -= length;
  }
  return line[0]!;
}
