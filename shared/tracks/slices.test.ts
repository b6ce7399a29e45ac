import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrackPoint } from './schema.ts';
import { marginMs, sliceFacts, sliceMs, slicesTouched } from './slices.ts';
import type { SliceFacts } from './slices.ts';
import { buildStreetNetwork } from './street-network.ts';
import { at, drive, gridOfStreets, pointAt, stand, thrownIn } from './testing/made-tracks.ts';

const dwellSeconds = 45;
const margin = marginMs(dwellSeconds);
const network = buildStreetNetwork(gridOfStreets(25, 6), 'grid');
const began = Math.floor(Date.parse('2026-01-05T18:00:00.000Z') / sliceMs) * sliceMs;
const minute = 60_000;
const places = [0, 400, 900].map((east) => ({ id: `p${east}`, ...at(east, 0), radiusMeters: 40 }));

const factsOf = (points: readonly TrackPoint[], sliceAt: number): SliceFacts =>
  sliceFacts({
    sliceAt,
    tracks: [
      points.filter(
        ([moment]) => moment >= sliceAt - margin && moment < sliceAt + sliceMs + margin,
      ),
    ],
    places,
    dwellSeconds,
    network,
  });
/** All at once: every slice that any point reaches. */
const batch = (points: readonly TrackPoint[]) =>
  new Map(
    slicesTouched(
      points.map(([moment]) => moment),
      margin,
    ).map((slice) => [slice, factsOf(points, slice)]),
  );

/** As the server does it: what is known already is left out, and the slices that the rest reaches are replaced. */
function oneAfterTheOther(batches: readonly (readonly TrackPoint[])[]) {
  const known = new Map<number, TrackPoint>();
  const facts = new Map<number, SliceFacts>();
  for (const points of batches) {
    const fresh = points.filter(([moment]) => !known.has(moment));
    for (const point of fresh) if (!known.has(point[0])) known.set(point[0], point);
    const all = [...known.values()];
    for (const slice of slicesTouched(
      fresh.map(([moment]) => moment),
      margin,
    ))
      facts.set(slice, factsOf(all, slice));
  }
  return new Map([...facts].sort(([a], [b]) => a - b));
}

/** Drives, stays and silences one after another, every moment once. */
const nights = fc
  .array(
    fc.record({
      does: fc.constantFrom('drive', 'stand', 'silence'),
      count: fc.integer({ min: 3, max: 50 }),
      everyMs: fc.constantFrom(5_000, 9_000),
      metersPerSecond: fc.double({ min: 1, max: 15, noNaN: true }),
      north: fc.constantFrom(0, 4, 100, 250),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => {
    const points: TrackPoint[] = [];
    let moment = began;
    let east = 0;
    for (const { does, count, everyMs, metersPerSecond, north } of parts) {
      const lasts = count * everyMs;
      if (does === 'drive') {
        points.push(
          ...drive({ at: moment, count, everyMs, metersPerSecond, startMeters: east, north }),
        );
        east += (lasts / 1000) * metersPerSecond;
      } else if (does === 'stand')
        points.push(...stand({ at: moment, count, everyMs, jitterMeters: 6, east, north }));
      moment += lasts;
    }
    return points;
  });

describe('the facts of slices', () => {
  it('are the same in whatever order and batches points arrive, also twice', () => {
    fc.assert(
      fc.property(
        nights,
        fc.infiniteStream(fc.nat(1_000_000)),
        fc.integer({ min: 1, max: 60 }),
        (points, order, size) => {
          const shuffled = points
            .map((point) => ({ point, key: order.next().value! }))
            .sort((a, b) => a.key - b.key)
            .map(({ point }) => point);
          const batches = [];
          for (let i = 0; i < shuffled.length; i += size) batches.push(shuffled.slice(i, i + size));
          const again = batches.filter((_, i) => i % 3 === 0);
          expect(oneAfterTheOther([...batches, ...again])).toEqual(batch(points));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('depend on no point beyond their margin', () => {
    fc.assert(
      fc.property(nights, nights, fc.boolean(), (points, more, isBefore) => {
        const shift = isBefore ? -(24 * 60 * minute) : 24 * 60 * minute;
        const far = more.map(([moment, ...rest]): TrackPoint => [moment + shift, ...rest]);
        const slice = began + sliceMs;
        expect(factsOf([...points, ...far], slice)).toEqual(factsOf(points, slice));
        const [last] = points.slice(-1);
        if (last) expect(slicesTouched([last[0]], margin).length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 40 },
    );
  });

  it('are untouched by outliers thrown into a clean track', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 58 }), { minLength: 1, maxLength: 8 }),
        fc.double({ min: 5_000, max: 40_000, noNaN: true }),
        fc.double({ min: 0, max: 6.28, noNaN: true }),
        (where, meters, angle) => {
          const points = [
            ...drive({ at: began, count: 60, metersPerSecond: 6, startMeters: 10, north: 5 }),
            ...stand({ at: began + 5 * minute, count: 60, jitterMeters: 5, east: 1800 }),
          ];
          const outliers = where.map((i) => thrownIn(points[2 * i]!, { meters, angle: angle + i }));
          const { pointsDropped, ...spoilt } = factsOf([...points, ...outliers], began);
          const { pointsDropped: before, ...clean } = factsOf(points, began);
          expect(spoilt).toEqual(clean);
          expect(pointsDropped - before).toBe(outliers.length);
        },
      ),
    );
  });

  it('hold together at the edge of two slices: no way and no stay is lost or counted twice', () => {
    const edge = began + sliceMs;
    const points = [
      ...drive({ at: edge - 5 * minute, count: 60, metersPerSecond: 3, startMeters: 10 }),
      ...stand({ at: edge - 25_000, count: 12, jitterMeters: 4, east: 900, everyMs: 5_000 }),
    ].filter(([moment], i, all) => all.findIndex(([other]) => other === moment) === i);
    const [first, second] = [factsOf(points, began), factsOf(points, edge)];
    expect(first.dwells.length + second.dwells.length).toBe(1);
    expect(first.meters + second.meters).toBeGreaterThan(840);
    expect(first.meters + second.meters).toBeLessThan(930);
  });

  it('say of a long stay in each slice that somebody was there, and of the ends what was long enough', () => {
    // 17 minutes from three minutes before the edge on: 3 in the first, 10 in the second, 4 in the third slice
    const points = stand({
      at: began + 7 * minute,
      count: 17 * 12 + 1,
      jitterMeters: 5,
      east: 400,
    });
    const dwells = [0, 1, 2, 3].map((n) => factsOf(points, began + n * sliceMs).dwells);
    expect(
      dwells.map((list) =>
        list.map(({ from, to }) => [(from - began) / minute, (to - began) / minute]),
      ),
    ).toEqual([[[7, 10]], [[10, 20]], [[20, 24]], []]);
  });

  it('keep a phone and a tracker of one team apart', () => {
    const phone = stand({ at: began, count: 60, jitterMeters: 5, east: 0 });
    const tracker = drive({ at: began + 1_000, count: 60, metersPerSecond: 8, startMeters: 400 });
    const facts = sliceFacts({
      sliceAt: began,
      tracks: [phone, tracker],
      places,
      dwellSeconds,
      network,
    });
    expect(facts.pointsDropped).toBe(0);
    expect(facts.dwells.map(({ keyPointId }) => keyPointId)).toEqual(['p0']);
    expect(facts.meters).toBeLessThan(2_500);
    expect(facts.stretches.length).toBeGreaterThanOrEqual(20);
  });

  it('know each minute in which somebody was there', () => {
    const points = [pointAt(began + 30_000, 0, 0), pointAt(began + 4 * minute, 100, 0)];
    expect(factsOf(points, began).minutes.map(([n]) => n)).toEqual([0, 4]);
  });
});
