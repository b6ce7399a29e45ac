import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRoutes } from './check-routes.ts';
import type { Instance, InstanceKind } from './instance.ts';
import { Insertion } from './insertion.ts';
import { makeInstance } from './made-instances.ts';
import { makeProblem } from './problem.ts';
import { Random } from './random.ts';
import { Ruin } from './ruin.ts';
import { ABSENT, Tours } from './tours.ts';

/** Everything about the routes, by their stops alone. */
function stateOf(tours: Tours) {
  const routes = Array.from(tours.used.subarray(0, tours.usedCount), (r) => {
    const base = r * tours.stride;
    const end = base + tours.length[r]! + 1;
    return {
      stops: [...tours.stops.subarray(base, end + 1)],
      leave: [...tours.leave.subarray(base, end)],
      late: [...tours.late.subarray(base + 1, end + 1)],
      load: tours.load[r],
      cost: tours.cost[r],
    };
  });
  return routes.sort((a, b) => a.stops[1]! - b.stops[1]!);
}

function routesOf(tours: Tours, instance: Instance): number[][] {
  return stateOf(tours).map(({ stops }) => stops.slice(1, -1).map((row) => instance.ids[row]!));
}

const anyCourse = fc.tuple(
  fc.constantFrom<InstanceKind>('vrptw', 'pdptw'),
  fc.integer({ min: 2, max: 25 }),
  fc.integer({ min: 0, max: 1e6 }),
);

describe('ruin and recreate', () => {
  it('keeps what it knows of the routes equal to what driving them shows, and finds its way back', () => {
    fc.assert(
      fc.property(anyCourse, ([kind, half, seed]) => {
        const instance = makeInstance(kind, 2 * half, seed);
        instance.due[0] = 1e4;
        const random = new Random(seed);
        const tours = new Tours(makeProblem(instance));
        const [ruin, insertion] = [new Ruin(tours, random), new Insertion(tours, random)];
        const bank = new Int32Array(tours.problem.size);
        let count = 0;
        for (let row = 1; row < tours.problem.size; row++)
          if (instance.pickupOf[row] === 0) bank[count++] = row;
        expect(insertion.all(bank, count)).toBe(0);
        tours.commit();
        for (let step = 0; step < 20; step++) {
          const before = stateOf(tours);
          count = ruin.strings(bank, 0);
          for (let k = 0; k < count; k++) expect(tours.routeOf[bank[k]!]).toBe(ABSENT);
          expect(insertion.all(bank, count)).toBe(0);
          const answer = { distance: tours.distance, routes: routesOf(tours, instance) };
          expect(checkRoutes(instance, answer).faults).toEqual([]);
          if (random.next() < 0.5) tours.commit();
          else {
            tours.rollback();
            expect(stateOf(tours)).toEqual(before);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('starts over from what it wrote', () => {
    const instance = makeInstance('vrptw', 30, 2);
    const random = new Random(1);
    const tours = new Tours(makeProblem(instance));
    const insertion = new Insertion(tours, random);
    const bank = Int32Array.from({ length: 31 }, (_, k) => k + 1);
    insertion.all(bank, 30);
    const before = stateOf(tours);
    const plan = new Int32Array(62);
    const count = tours.writeTo(plan);
    new Ruin(tours, random).strings(bank, 0);
    tours.readFrom(plan, count);
    expect(stateOf(tours)).toEqual(before);
    expect(tours.punctual).toBe(true);
  });
});
