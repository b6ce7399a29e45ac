import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StreetsFile } from '../../shared/basemap/schema.ts';
import { alongWay, durationOf, wayBetween } from './drive.ts';
import { metersBetween } from './plane.ts';
import { buildStreetGraph, nearestJunction, quickestWay } from './street-graph.ts';

type Edge = [from: number, to: number, meters: number, oneWay: 0 | 1, kmh: number];

/** Junctions in a row of columns by rows, 0.001° apart, around 116.4, 39.9. */
function town(columns: number, rows: number, edges: Edge[]): StreetsFile {
  const nodes: number[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      nodes.push(116_400_000 + column * 1000, 39_900_000 + row * 1000);
  return {
    version: 1,
    nodes,
    edges: edges.flatMap(([from, to, meters, oneWay, kmh]) => [
      from,
      to,
      Math.round(meters * 10),
      5,
      oneWay,
      kmh,
    ]),
    shapes: edges.map(() => []),
    names: [],
    edgeNames: edges.map(() => -1),
  };
}

/** A street's length is at least the distance of its ends. */
function lengthOf(columns: number, from: number, to: number, detour: number): number {
  const at = (index: number) => ({
    lon: 116.4 + (index % columns) * 0.001,
    lat: 39.9 + Math.floor(index / columns) * 0.001,
  });
  return metersBetween(at(from), at(to)) * detour + 0.1;
}

/** Bellman–Ford over the same arcs: slow and plain. */
function leastSeconds(graph: ReturnType<typeof buildStreetGraph>, start: number): Float64Array {
  const best = new Float64Array(graph.junctions.length).fill(Infinity);
  best[start] = 0;
  for (let round = 0; round < graph.junctions.length; round++)
    for (let from = 0; from < graph.junctions.length; from++)
      for (let arc = graph.firstArc[from]!; arc < graph.firstArc[from + 1]!; arc++)
        best[graph.arcTo[arc]!] = Math.min(
          best[graph.arcTo[arc]!]!,
          best[from]! + graph.arcSeconds[arc]!,
        );
  return best;
}

describe('the way through the streets', () => {
  it('is the quickest, whatever the streets are', () => {
    const columns = 4;
    const edge = fc.record({
      from: fc.nat(11),
      to: fc.nat(11),
      detour: fc.double({ min: 1, max: 3, noNaN: true }),
      oneWay: fc.constantFrom(0 as const, 1 as const),
      kmh: fc.integer({ min: 5, max: 120 }),
    });
    fc.assert(
      fc.property(
        fc.array(edge, { maxLength: 40 }),
        fc.nat(11),
        fc.nat(11),
        (drawn, start, goal) => {
          const edges = drawn.map((one): Edge => [
            one.from,
            one.to,
            lengthOf(columns, one.from, one.to, one.detour),
            one.oneWay,
            one.kmh,
          ]);
          const graph = buildStreetGraph(town(columns, 3, edges));
          const way = quickestWay(graph, start, goal);
          const least = leastSeconds(graph, start)[goal]!;
          if (least === Infinity) expect(way).toBeNull();
          else expect(way!.atSeconds.at(-1)).toBeCloseTo(least, 6);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('does not go the wrong way down a one-way street', () => {
    const graph = buildStreetGraph(
      town(3, 1, [
        [0, 1, 90, 1, 30],
        [1, 2, 90, 1, 30],
        [2, 0, 400, 1, 30],
      ]),
    );
    expect(quickestWay(graph, 1, 0)!.points).toHaveLength(3);
  });

  it('follows the bends of a street in the direction it is driven', () => {
    const file = town(2, 1, [[0, 1, 120, 0, 30]]);
    file.shapes[0] = [300, 400, 300, 0];
    const there = quickestWay(buildStreetGraph(file), 0, 1)!;
    const back = quickestWay(buildStreetGraph(file), 1, 0)!;
    expect(there.points.map(({ lon }) => Math.round(lon * 1e6))).toEqual([
      116_400_000, 116_400_300, 116_400_600, 116_401_000,
    ]);
    expect(back.points).toEqual(there.points.toReversed());
  });

  it('finds the nearest junction from far away too', () => {
    const graph = buildStreetGraph(town(2, 2, [[0, 1, 90, 0, 30]]));
    expect(nearestJunction(graph, { lon: 116.41, lat: 39.9 })).toBe(1);
    expect(nearestJunction(graph, { lon: 116.3999, lat: 39.9002 })).toBe(0);
  });
});

describe('driving', () => {
  const graph = buildStreetGraph(
    town(
      5,
      1,
      [0, 1, 2, 3].map((i): Edge => [i, i + 1, 86, 0, 30]),
    ),
  );
  const from = { lon: 116.4001, lat: 39.9002 };
  const to = { lon: 116.4039, lat: 39.8998 };

  it('begins and ends where it should, at a speed a car can have', () => {
    const way = wayBetween(graph, from, to);
    expect(alongWay(way, 0).position).toEqual(from);
    expect(alongWay(way, durationOf(way)).position).toEqual(to);
    expect(alongWay(way, durationOf(way) - 0.01).arrived).toBe(false);
    for (let second = 0; second < durationOf(way); second++) {
      const step = metersBetween(
        alongWay(way, second).position,
        alongWay(way, second + 1).position,
      );
      expect(step).toBeLessThan(16);
    }
  });

  it('goes straight where no streets are known', () => {
    const way = wayBetween(null, from, to);
    expect(way.points).toEqual([from, to]);
    expect(durationOf(way)).toBeCloseTo(metersBetween(from, to) / 8, 6);
  });
});
