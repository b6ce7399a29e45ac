import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanTrack } from './clean.ts';
import { metersBetween } from './fixes.ts';
import type { TrackPoint } from './schema.ts';
import { drive, stand, thrownIn } from './testing/made-tracks.ts';

const began = Date.parse('2026-01-05T18:00:00.000Z');

describe('cleaning a track', () => {
  it('leaves a clean drive as it is', () => {
    const points = drive({ at: began, count: 100, metersPerSecond: 8 });
    const { fixes, dropped } = cleanTrack(points);
    expect(dropped).toEqual([]);
    expect(fixes.map(({ at, lon, lat }) => [at, lon, lat])).toEqual(
      points.map(([at, lon, lat]) => [at, lon, lat]),
    );
  });

  it('drops what is less sure than a hundred metres, and all but the surest fix of a moment', () => {
    const [first, second] = drive({ at: began, count: 2, metersPerSecond: 8 });
    const vague: TrackPoint = [began + 2_000, first![1], first![2], 101, null, null];
    const worse: TrackPoint = [first![0], first![1] + 0.001, first![2], 50, null, null];
    const { fixes, dropped } = cleanTrack([vague, second!, worse, first!]);
    expect(fixes.map(({ at, accuracyMeters }) => [at, accuracyMeters])).toEqual([
      [began, 8],
      [began + 5_000, 8],
    ]);
    expect(dropped).toEqual([began + 2_000]);
  });

  it('forgets fixes far off that are thrown into it, wherever and in whatever order they come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 60 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
        fc.double({ min: 5_000, max: 40_000, noNaN: true }),
        fc.double({ min: 0, max: 6.28, noNaN: true }),
        fc.infiniteStream(fc.nat(1_000_000)),
        (count, places, meters, angle, order) => {
          const points = drive({ at: began, count, metersPerSecond: 12 });
          const outliers = places.map((place) =>
            thrownIn(points[place * 2]!, { meters, angle: angle + place }),
          );
          const mixed = [...points, ...outliers]
            .map((point) => ({ point, key: order.next().value! }))
            .sort((a, b) => a.key - b.key)
            .map(({ point }) => point);
          expect(cleanTrack(mixed).fixes).toEqual(cleanTrack(points).fixes);
        },
      ),
    );
  });

  it('drops a spike that no car could drive, and keeps a car that turns back', () => {
    const points = drive({ at: began, count: 30, metersPerSecond: 3 });
    const spiked = points.with(10, thrownIn(points[10]!, { meters: 120, angle: 1, laterMs: 0 }));
    expect(cleanTrack(spiked).dropped).toEqual([points[10]![0]]);
    const there = drive({ at: began, count: 20, metersPerSecond: 10 });
    const back = there
      .toReversed()
      .slice(1)
      .map((point, i): TrackPoint => [began + (20 + i) * 5_000, ...(point.slice(1) as never)]);
    expect(cleanTrack([...there, ...back]).dropped).toEqual([]);
  });

  it('calms the jitter of somebody who stands', () => {
    const points = stand({ at: began, count: 120, jitterMeters: 7 });
    const { fixes } = cleanTrack(points);
    const way = (list: { lon: number; lat: number }[]) =>
      list.slice(1).reduce((sum, fix, i) => sum + metersBetween(list[i]!, fix), 0);
    const raw = way(points.map(([, lon, lat]) => ({ lon, lat })));
    expect(raw).toBeGreaterThan(400);
    expect(way(fixes)).toBeLessThan(raw / 4);
  });

  it('takes a clock that jumped for what it is: those fixes stand elsewhere in time and fit nowhere', () => {
    const points = drive({ at: began, count: 60, metersPerSecond: 12 });
    // The device's clock was an hour ahead for three fixes: far from where the team was by then.
    const later = drive({
      at: began + 3_600_000,
      count: 60,
      metersPerSecond: 12,
      startMeters: 9_000,
    });
    const jumped = points
      .slice(5, 8)
      .map(
        (point): TrackPoint =>
          [point[0] + 3_600_000 + 52_000, ...(point.slice(1) as never)] as TrackPoint,
      );
    expect(cleanTrack([...points, ...later, ...jumped]).fixes).toEqual(
      cleanTrack([...points, ...later]).fixes,
    );
  });
});
