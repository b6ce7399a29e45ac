import { describe, expect, it } from 'vitest';
import { nightOf } from './night.ts';

const hours = { from: 20, to: 6 };
const iso = ({ from, to }: { from: number; to: number }) =>
  [from, to].map((at) => new Date(at).toISOString());

describe('the night a city counts by', () => {
  it('is the one that is on, after midnight too', () => {
    const night = ['2026-01-05T12:00:00.000Z', '2026-01-05T22:00:00.000Z'];
    for (const at of ['2026-01-05T12:00:30Z', '2026-01-05T18:03:00Z', '2026-01-05T21:59:00Z'])
      expect(iso(nightOf(Date.parse(at), 'Asia/Shanghai', hours))).toEqual(night);
  });
  it('is the last one by day', () => {
    expect(iso(nightOf(Date.parse('2026-01-06T03:00:00Z'), 'Asia/Shanghai', hours))[1]).toBe(
      '2026-01-05T22:00:00.000Z',
    );
  });
  it('knows zones off the full hour, and days that are all night', () => {
    expect(iso(nightOf(Date.parse('2026-01-05T15:00:00Z'), 'Asia/Kolkata', hours))[0]).toBe(
      '2026-01-05T14:30:00.000Z',
    );
    const whole = nightOf(Date.parse('2026-01-05T15:00:00Z'), 'UTC', { from: 9, to: 9 });
    expect(whole.to - whole.from).toBe(24 * 3_600_000);
  });
});
