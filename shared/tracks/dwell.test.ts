import { describe, expect, it } from 'vitest';
import { findStays } from './dwell.ts';
import type { Fix } from './fixes.ts';
import { at } from './testing/made-tracks.ts';

const place = { id: 'bridge', ...at(0, 0), radiusMeters: 30 };
const fix = (seconds: number, east: number, accuracyMeters = 5): Fix => ({
  at: seconds * 1000,
  ...at(east, 0),
  accuracyMeters,
});
const stays = (fixes: readonly Fix[]) =>
  findStays(fixes, place, 45).map(({ from, to }) => [from / 1000, to / 1000]);
const every = (from: number, to: number, east: number, accuracyMeters = 5) =>
  Array.from({ length: (to - from) / 5 + 1 }, (_, i) => fix(from + 5 * i, east, accuracyMeters));

describe('a stay at a key point', () => {
  it('is as long as the fixes inside say, and none when that is too short', () => {
    expect(stays(every(0, 60, 10))).toEqual([[0, 60]]);
    expect(stays(every(0, 45, 10))).toEqual([[0, 45]]);
    expect(stays(every(0, 40, 10))).toEqual([]);
    expect(stays([])).toEqual([]);
  });

  it('counts a fix outside by no more than its uncertainty, and by 20 m at most', () => {
    expect(stays(every(0, 60, 48, 20))).toHaveLength(1);
    expect(stays(every(0, 60, 48, 10))).toEqual([]);
    expect(stays(every(0, 60, 60, 90))).toEqual([]);
  });

  it('goes on over a fix that may be inside or not, and ends with one that is not', () => {
    const [before, after] = [every(0, 25, 10), every(35, 60, 10)];
    expect(stays([...before, fix(30, 80, 60), ...after])).toEqual([[0, 60]]);
    expect(stays([...before, fix(30, 80, 10), ...after])).toEqual([]);
  });

  it('ends with a silence of more than two minutes', () => {
    expect(stays([fix(0, 10), fix(119, 10)])).toEqual([[0, 119]]);
    expect(stays([fix(0, 10), fix(121, 10)])).toEqual([]);
  });

  it('is counted again when somebody comes back', () => {
    expect(stays([...every(0, 50, 10), ...every(55, 100, 200), ...every(105, 160, 5)])).toEqual([
      [0, 50],
      [105, 160],
    ]);
  });
});
