import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateHeadcount } from './headcount.ts';
import type { HeadcountReport } from './headcount.ts';

const METERS = 1 / 111_195;
const report = (north: number, headcount: number, accuracyMeters = 5): HeadcountReport => ({
  lon: 126.6,
  lat: 45.75 + north * METERS,
  accuracyMeters,
  headcount,
});

describe('the headcount estimate', () => {
  it('counts five reports of one person as one person', () => {
    const five = [0, 3, -4, 8, 1].map((north) => report(north, 1));
    expect(estimateHeadcount(five)).toEqual({ low: 1, likely: 1 });
  });

  it('takes the largest count of a spot and adds the spots up', () => {
    expect(
      estimateHeadcount([report(0, 2), report(10, 3), report(100, 1), report(110, 1)]),
    ).toEqual({
      low: 3,
      likely: 4,
    });
  });

  it('lets poor accuracy join reports, but not beyond 80 m', () => {
    expect(estimateHeadcount([report(0, 1, 40), report(70, 1, 35)]).likely).toBe(1);
    expect(estimateHeadcount([report(0, 1, 10), report(70, 1, 10)]).likely).toBe(2);
    expect(estimateHeadcount([report(0, 1, 500), report(90, 1, 500)]).likely).toBe(2);
  });

  it('knows nobody where nothing is reported', () => {
    expect(estimateHeadcount([])).toEqual({ low: 0, likely: 0 });
  });

  it('does not depend on the order, and never falls when a report is added at a known spot', () => {
    const reports = fc.array(
      fc
        .tuple(
          fc.double({ min: -300, max: 300, noNaN: true }),
          fc.integer({ min: 1, max: 9 }),
          fc.integer({ min: 0, max: 120 }),
        )
        .map((t) => report(...t)),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(reports, fc.infiniteStream(fc.nat()), (list, keys) => {
        const estimate = estimateHeadcount(list);
        const shuffled = list
          .map((one) => ({ one, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        expect(estimateHeadcount(shuffled)).toEqual(estimate);
        expect(estimate.low).toBeLessThanOrEqual(estimate.likely);
        expect(estimateHeadcount([...list, list[0]!])).toEqual(estimate);
      }),
    );
  });
});
