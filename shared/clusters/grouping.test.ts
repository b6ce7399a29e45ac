import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupPoints, rankIds } from './grouping.ts';
import type { GroupingOptions } from './point-columns.ts';
import { groupNaively, squaredBetween } from './naive-grouping.ts';
import type { Position } from '../geo/position.ts';

const METERS_PER_DEGREE = 111_320;

/** Places around which points lie some metres apart: ordinary, both sides of the antimeridian, near the poles. */
const centres: Position[] = [
  { lon: 116.4, lat: 39.9 },
  { lon: 180, lat: -16.8 },
  { lon: -179.9999, lat: 65 },
  { lon: 15.6, lat: 78.2 },
  { lon: -40, lat: 85 },
  { lon: 180, lat: 89 },
  { lon: 25, lat: 89.9 },
  { lon: 0, lat: -89.999 },
];

function offset(centre: Position, east: number, north: number): Position {
  const lat = centre.lat + north / METERS_PER_DEGREE;
  const lon = centre.lon + east / (METERS_PER_DEGREE * Math.cos((centre.lat * Math.PI) / 180));
  return {
    lon: ((((lon + 180) % 360) + 360) % 360) - 180,
    lat: Math.max(-90, Math.min(90, lat)),
  };
}

const spread = fc.constantFrom(60, 400, 1500);
/** Coarse steps make coincident points and exact ties likely. */
const cloud = fc
  .record({
    centre: fc.constantFrom(...centres),
    size: spread,
    grid: fc.constantFrom(0, 20),
    points: fc.array(
      fc.tuple(
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
      ),
      { minLength: 1, maxLength: 60 },
    ),
  })
  .map(({ centre, size, grid, points }) => {
    const snap = (m: number) => (grid === 0 ? m : Math.round(m / grid) * grid);
    return points.map(([e, n]) => offset(centre, snap(e * size), snap(n * size)));
  });
const optionSets = fc.record({
  epsMeters: fc.constantFrom(20, 80, 100, 250),
  minPoints: fc.constantFrom(1, 2, 4),
  maxDiameterMeters: fc.constantFrom(null, 40, 250),
});

function columns(positions: readonly Position[]) {
  return {
    x: Float64Array.from(positions, (p) => p.lon),
    y: Float64Array.from(positions, (p) => p.lat),
  };
}

function groupsOf(labels: Int32Array): number[][] {
  const groups: number[][] = [];
  labels.forEach((label, i) => {
    if (label >= 0) (groups[label] ??= []).push(i);
  });
  return groups;
}

function runBoth(positions: Position[], options: Required<Omit<GroupingOptions, 'surface'>>) {
  const fast = groupPoints(columns(positions), options);
  const slow = groupNaively(positions.length, squaredBetween(positions), options);
  expect([...fast.core].map(Boolean)).toEqual(slow.core);
  expect(groupsOf(fast.components)).toEqual(slow.components);
  expect(groupsOf(fast.labels)).toEqual(slow.groups);
}

describe('grouping points', { timeout: 60_000 }, () => {
  it('equals the definition written down naively, anywhere on earth', () => {
    fc.assert(
      fc.property(cloud, optionSets, (positions, options) => runBoth(positions, options)),
      { numRuns: 400 },
    );
  });

  it('equals the definition on points of both sides of the earth at once', () => {
    fc.assert(
      fc.property(fc.array(cloud, { minLength: 2, maxLength: 3 }), optionSets, (clouds, options) =>
        runBoth(clouds.flat(), options),
      ),
      { numRuns: 60 },
    );
  });

  it('equals the definition in dense cells with hundreds of points', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 })), {
          minLength: 150,
          maxLength: 220,
        }),
        fc.constantFrom(3, 8),
        fc.constantFrom(1, 5),
        (steps, meters, minPoints) =>
          runBoth(
            steps.map(([e, n]) => offset({ lon: 24.9, lat: 60.2 }, e * meters, n * meters)),
            { epsMeters: 40, minPoints, maxDiameterMeters: 120 },
          ),
      ),
      { numRuns: 5 },
    );
  });

  it('gives the same groups in any order of arrival', () => {
    fc.assert(
      fc.property(cloud, optionSets, fc.infiniteStream(fc.nat()), (positions, options, random) => {
        const ids = positions.map((_, i) => `s${String(i).padStart(3, '0')}`);
        const shuffled = ids
          .map((id, i) => ({ id, position: positions[i]!, key: random.next().value as number }))
          .sort((a, b) => a.key - b.key);
        const straight = groupPoints({ ...columns(positions), rank: rankIds(ids) }, options);
        const mixed = groupPoints(
          { ...columns(shuffled.map((s) => s.position)), rank: rankIds(shuffled.map((s) => s.id)) },
          options,
        );
        const labels = new Map(ids.map((id, i) => [id, straight.labels[i]]));
        shuffled.forEach(({ id }, i) => expect(mixed.labels[i]).toBe(labels.get(id)));
      }),
    );
  });

  it('equals the definition on the plane', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -40, max: 40 })), {
          minLength: 1,
          maxLength: 80,
        }),
        fc.constantFrom(1, 2, 5, 5000),
        optionSets,
        (points, step, options) => {
          const x = Float64Array.from(points, ([e]) => e * step);
          const y = Float64Array.from(points, ([, n]) => n * step);
          const squared = (i: number, j: number) => (x[i]! - x[j]!) ** 2 + (y[i]! - y[j]!) ** 2;
          const fast = groupPoints({ x, y }, { ...options, surface: 'plane' });
          const slow = groupNaively(points.length, squared, options);
          expect(groupsOf(fast.labels)).toEqual(slow.groups);
        },
      ),
    );
  });

  it('links two points exactly eps apart', () => {
    const x = Float64Array.from([0, 3, 3]);
    const y = Float64Array.from([0, 4, 9.0000001]);
    const { labels } = groupPoints({ x, y }, { epsMeters: 5, surface: 'plane' });
    expect([...labels]).toEqual([0, 0, 1]);
  });

  it('leaves no part wider than allowed, and cuts a long chain of thousands of points without trouble', () => {
    const n = 30_000;
    const x = Float64Array.from({ length: n }, (_, i) => i * 10 + (i % 7) * 0.1);
    const y = new Float64Array(n);
    const { labels, groupCount } = groupPoints(
      { x, y },
      { epsMeters: 80, maxDiameterMeters: 250, surface: 'plane' },
    );
    expect(groupCount).toBeGreaterThan((n * 10) / 250);
    for (const part of groupsOf(labels))
      expect(x[part.at(-1)!]! - x[part[0]!]!).toBeLessThanOrEqual(250);
  });

  it('groups thousands of points at the very same place at once', () => {
    const n = 20_000;
    const x = new Float64Array(n).fill(24.9);
    const y = Float64Array.from({ length: n }, (_, i) => 60 + (i % 4) * 0.0008);
    const { groupCount } = groupPoints({ x, y }, { epsMeters: 100, maxDiameterMeters: 250 });
    expect(groupCount).toBe(2);
  });

  it('refuses options and coordinates that make no sense', () => {
    const one = columns([{ lon: 1, lat: 2 }]);
    expect(() => groupPoints(one, { epsMeters: 0 })).toThrow(/epsMeters/);
    expect(() => groupPoints(one, { epsMeters: 80, minPoints: 0 })).toThrow(/minPoints/);
    expect(() => groupPoints(one, { epsMeters: 80, maxDiameterMeters: -1 })).toThrow(/maxDiameter/);
    expect(() => groupPoints(columns([{ lon: 1, lat: 91 }]), { epsMeters: 80 })).toThrow(/nowhere/);
    expect(() => groupPoints({ ...one, rank: Int32Array.of(3) }, { epsMeters: 80 })).toThrow(
      /rank/,
    );
  });
});
