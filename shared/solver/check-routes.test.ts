import { describe, expect, it } from 'vitest';
import { checkRoutes } from './check-routes.ts';
import { parseInstance } from './parse-instance.ts';

// A square of 10 by 10 with the depot in one corner.
const square = parseInstance(`SQUARE
2 10
0 0 0 0 0 100 0
1 0 10 4 0 10 5
2 10 10 4 30 40 5
3 10 0 4 0 100 5`);
const pair = parseInstance(`1 5 1
0 0 0 0 0 100 0 0 0
1 0 10 3 0 100 0 0 3
2 10 10 3 0 100 0 0 4
3 10 0 -3 0 100 0 1 0
4 0 5 -3 0 100 0 2 0`);

const faults = (instance: typeof square, distance: number, ...routes: number[][]) =>
  checkRoutes(instance, { distance, routes }).faults;

describe('checking routes', () => {
  it('finds nothing wrong with right ones, and drives them itself', () => {
    const distance = 20 + Math.sqrt(200) + 20;
    const answer = { distance, routes: [[1, 2], [3]] };
    expect(checkRoutes(square, answer)).toEqual({ faults: [], distance, vehicles: 2 });
  });

  it.each([
    [[[1, 2]], /customer 3 is visited 0 times/],
    [
      [
        [1, 2],
        [3, 3],
      ],
      /customer 3 is visited 2 times/,
    ],
    [
      [
        [1, 2],
        [3, 9],
      ],
      /no customer 9/,
    ],
    [
      [
        [1, 2],
        [3, 0],
      ],
      /no customer 0/,
    ],
    [[[1, 2], [3], []], /route 3 is empty/],
    [[[1], [2], [3]], /3 routes, but 2 vehicles/],
    [[[1, 2, 3]], /load 12 of 10/],
    [[[2, 1], [3]], /at 1 at 45, due 10/],
  ])('says what is wrong with %j', (routes, wrong) => {
    expect(faults(square, 0, ...routes).join('\n')).toMatch(wrong);
  });

  it('does not believe the distance', () => {
    expect(faults(square, 50, [1, 2], [3]).join()).toMatch(/distance is 54.*, not 50/);
  });

  it('wants a delivery behind its pickup, on the same route, and no more aboard than fits', () => {
    expect(faults(pair, 40, [1, 3, 2, 4]).filter((fault) => !fault.startsWith('distance'))).toEqual(
      [],
    );
    expect(faults(pair, 0, [3, 1, 2, 4]).join()).toMatch(/not delivered after it.*|not picked up/);
    expect(faults(pair, 0, [1, 2, 3, 4]).join()).toMatch(/load 6 of 5 after 2/);
    expect(faults(pair, 0, [1, 2, 4], [3]).join()).toMatch(/what 1 gives is not delivered/);
  });
});
