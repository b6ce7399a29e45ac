import fc from 'fast-check';
import gcoordModule from 'gcoord';
import { expect, test } from 'vitest';
import { toWgs84 } from './coordinates.ts';

const gcoord = gcoordModule as unknown as typeof gcoordModule.default;
const metersBetween = (a: { lon: number; lat: number }, b: { lon: number; lat: number }) =>
  Math.hypot(
    (a.lon - b.lon) * 111_320 * Math.cos((a.lat * Math.PI) / 180),
    (a.lat - b.lat) * 111_320,
  );

test('a WGS-84 position is passed on untouched', () => {
  const position = { lon: 116.397, lat: 39.909 };
  expect(toWgs84(position, 'wgs84')).toBe(position);
});

test('a GCJ-02 position in Beijing moves by the known shift of about half a kilometre', () => {
  const moved = toWgs84({ lon: 116.404, lat: 39.915 }, 'gcj02');
  expect(moved.lon).toBeCloseTo(116.39775, 4);
  expect(moved.lat).toBeCloseTo(39.9136, 4);
});

test('what was WGS-84 comes back within half a metre from GCJ-02 and BD-09 anywhere over the mainland', () => {
  const inland = fc.record({
    lon: fc.double({ min: 100, max: 118, noNaN: true }),
    lat: fc.double({ min: 26, max: 41, noNaN: true }),
  });
  fc.assert(
    fc.property(inland, fc.constantFrom('gcj02' as const, 'bd09' as const), (position, system) => {
      const [lon, lat] = gcoord.transform(
        [position.lon, position.lat],
        gcoord.WGS84,
        system === 'gcj02' ? gcoord.GCJ02 : gcoord.BD09,
      );
      expect(metersBetween(toWgs84({ lon, lat }, system), position)).toBeLessThan(0.5);
    }),
  );
});

test('outside China the system makes no difference for GCJ-02', () => {
  expect(toWgs84({ lon: 24.94, lat: 60.17 }, 'gcj02')).toEqual({ lon: 24.94, lat: 60.17 });
});
