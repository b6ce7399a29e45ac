import { expect, it } from 'vitest';
import { Random } from './random.ts';

it('is the same for the same seed, another for another, and spread evenly', () => {
  const draw = (seed: number) => {
    const random = new Random(seed);
    return Array.from({ length: 20_000 }, () => random.next());
  };
  const values = draw(5);
  expect(draw(5)).toEqual(values);
  expect(draw(6)).not.toEqual(values);
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  for (let tenth = 0; tenth < 10; tenth++) {
    const share = values.filter((value) => Math.floor(value * 10) === tenth).length / values.length;
    expect(share).toBeCloseTo(0.1, 1);
  }
});
