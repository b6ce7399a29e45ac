import { describe, expect, it } from 'vitest';
import type { OwnReport } from '../../shared/sightings/schema.ts';
import { newestFirst } from './store.ts';

const report = (id: string, seenAt: string, receivedAt: string): OwnReport => ({
  id,
  lon: 125.6,
  lat: 44.3,
  addressText: '',
  headcount: 1,
  seenAt,
  receivedAt,
  state: 'live',
  progress: 'received',
  progressAt: receivedAt,
});
const at = (minute: number): string => `2026-01-05T18:0${minute}:00.000Z`;

describe('own reports', () => {
  it('stand newest first, on every device in the same order also when they were received together', () => {
    const together = [
      report('a', at(1), at(5)),
      report('b', at(3), at(5)),
      report('c', at(3), at(5)),
    ];
    const list = [report('d', at(0), at(4)), ...together, report('e', at(0), at(6))];
    const order = ['e', 'c', 'b', 'a', 'd'];
    expect(list.toSorted(newestFirst).map(({ id }) => id)).toEqual(order);
    expect(
      list
        .toReversed()
        .toSorted(newestFirst)
        .map(({ id }) => id),
    ).toEqual(order);
  });
});
