import { expect, it } from 'vitest';
import { betterFix } from './use-position.ts';

const fix = (lon: number, accuracyMeters: number) => ({
  state: 'found' as const,
  position: { lon, lat: 43.9 },
  accuracyMeters,
});

it('a much worse fix of the same place changes nothing; one of another place does', () => {
  const good = fix(125.3, 5);
  // 0.001° are 80 m here.
  expect(betterFix(good, fix(125.301, 100))).toBe(good);
  expect(betterFix(good, fix(125.31, 100))).toEqual(fix(125.31, 100));
  expect(betterFix(good, fix(125.3001, 9))).toEqual(fix(125.3001, 9));
  expect(betterFix({ state: 'finding' }, fix(125.3, 4000))).toEqual(fix(125.3, 4000));
});
