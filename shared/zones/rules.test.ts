import { describe, expect, it } from 'vitest';
import { countsAtHour, dangerOf, localHour } from './rules.ts';

describe('the danger of a felt temperature', () => {
  it('runs without jumps through the bands', () => {
    for (let felt = 30; felt > -80; felt -= 0.5) {
      expect(dangerOf(felt - 0.5) - dangerOf(felt)).toBeGreaterThanOrEqual(0);
      expect(dangerOf(felt - 0.5) - dangerOf(felt)).toBeLessThan(0.2);
    }
    expect([dangerOf(40), dangerOf(0), dangerOf(-28), dangerOf(-90)]).toEqual([0.25, 1, 3.5, 8]);
  });

  it('counts as near zero while it is not known, and as −10 °C when wet', () => {
    expect(dangerOf(null)).toBe(dangerOf(0));
    expect(dangerOf(2, true)).toBe(dangerOf(-10));
    expect(dangerOf(-30, true)).toBe(dangerOf(-30));
  });
});

describe('the hours of a drawn zone', () => {
  it('may run over midnight', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => hour);
    const counting = (fromHour: number, toHour: number) =>
      hours.filter((hour) => countsAtHour({ fromHour, toHour }, hour));
    expect(counting(22, 5)).toEqual([0, 1, 2, 3, 4, 22, 23]);
    expect(counting(8, 10)).toEqual([8, 9]);
    expect(counting(7, 7)).toEqual(hours);
  });

  it('are those of the city, not of the server', () => {
    expect(localHour('2026-01-05T16:30:00.000Z', 'Asia/Shanghai')).toBe(0);
    expect(localHour('2026-01-05T16:30:00.000Z', 'America/Los_Angeles')).toBe(8);
  });
});
