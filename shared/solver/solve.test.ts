import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Anneal } from './anneal.ts';
import { checkRoutes } from './check-routes.ts';
import { InstanceError } from './instance.ts';
import type { Instance, InstanceKind } from './instance.ts';
import { makeInstance, toText } from './made-instances.ts';
import { parseInstance } from './parse-instance.ts';
import { makeProblem } from './problem.ts';
import { Random } from './random.ts';
import { objectives, solve } from './solve.ts';
import type { Objective } from './solve.ts';

/** A clock that is `looks` looks old when a second has passed: the same course every time. */
function clockOf(looks: number): () => number {
  let look = 0;
  return () => (look++ * 1000) / looks;
}

const solved = (instance: Instance, objective: Objective, looks = 60, seed = 1) =>
  solve(instance, { objective, seconds: 1, seed, clock: clockOf(looks) });

const kinds = fc.constantFrom<InstanceKind>('vrptw', 'pdptw');
const anyInstance = fc
  .tuple(kinds, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 1e6 }))
  .map(([kind, half, seed]) => servable(makeInstance(kind, 2 * half, seed)));

/** Pairs made by chance may close too late: they get a longer night. */
function servable(instance: Instance): Instance {
  instance.due[0] = 1e4;
  return instance;
}

describe('solving', () => {
  it('always serves everyone in time, with room, pair by pair', () => {
    fc.assert(
      fc.property(anyInstance, fc.constantFrom(...objectives), (instance, objective) => {
        expect(checkRoutes(instance, solved(instance, objective)).faults).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('is never worse than the routes it begins with', () => {
    fc.assert(
      fc.property(anyInstance, (instance) => {
        const first = new Anneal(makeProblem(instance), new Random(1), () => 0);
        first.construct();
        const shortest = solved(instance, 'distance');
        expect(shortest.distance).toBeLessThanOrEqual(first.tours.distance + 1e-9);
        expect(solved(instance, 'vehicles').routes.length).toBeLessThanOrEqual(
          first.tours.usedCount,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('finds the shortest and the fewest of all plans where all can be tried', () => {
    fc.assert(
      fc.property(
        kinds,
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 1, max: 6 }),
        (kind, seed, n) => {
          const instance = servable(makeInstance(kind, kind === 'pdptw' ? n + (n % 2) : n, seed));
          for (const objective of objectives) {
            const ours = solved(instance, objective, 100);
            const best = bestOfAll(instance, objective);
            expect([ours.distance, ours.routes.length]).toEqual([
              expect.closeTo(best.distance, 6),
              objective === 'vehicles' ? best.vehicles : expect.any(Number),
            ]);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('does the same again for the same seed and the same clock', () => {
    const instance = makeInstance('vrptw', 40, 7);
    expect(solved(instance, 'vehicles', 80, 3)).toEqual(solved(instance, 'vehicles', 80, 3));
  });

  it('keeps to the number of vehicles of the file, for the shortest way too', () => {
    const free = makeInstance('vrptw', 30, 5);
    const fewest = solved(free, 'vehicles', 300).routes.length;
    const bound = { ...free, vehicles: fewest };
    const answer = solved(bound, 'distance', 300);
    expect(checkRoutes(bound, answer).faults).toEqual([]);
  });

  it('plans nothing where nobody waits', () => {
    const instance = parseInstance('X\n2 10\n0 0 0 0 0 9 0\n');
    expect(solved(instance, 'vehicles')).toEqual({ distance: 0, routes: [] });
  });

  it('serves customers in one place, and one alone', () => {
    const same = parseInstance(
      'X\n3 9\n0 5 5 0 0 99 0\n4 5 5 3 0 99 1\n9 5 5 3 0 99 1\n2 5 5 4 0 99 1\n',
    );
    expect(solved(same, 'vehicles')).toMatchObject({ distance: 0, routes: { length: 2 } });
    const one = parseInstance('X\n1 9\n0 0 0 0 0 99 0\n8 3 4 3 0 99 1\n');
    expect(solved(one, 'distance')).toEqual({ distance: 10, routes: [[8]] });
  });

  it('stops when the time is over, on 1,000 customers and more vehicles than they need', () => {
    for (const kind of ['vrptw', 'pdptw'] as const) {
      const instance = servable(makeInstance(kind, 1000, 3, 250));
      let looks = 0;
      // The first look is at the start; by the third the time is over.
      const clock = () => (looks++ < 2 ? 0 : 2000);
      const answer = solve(instance, { objective: 'distance', seconds: 1, clock });
      expect(looks).toBeLessThan(8);
      expect(checkRoutes(instance, answer).faults).toEqual([]);
    }
  });
});

describe('what cannot be served', () => {
  const wrong = (rows: string, says: RegExp) => {
    const instance = parseInstance(rows);
    expect(() => solved(instance, 'vehicles')).toThrow(InstanceError);
    expect(() => solved(instance, 'distance')).toThrow(says);
  };

  it('is named: too much, too far, back too late, a pair that never fits', () => {
    wrong(
      'X\n2 10\n0 0 0 0 0 99 0\n5 3 4 11 0 99 0\n',
      /Customer 5 can't be served: its demand 11/,
    );
    wrong(
      'X\n2 10\n0 0 0 0 0 99 0\n5 30 40 1 0 49 0\n',
      /Customer 5 can't be served.*after it is due/,
    );
    wrong(
      'X\n2 10\n0 0 0 0 0 99 0\n5 30 40 1 0 60 0\n',
      /Customer 5 can't be served.*depot closes/,
    );
    wrong(
      '2 10 1\n0 0 0 0 0 99 0 0 0\n1 0 10 3 0 99 0 0 2\n2 0 20 -3 0 19 0 1 0\n',
      /Customer 2 can't be served: a vehicle that goes there by its pickup 1/,
    );
  });

  it('is said of all together: more than all vehicles carry, or no plan in time', () => {
    wrong('X\n1 10\n0 0 0 0 0 99 0\n1 0 1 6 0 99 0\n2 0 2 6 0 99 0\n', /The demand of all, 12/);
    wrong(
      'X\n1 10\n0 0 0 0 0 99 0\n1 0 9 1 9 9 0\n2 9 0 1 9 9 0\n',
      /No plan that serves everyone with 1/,
    );
  });
});

describe('what a file says', () => {
  it('is solved as read back from its text', () => {
    for (const kind of ['vrptw', 'pdptw'] as const) {
      const instance = servable(makeInstance(kind, 20, 11));
      const read = parseInstance(toText(instance));
      expect(solved(read, 'vehicles')).toEqual(solved(instance, 'vehicles'));
    }
  });
});

/** Every plan there is, driven by the checker. */
function bestOfAll(
  instance: Instance,
  objective: Objective,
): { distance: number; vehicles: number } {
  let best = { distance: Infinity, vehicles: Infinity };
  const routes: number[][] = [];
  const stopAt = (row: number) => {
    if (row === instance.ids.length) {
      const { faults, distance } = checkRoutes(instance, { distance: Number.NaN, routes });
      const vehicles = routes.length;
      if (faults.length > 1) return;
      const fewer = objective === 'vehicles' ? vehicles - best.vehicles : 0;
      if (fewer < 0 || ((fewer === 0 || Number.isNaN(fewer)) && distance < best.distance))
        best = { distance, vehicles };
      return;
    }
    const id = instance.ids[row]!;
    for (const route of routes)
      for (let at = 0; at <= route.length; at++) {
        route.splice(at, 0, id);
        stopAt(row + 1);
        route.splice(at, 1);
      }
    routes.push([id]);
    stopAt(row + 1);
    routes.pop();
  };
  stopAt(1);
  return best;
}
