import fc from 'fast-check';
import { cellToChildren, getPentagons, gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { hexKernels, squareKernels } from './kernels.ts';

describe('what a cell tells of the cells around', () => {
  it('spreads over the rings of an H3 cell, whatever the city', () => {
    const anyPlace = fc.tuple(
      fc.double({ min: -80, max: 80, noNaN: true }),
      fc.double({ min: -180, max: 180, noNaN: true }),
    );
    fc.assert(
      fc.property(anyPlace, fc.constantFrom(7, 9, 10), ([lat, lon], resolution) => {
        const cells = gridDisk(latLngToCell(lat, lon, resolution), 4);
        const kernels = hexKernels(cells);
        const values = new Float64Array(cells.length);
        values[0] = 1;
        for (const reach of [1, 2] as const) {
          const out = new Float64Array(cells.length);
          kernels[reach].smooth(values, cells.length, out);
          const reached = new Set(cells.filter((_, i) => out[i]! > 0));
          expect(reached).toEqual(new Set(gridDisk(cells[0]!, reach)));
          expect(out.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
        }
      }),
    );
  });

  it('knows the five neighbours of a pentagon', () => {
    const [pentagon] = getPentagons(5);
    const cells = gridDisk(pentagon!, 3);
    const out = new Float64Array(cells.length);
    const values = new Float64Array(cells.length);
    values[cells.indexOf(pentagon!)] = 1;
    hexKernels(cells)[1].smooth(values, cells.length, out);
    expect(cells.filter((_, i) => out[i]! > 0)).toHaveLength(6);
    expect(cellToChildren(pentagon!, 6)).toHaveLength(6);
  });

  it('spreads over squares alike, and not beyond the known cells', () => {
    const places = Array.from({ length: 25 }, (_, i) => [i % 5, Math.floor(i / 5)] as const);
    const kernels = squareKernels(
      places.map(([column]) => column - 1_000),
      places.map(([, row]) => row + 500),
    );
    const values = new Float64Array(25);
    values[12] = 1;
    const out = new Float64Array(25);
    kernels[2].smooth(values, 25, out);
    expect(out.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    expect(out[11]).toBe(out[13]);
    expect(out[12]).toBeGreaterThan(out[11]!);
    const known = new Float64Array(25);
    kernels[1].smooth(values, 12, known);
    expect(known.every((value) => value === 0)).toBe(true);
  });
});
