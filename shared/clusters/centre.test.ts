import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chordMeters } from '../geo/ellipsoid.ts';
import { centreOf } from './centre.ts';

describe('the centre of a cluster', () => {
  it('is the place of a single report', () => {
    const centre = centreOf([{ lon: 116.4, lat: 39.9, accuracyMeters: 12 }]);
    expect(centre.lon).toBeCloseTo(116.4, 9);
    expect(centre.lat).toBeCloseTo(39.9, 9);
    expect(centre.radiusMeters).toBeLessThan(1e-6);
  });

  it('lies nearer to the more exact report', () => {
    const exact = { lon: 24.94, lat: 60.17, accuracyMeters: 5 };
    const blurred = { lon: 24.94, lat: 60.171, accuracyMeters: 50 };
    const centre = centreOf([exact, blurred]);
    expect(chordMeters(centre, exact)).toBeCloseTo(111.41 / 101, 1);
    expect(centre.radiusMeters).toBeCloseTo(chordMeters(centre, blurred), 6);
  });

  it('knows no seam at the antimeridian', () => {
    const centre = centreOf([
      { lon: 179.9995, lat: -16.8, accuracyMeters: 10 },
      { lon: -179.9995, lat: -16.8, accuracyMeters: 10 },
    ]);
    expect(Math.abs(centre.lon)).toBeCloseTo(180, 6);
    expect(centre.radiusMeters).toBeCloseTo(53.3, 0);
  });

  it('is the same in any order', () => {
    const reports = fc.array(
      fc.record({
        lon: fc.double({ min: 24.9, max: 24.91, noNaN: true }),
        lat: fc.double({ min: 60.1, max: 60.11, noNaN: true }),
        accuracyMeters: fc.integer({ min: 0, max: 100 }),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(reports, (list) => {
        expect(centreOf(list.toReversed())).toEqual(centreOf(list));
      }),
    );
  });

  it('refuses to place nothing', () => {
    expect(() => centreOf([])).toThrow(RangeError);
  });
});
