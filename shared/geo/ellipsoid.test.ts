import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chordMeters, distanceMeters, fromEcef, toEcef, WGS84 } from './ellipsoid.ts';
import type { Position } from './position.ts';

const RAD = Math.PI / 180;

/** Vincenty's inverse formula (1975), 0.1 mm; the oracle. Not for nearly antipodal points. */
function vincenty(p: Position, q: Position): number {
  const a = WGS84.radiusMeters;
  const f = 1 - Math.sqrt(1 - WGS84.eccentricitySquared);
  const b = a * (1 - f);
  const L = (q.lon - p.lon) * RAD;
  const U1 = Math.atan((1 - f) * Math.tan(p.lat * RAD));
  const U2 = Math.atan((1 - f) * Math.tan(q.lat * RAD));
  const [sU1, cU1, sU2, cU2] = [Math.sin(U1), Math.cos(U1), Math.sin(U2), Math.cos(U2)];
  let lambda = L;
  for (let i = 0; i < 200; i++) {
    const sl = Math.sin(lambda);
    const cl = Math.cos(lambda);
    const ss = Math.hypot(cU2 * sl, cU1 * sU2 - sU1 * cU2 * cl);
    if (ss === 0) return 0;
    const cs = sU1 * sU2 + cU1 * cU2 * cl;
    const sigma = Math.atan2(ss, cs);
    const sa = (cU1 * cU2 * sl) / ss;
    const c2a = 1 - sa * sa;
    const c2m = c2a === 0 ? 0 : cs - (2 * sU1 * sU2) / c2a;
    const C = (f / 16) * c2a * (4 + f * (4 - 3 * c2a));
    const next = L + (1 - C) * f * sa * (sigma + C * ss * (c2m + C * cs * (-1 + 2 * c2m * c2m)));
    if (Math.abs(next - lambda) < 1e-13) {
      const u2 = (c2a * (a * a - b * b)) / (b * b);
      const A = 1 + (u2 / 16384) * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)));
      const B = (u2 / 1024) * (256 + u2 * (-128 + u2 * (74 - 47 * u2)));
      const ds =
        B *
        ss *
        (c2m +
          (B / 4) *
            (cs * (-1 + 2 * c2m * c2m) -
              (B / 6) * c2m * (-3 + 4 * ss * ss) * (-3 + 4 * c2m * c2m)));
      return b * A * (sigma - ds);
    }
    lambda = next;
  }
  return Number.NaN;
}

const somewhere = fc.record({
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -89.5, max: 89.5, noNaN: true }),
});

/** A second point some metres away, by a flat step; its true distance is then asked from Vincenty. */
function step(from: Position, meters: number, azimuth: number): Position {
  const lat = from.lat + (meters * Math.cos(azimuth)) / 111_320;
  const lon =
    from.lon + (meters * Math.sin(azimuth)) / (111_320 * Math.max(0.005, Math.cos(from.lat * RAD)));
  return {
    lon: lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon,
    lat: Math.max(-90, Math.min(90, lat)),
  };
}
const azimuths = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true });

describe('distances on the ellipsoid', () => {
  it('makes the chord the geodesic within micrometres up to 1 km', () => {
    fc.assert(
      fc.property(
        somewhere,
        fc.double({ min: 1, max: 1000, noNaN: true }),
        azimuths,
        (p, m, az) => {
          const q = step(p, m, az);
          const truth = vincenty(p, q);
          fc.pre(Number.isFinite(truth) && truth <= 1000);
          // Vincenty's own rounding at this length is some micrometres.
          expect(Math.abs(chordMeters(p, q) - truth)).toBeLessThan(1e-5);
        },
      ),
    );
  });

  it.each([
    [100_000, 0.001],
    [1_000_000, 2],
  ])('stays close to the geodesic up to %d m', (length, error) => {
    fc.assert(
      fc.property(
        somewhere,
        fc.double({ min: 1, max: length, noNaN: true }),
        azimuths,
        (p, m, az) => {
          const q = step(p, m, az);
          const truth = vincenty(p, q);
          fc.pre(Number.isFinite(truth) && truth <= length);
          expect(Math.abs(distanceMeters(p, q) - truth)).toBeLessThan(error);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('stays within 0.5 % up to a quarter of the way around the earth', () => {
    fc.assert(
      fc.property(somewhere, somewhere, (p, q) => {
        const truth = vincenty(p, q);
        fc.pre(Number.isFinite(truth) && truth > 1 && truth < 10_000_000);
        expect(Math.abs(distanceMeters(p, q) / truth - 1)).toBeLessThan(0.005);
      }),
      { numRuns: 500 },
    );
  });

  it('knows no seam at the antimeridian and one point at each pole', () => {
    expect(chordMeters({ lon: 180, lat: 10 }, { lon: -180, lat: 10 })).toBe(0);
    expect(chordMeters({ lon: 12, lat: 90 }, { lon: -150, lat: 90 })).toBe(0);
    expect(chordMeters({ lon: 179.9999, lat: 0 }, { lon: -179.9999, lat: 0 })).toBeCloseTo(
      22.264,
      2,
    );
  });

  it('comes back from Cartesian coordinates', () => {
    fc.assert(
      fc.property(somewhere, (p) => {
        expect(chordMeters(fromEcef(toEcef(p)), p)).toBeLessThan(1e-6);
      }),
    );
  });
});
