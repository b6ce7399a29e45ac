import { describe, expect, it } from 'vitest';
import { matchTrack } from './matching.ts';
import { cleanTrack } from './clean.ts';
import { buildStreetNetwork, edgesNear, lineOf } from './street-network.ts';
import { metersOf, unionOf } from './stretches.ts';
import { drive, gridOfStreets, origin, pointAt } from './testing/made-tracks.ts';
import type { TrackPoint } from './schema.ts';

const began = Date.parse('2026-01-05T18:00:00.000Z');
const network = buildStreetNetwork(gridOfStreets(20, 20), 'grid');
const covered = (points: readonly TrackPoint[]) =>
  unionOf(matchTrack(network, cleanTrack(points).fixes).flatMap(({ stretches }) => stretches));

describe('matching a track to the streets', () => {
  it('follows a street that the receiver is beside of, and none that crosses it', () => {
    const track = drive({ at: began, count: 30, metersPerSecond: 8, startMeters: 30, north: 9 });
    const stretches = covered(track);
    const edges = stretches.map(([edge]) => edge);
    // the first row of the grid: edges 0 to 18 run east from the origin
    expect(edges).toEqual(edges.toSorted((a, b) => a - b));
    expect(Math.max(...edges)).toBeLessThan(19);
    expect(metersOf(stretches)).toBeGreaterThan(29 * 40 - 30);
    expect(metersOf(stretches)).toBeLessThan(29 * 40 + 2);
  });

  it('goes round a corner by the corner, whole edges between two fixes included', () => {
    const track = [
      pointAt(began, 20, 3),
      pointAt(began + 10_000, 120, -4),
      pointAt(began + 30_000, 303, 95),
      pointAt(began + 40_000, 297, 190),
    ];
    const stretches = covered(track);
    const upTheThird = edgesNear(network, pointAt(0, 300, 50)[1], pointAt(0, 300, 50)[2], 5)[0]!
      .edge;
    expect(stretches.some(([edge, from, to]) => edge === upTheThird && to - from > 99)).toBe(true);
    expect(metersOf(stretches)).toBeGreaterThan(460);
    expect(metersOf(stretches)).toBeLessThan(480);
  });

  it('covers nothing across a silence, across a field, or from one fix alone', () => {
    const early = drive({ at: began, count: 2, metersPerSecond: 10 });
    const late = drive({ at: began + 200_000, count: 2, metersPerSecond: 10, startMeters: 1000 });
    expect(metersOf(covered([...early, ...late]))).toBeLessThan(101);
    expect(covered(drive({ at: began, count: 20, metersPerSecond: 3, north: -60 }))).toEqual([]);
    expect(covered([pointAt(began, 50, 0)])).toEqual([]);
  });

  it('draws a stretch as the line it is', () => {
    const line = lineOf(network, 0, 25, 75);
    expect(line).toHaveLength(2);
    expect(line[0]![0]).toBeCloseTo(pointAt(0, 25, 0)[1], 5);
    expect(line[1]![0]).toBeCloseTo(pointAt(0, 75, 0)[1], 5);
    expect(line[0]![1]).toBeCloseTo(origin.lat, 5);
  });

  it('knows no street in a city without any', () => {
    const empty = {
      version: 1 as const,
      nodes: [],
      edges: [],
      shapes: [],
      names: [],
      edgeNames: [],
    };
    const none = buildStreetNetwork(empty, 'none');
    expect(edgesNear(none, 116.4, 39.9, 35)).toEqual([]);
  });
});
