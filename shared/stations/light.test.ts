import { describe, expect, it } from 'vitest';
import { isOpenAt, lightOf } from './light.ts';

const house = (bedsFree: number, bedsTotal: number, open = true) => ({ open, bedsFree, bedsTotal });

describe('the light of a house', () => {
  it('tells free, few and full', () => {
    expect(lightOf(house(12, 20))).toBe('free');
    expect(lightOf(house(2, 20))).toBe('few');
    expect(lightOf(house(7, 80))).toBe('few');
    expect(lightOf(house(0, 20))).toBe('full');
  });
  it('is shut where nobody is let in, however much is free', () => {
    expect(lightOf(house(12, 20, false))).toBe('shut');
    expect(lightOf(house(12, 20), false)).toBe('shut');
  });
  it('knows hours that pass midnight', () => {
    const at = (hour: number) => isOpenAt({ open: true, fromHour: 20, toHour: 8 }, hour);
    expect([at(19), at(20), at(3), at(8)]).toEqual([false, true, true, false]);
    expect(isOpenAt({ open: true, fromHour: 0, toHour: 0 }, 15)).toBe(true);
    expect(isOpenAt({ open: false, fromHour: 0, toHour: 0 }, 15)).toBe(false);
  });
});
