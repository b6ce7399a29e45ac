import fc from 'fast-check';
import { gridDisk, gridDistance, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { notFoundHalfLifeHours, spreadNotFound } from './spread.ts';

const anyCell = fc
  .tuple(
    fc.double({ min: 20, max: 50, noNaN: true }),
    fc.double({ min: 75, max: 130, noNaN: true }),
  )
  .map(([lat, lon]) => latLngToCell(lat, lon, 9));
const anyPlaces = (cell: string) =>
  fc.array(
    fc.record({
      cell: fc.constantFrom(...gridDisk(cell, 5)),
      distanceMeters: fc.double({ min: 0, max: 1e6, noNaN: true }),
    }),
    { maxLength: 8 },
  );
const sumOf = (likely: readonly { people: number }[]): number =>
  likely.reduce((sum, { people }) => sum + people, 0);

describe('where somebody is who was not found', () => {
  it('is never more people than were expected, and four in five are still outside', () => {
    fc.assert(
      fc.property(
        anyCell.chain((cell) => fc.tuple(fc.constant(cell), anyPlaces(cell))),
        fc.double({ min: 0.001, max: 100, noNaN: true }),
        ([cell, places], people) => {
          const likely = spreadNotFound(cell, people, places);
          expect(sumOf(likely) / people).toBeCloseTo(0.8, 9);
          for (const { people: some } of likely) expect(some).toBeGreaterThanOrEqual(0);
          expect(new Set(likely.map((place) => place.cell)).size).toBe(likely.length);
        },
      ),
    );
  });

  it('is nearby, or at a place of the same kind', () => {
    const cell = latLngToCell(39.9, 116.4, 9);
    const elsewhere = latLngToCell(39.92, 116.45, 9);
    const alone = spreadNotFound(cell, 1, []);
    for (const place of alone) expect(gridDistance(cell, place.cell)).toBeLessThanOrEqual(2);
    expect(alone).toHaveLength(19);
    const likely = spreadNotFound(cell, 1, [{ cell: elsewhere, distanceMeters: 400 }]);
    expect(likely.find((place) => place.cell === elsewhere)?.people).toBeCloseTo(0.2, 9);
  });

  it('is rather at the nearer of two such places', () => {
    const cell = latLngToCell(39.9, 116.4, 9);
    const [near, far] = [latLngToCell(39.92, 116.4, 9), latLngToCell(39.94, 116.4, 9)];
    const likely = spreadNotFound(cell, 2, [
      { cell: near, distanceMeters: 300 },
      { cell: far, distanceMeters: 1_300 },
    ]);
    const at = (wanted: string) => likely.find((place) => place.cell === wanted)!.people;
    expect(at(near) / at(far)).toBeCloseTo(Math.exp(2), 6);
  });

  it('is nowhere when nobody was expected', () => {
    for (const people of [0, -1, Number.NaN, Infinity])
      expect(spreadNotFound(latLngToCell(39.9, 116.4, 9), people, [])).toEqual([]);
    expect(notFoundHalfLifeHours).toBeGreaterThan(0);
  });
});
