/** Whatever people do to a house, in whatever order: its counters say what its book says, and no place is given twice. */
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import type { BedKind, HoldView } from '../../shared/stations/schema.ts';
import { recordEncounter } from '../dispatch/encounters.ts';
import { changeCity } from '../realtime/change-city.ts';
import { holdDraft, houseDraft, minutesFromNow, wrongCounters } from '../testing/beds.ts';
import { testDatabase } from '../testing/database.ts';
import { met, onScene, reportAt } from '../testing/road.ts';
import { seedCity } from '../testing/seed.ts';
import { saveStation, setFreeBeds } from './actions.ts';
import { expireHolds, holdBeds, moveHold, releaseHold, releaseHoldsOf } from './holds.ts';
import { readLiveHoldViews, readStationView } from './queries.ts';
import { checkIn, checkOut, readStays } from './stays.ts';

const test = testDatabase();

const kinds = ['men', 'women', 'general'] as const;
const anyKind = fc.constantFrom<BedKind>(...kinds);
const anyCount = fc.integer({ min: 0, max: 4 });
const anyPick = fc.integer({ min: 0, max: 9 });
const anyStep = fc.oneof(
  fc.record({
    do: fc.constant('hold' as const),
    kind: anyKind,
    count: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ do: fc.constant('move' as const), pick: anyPick }),
  fc.record({ do: fc.constant('release' as const), pick: anyPick }),
  fc.record({ do: fc.constant('giveUp' as const) }),
  fc.record({ do: fc.constant('expire' as const), pick: anyPick }),
  fc.record({ do: fc.constant('expect' as const), kind: fc.option(anyKind) }),
  fc.record({ do: fc.constant('comeIn' as const), kind: anyKind, pick: fc.option(anyPick) }),
  fc.record({ do: fc.constant('leave' as const), pick: anyPick }),
  fc.record({ do: fc.constant('count' as const), kind: anyKind, count: anyCount }),
  fc.record({ do: fc.constant('resize' as const), counts: fc.tuple(anyCount, anyCount, anyCount) }),
);
type Step = typeof anyStep extends fc.Arbitrary<infer S> ? S : never;

const refusals = ['no_bed_free', 'beds_out_of_range', 'beds_in_use', 'hold_over'];

describe('the counters of a house', () => {
  it('say what is written in its book, after any sequence of what people do', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 8, maxLength: 40 }), async (steps) => {
        const night = await begin();
        for (const step of steps) {
          const said = await night.take(step).then(
            () => 'done',
            (error: unknown) => {
              if (error instanceof AppError && refusals.includes(error.code)) return error.code;
              throw error;
            },
          );
          seen.add(`${step.do} ${said}`);
          expect(await wrongCounters(test.sql, night.cityId), JSON.stringify(step)).toEqual([]);
        }
        const house = await night.house();
        const [outside] = await test.sql<{ extra: number }[]>`
          select count(*)::int as extra from stays
          where city_id = ${night.cityId} and left_at is null and not within_places`;
        expect(house.extra).toBe(outside!.extra);
        for (const { total, free, held, taken, blocked } of house.places)
          expect(total).toBe(free + held + taken + blocked);
      }),
      { numRuns: 25 },
    );
    // the sequences did what they were made for
    for (const happened of ['hold no_bed_free', 'expect done', 'comeIn done', 'resize beds_in_use'])
      expect([...seen]).toContain(happened);
  });
});

async function begin() {
  const city = await seedCity(test.sql);
  const { cityId } = city;
  const { administrator, dispatcher, patrol } = city.people;
  const draft = houseDraft({ men: 2, women: 1, general: 2 });
  await saveStation(test.db, administrator, draft);
  const stationId = draft.id;
  const dispatch = await onScene(test.db, city, await reportAt(test.db, city));
  const holds = async (pick: number): Promise<HoldView | undefined> => {
    const live = await readLiveHoldViews(test.sql, cityId);
    return live[pick % Math.max(1, live.length)];
  };
  const come = (kind: BedKind, holdId: string | null) => {
    const stay = { id: uuidv7(), stationId, kind, holdId, how: 'walk_in', label: '', note: '' };
    return checkIn(test.db, administrator, { ...stay, how: 'walk_in' });
  };
  const take = async (step: Step): Promise<unknown> => {
    switch (step.do) {
      case 'hold': {
        const asked = { kind: step.kind, places: step.count, dispatchId: dispatch.id };
        return holdBeds(test.db, dispatcher, holdDraft(stationId, asked));
      }
      case 'move': {
        const hold = await holds(step.pick);
        const expectedAt = minutesFromNow(45);
        return hold && moveHold(test.db, dispatcher, { id: hold.id, expectedAt });
      }
      case 'release': {
        const hold = await holds(step.pick);
        return hold && releaseHold(test.db, dispatcher, hold);
      }
      case 'giveUp':
        return changeCity(test.db, cityId, (change) => releaseHoldsOf(change, dispatch.id));
      case 'expire': {
        const hold = await holds(step.pick);
        if (!hold) return undefined;
        await test.sql`update bed_holds set expires_at = now() where id = ${hold.id}`;
        return expireHolds(test.db, cityId);
      }
      case 'expect': {
        const escorted = met(dispatch, 'escorted', { stationId, bedKind: step.kind });
        return recordEncounter(test.db, patrol, escorted);
      }
      case 'comeIn':
        return come(step.kind, step.pick === null ? null : ((await holds(step.pick))?.id ?? null));
      case 'leave': {
        const stays = await readStays(test.db, dispatcher, { stationId });
        const stay = stays[step.pick % Math.max(1, stays.length)];
        return stay && checkOut(test.db, administrator, { id: stay.id, leftTo: '' });
      }
      case 'count': {
        const counted = { stationId, kind: step.kind, free: step.count };
        return setFreeBeds(test.db, dispatcher, counted);
      }
      case 'resize': {
        const places = kinds
          .map((kind, index) => ({ kind, total: step.counts[index]! }))
          .filter(({ total }) => total > 0);
        return saveStation(test.db, administrator, { ...draft, places });
      }
    }
  };
  return { cityId, take, house: async () => (await readStationView(test.sql, cityId, stationId))! };
}
