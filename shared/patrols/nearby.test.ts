import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOwed, orderNearby, wayMinutesOf, worthOf } from './nearby.ts';
import type { OwedVisit, PatrolCircumstances } from './nearby.ts';

const now = Date.parse('2026-01-05T18:00:00.000Z');
const here = { lon: 125.3, lat: 43.9 };
const around: PatrolCircumstances = { here, going: 'walking', now, feltCelsius: -18 };
/** metres to the north of here */
const north = (meters: number) => ({ lon: here.lon, lat: here.lat + meters / 111_111 });
const recheck = (
  id: string,
  meters: number,
  lateMinutes: number,
  vulnerable = false,
): OwedVisit => ({
  kind: 'recheck',
  id,
  position: north(meters),
  dueMs: now - lateMinutes * 60_000,
  vulnerable,
});
const keyPoint = (id: string, meters: number, overdueMinutes: number | null): OwedVisit => ({
  kind: 'keyPoint',
  id,
  position: north(meters),
  everyMinutes: 60,
  state:
    overdueMinutes === null
      ? { state: 'due', dueAt: new Date(now + 60_000).toISOString(), overdueMinutes: 0 }
      : { state: 'overdue', dueAt: new Date(now).toISOString(), overdueMinutes },
});
const cell = (id: string, meters: number, score: number, step = 2): OwedVisit => ({
  kind: 'cell',
  id,
  position: north(meters),
  score,
  step,
});

const anyMeters = fc.integer({ min: 0, max: 20_000 });
const anyId = fc.uuid();
const anyVisit: fc.Arbitrary<OwedVisit> = fc.oneof(
  fc
    .tuple(anyId, anyMeters, fc.integer({ min: -300, max: 900 }), fc.boolean())
    .map((all) => recheck(...all)),
  fc
    .tuple(anyId, anyMeters, fc.option(fc.integer({ min: 0, max: 900 })))
    .map((all) => keyPoint(...all)),
  fc
    .tuple(
      anyId,
      anyMeters,
      fc.double({ min: 0, max: 40, noNaN: true }),
      fc.integer({ min: 0, max: 4 }),
    )
    .map((all) => cell(...all)),
);
const anyVisits = fc.uniqueArray(anyVisit, { selector: ({ id }) => id, maxLength: 30 });
const anyAround = fc.record({
  here: fc.constant(here),
  going: fc.constantFrom('walking' as const, 'driving' as const),
  now: fc.constant(now),
  feltCelsius: fc.option(fc.integer({ min: -50, max: 10 })),
});
const idsOf = (visits: readonly OwedVisit[], circumstances = around) =>
  orderNearby(visits, circumstances).map(({ visit }) => visit.id);

describe('where a patrol goes next', () => {
  it('is the nearer of two alike, and the later of two as near', () => {
    expect(idsOf([keyPoint('far', 900, 0), keyPoint('near', 200, 0)])).toEqual(['near', 'far']);
    expect(idsOf([keyPoint('new', 300, 0), keyPoint('late', 300, 60)])).toEqual(['late', 'new']);
  });
  it('is a person met before rather than a key point of which nothing is known, equally far', () => {
    expect(idsOf([keyPoint('k', 500, 0), recheck('r', 500, 5, true)])).toEqual(['r', 'k']);
  });
  it('is the key point at the corner before a person half an hour’s walk away', () => {
    expect(idsOf([keyPoint('k', 50, 0), recheck('r', 1700, 0)])).toEqual(['k', 'r']);
  });
  it('leaves out what is not due', () => {
    expect(idsOf([recheck('later', 10, -90), cell('quiet', 10, 0.1, 0)])).toEqual([]);
  });
  it('says the way in minutes along streets', () => {
    expect(wayMinutesOf(1000, 'walking')).toBeCloseTo(18);
    expect(wayMinutesOf(1000, 'driving')).toBeCloseTo(3.375);
  });

  it('doesn’t depend on the order the list came in', () => {
    fc.assert(
      fc.property(
        anyVisits.chain((visits) =>
          fc.tuple(
            fc.constant(visits),
            fc.shuffledSubarray(visits, { minLength: visits.length, maxLength: visits.length }),
          ),
        ),
        anyAround,
        ([visits, shuffled], circumstances) => {
          expect(idsOf(shuffled, circumstances)).toEqual(idsOf(visits, circumstances));
        },
      ),
    );
  });
  it('holds everything owed once and nothing else', () => {
    fc.assert(
      fc.property(anyVisits, anyAround, (visits, circumstances) => {
        const owed = visits.filter((visit) => isOwed(visit, now)).map(({ id }) => id);
        expect(idsOf(visits, circumstances).toSorted()).toEqual(owed.toSorted());
      }),
    );
  });
  it('never falls when it comes nearer or is later', () => {
    const placeOf = (visits: readonly OwedVisit[], id: string, circumstances: typeof around) =>
      idsOf(visits, circumstances).indexOf(id);
    fc.assert(
      fc.property(
        anyVisits,
        anyMeters,
        anyMeters,
        fc.integer({ min: 0, max: 300 }),
        anyAround,
        (others, a, b, minutes, circumstances) => {
          const [near, far] = [Math.min(a, b), Math.max(a, b)];
          const lately = recheck('own', far, 0);
          const before = placeOf([...others, lately], 'own', circumstances);
          for (const better of [recheck('own', near, 0), recheck('own', far, minutes)]) {
            expect(placeOf([...others, better], 'own', circumstances)).toBeLessThanOrEqual(before);
          }
        },
      ),
    );
  });
  it('is worth more in colder nights, and always something', () => {
    fc.assert(
      fc.property(
        anyVisit.filter(({ kind }) => kind !== 'cell'),
        fc.integer({ min: -60, max: 20 }),
        fc.integer({ min: 0, max: 30 }),
        (visit, felt, colder) => {
          const warm = worthOf(visit, { now, feltCelsius: felt });
          expect(warm).toBeGreaterThan(0);
          expect(worthOf(visit, { now, feltCelsius: felt - colder })).toBeGreaterThanOrEqual(warm);
        },
      ),
    );
  });
});
