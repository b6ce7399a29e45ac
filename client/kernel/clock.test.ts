import { describe, expect, it } from 'vitest';
import { hearServerDate, offsetOf, serverNow } from './clock.ts';

describe('the offset of this device’s clock', () => {
  it('is none while the difference is within what an answer can tell', () => {
    expect(offsetOf([])).toBe(0);
    expect(offsetOf([{ offsetMs: 1_200, tripMs: 80 }])).toBe(0);
    expect(offsetOf([{ offsetMs: 8_000, tripMs: 9_000 }])).toBe(0);
  });
  it('is the median, so that one odd answer moves nothing', () => {
    const samples = [60_000, 61_000, 900_000].map((offsetMs) => ({ offsetMs, tripMs: 100 }));
    expect(offsetOf(samples)).toBe(61_000);
  });
  it('dates what is done by the server’s clock', () => {
    const now = Date.now();
    const told = new Date(now + 3_600_000).toUTCString();
    hearServerDate(told, now - 50, now + 50);
    expect(Math.abs(serverNow() - Date.now() - 3_600_000)).toBeLessThan(1_500);
    hearServerDate('no date', now, now);
    // The device slept while it waited.
    hearServerDate(told, now - 3_600_000, now);
    hearServerDate(null, now, now);
    expect(Math.abs(serverNow() - Date.now() - 3_600_000)).toBeLessThan(1_500);
  });
});
