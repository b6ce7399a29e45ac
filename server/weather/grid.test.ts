import { expect, it } from 'vitest';
import { gridOver } from './grid.ts';

it('the grid over a city is about 7.5 km wide, never more than 25 points, and has a middle', () => {
  const small = gridOver([116.35, 39.87, 116.45, 39.93]);
  expect(small).toEqual([{ lon: 116.4, lat: 39.9 }]);
  const large = gridOver([115.4, 39.4, 117.5, 41.1]);
  expect(large.length).toBeLessThanOrEqual(25);
  expect(large.length).toBeGreaterThan(10);
  expect(large).toContainEqual({ lon: 116.45, lat: 40.25 });
  const narrow = gridOver([116.0, 39.9, 116.9, 39.91]);
  expect(new Set(narrow.map(({ lat }) => lat)).size).toBe(1);
  expect(gridOver([115.4, 39.4, 117.5, 41.1], 9).length).toBeLessThanOrEqual(9);
});
