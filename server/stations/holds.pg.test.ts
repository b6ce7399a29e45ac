import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { DispatchView, EncounterDraft } from '../../shared/dispatch/schema.ts';
import type { BedKind, HoldView } from '../../shared/stations/schema.ts';
import { closeDispatch } from '../dispatch/actions.ts';
import { recordEncounter } from '../dispatch/encounters.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import { holdDraft, houseDraft, minutesFromNow, wrongCounters } from '../testing/beds.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { eventKinds, met, onScene, reportAt } from '../testing/road.ts';
import { place, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { saveStation, setFreeBeds } from './actions.ts';
import {
  expireHolds,
  holdBeds,
  holdPlaces,
  moveHold,
  moveHoldsOf,
  releaseHold,
  releaseHoldsOf,
} from './holds.ts';
import { readLiveHoldViews, readStationView } from './queries.ts';

const test = testDatabase();

const placesOf = async ({ cityId }: SeededCity, stationId: string, kind: BedKind = 'general') =>
  (await readStationView(test.sql, cityId, stationId))!.places.find((place) => place.kind === kind);

/** For a dispatch, as a plan does it. */
const keepFor = (
  city: SeededCity,
  { id: dispatchId, teamId, clusterId }: DispatchView,
  changes: Partial<HoldView> = {},
): Promise<HoldView> =>
  changeCity(test.db, city.cityId, (change) =>
    holdPlaces(change, {
      ...holdDraft(city.station.id),
      dispatchId,
      teamId,
      clusterId,
      ...changes,
    }),
  );

/** Rewinds the clock of a hold. */
const letPass = (id: string, minutes: number) =>
  test.sql`
    update bed_holds set expected_at = expected_at - ${`${minutes} minutes`}::interval,
      expires_at = expires_at - ${`${minutes} minutes`}::interval where id = ${id}`;

describe('a hold', () => {
  it('keeps places until half an hour after the arrival, which may move', async () => {
    const city = await seedCity(test.sql);
    const { dispatcher } = city.people;
    const draft = holdDraft(city.station.id, { places: 2 });
    const hold = await holdBeds(test.db, dispatcher, draft);
    expect(hold).toMatchObject({ state: 'held', withinPlaces: true, encounterId: null });
    expect(Date.parse(hold.expiresAt) - Date.parse(hold.expectedAt)).toBe(30 * 60_000);
    expect(await placesOf(city, city.station.id)).toMatchObject({ free: 0, held: 2 });
    expect(await holdBeds(test.db, dispatcher, draft)).toEqual(hold);
    const expectedAt = minutesFromNow(55);
    const moved = await moveHold(test.db, dispatcher, { id: hold.id, expectedAt });
    expect(moved).toMatchObject({ expectedAt, expiresAt: minutesAfter(expectedAt, 30) });
    expect(await readLiveHoldViews(test.sql, city.cityId)).toEqual([moved]);
    const released = await releaseHold(test.db, dispatcher, hold);
    expect(released).toMatchObject({ state: 'released', endedAt: expect.any(String) });
    expect(await releaseHold(test.db, dispatcher, hold)).toEqual(released);
    const late = await refusal(moveHold(test.db, dispatcher, { id: hold.id, expectedAt }));
    expect(late.code).toBe('hold_over');
    expect(await placesOf(city, city.station.id)).toMatchObject({ free: 2, held: 0 });
    expect(await eventKinds(test.db, city)).toEqual(new Set(['station.changed', 'hold.changed']));
  });

  it('is refused where nothing of the kind is free, the house is shut, or there is no such house', async () => {
    const city = await seedCity(test.sql);
    const ask = (changes: Partial<ReturnType<typeof holdDraft>>) =>
      refusal(holdBeds(test.db, city.people.dispatcher, holdDraft(city.station.id, changes)));
    expect((await ask({ places: 3 })).code).toBe('no_bed_free');
    expect(await ask({ kind: 'women' })).toMatchObject({
      code: 'no_bed_free',
      details: { field: 'kind', params: { kind: 'women', places: 1 } },
    });
    expect((await ask({ stationId: uuidv7() })).code).toBe('not_found');
    expect((await ask({ dispatchId: uuidv7() })).details.field).toBe('dispatchId');
    const shut = houseDraft({ general: 5 }, { open: false });
    await saveStation(test.db, city.people.administrator, shut);
    expect((await ask({ stationId: shut.id })).code).toBe('no_bed_free');
    const nextWeek = await ask({ expectedAt: minutesFromNow(7 * 24 * 60) });
    expect([nextWeek.code, nextWeek.details.field]).toEqual(['invalid_input', 'expectedAt']);
    const over = await onScene(test.db, city, await reportAt(test.db, city));
    await recordEncounter(test.db, city.people.patrol, met(over, 'refused'));
    await closeDispatch(test.db, city.people.patrol, over);
    const late = await ask({ dispatchId: over.id });
    expect([late.code, late.details.field]).toEqual(['not_found', 'dispatchId']);
    expect(await wrongCounters(test.sql, city.cityId)).toEqual([]);
  });

  it('on the last place is had by one of fifty that ask at once on two servers', async () => {
    const city = await seedCity(test.sql);
    const { dispatcher } = city.people;
    const stationId = city.station.id;
    await setFreeBeds(test.db, dispatcher, { stationId, kind: 'general', free: 1 });
    const servers: Database[] = [test.db, await test.db.another()];
    const asked = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) =>
        holdBeds(servers[index % 2]!, dispatcher, holdDraft(stationId)),
      ),
    );
    const refused = asked.filter((one) => one.status === 'rejected');
    expect(refused.map(({ reason }) => (reason as { code: string }).code)).toEqual(
      Array.from({ length: 49 }, () => 'no_bed_free'),
    );
    expect(await readLiveHoldViews(test.sql, city.cityId)).toHaveLength(1);
    expect(await placesOf(city, stationId)).toMatchObject({ free: 0, held: 1, blocked: 1 });
  });

  it('beyond the places is refused by the database itself, whoever writes without the lock', async () => {
    const city = await seedCity(test.sql);
    await holdBeds(test.db, city.people.dispatcher, holdDraft(city.station.id, { places: 2 }));
    for (const column of ['held', 'taken', 'blocked'])
      await expect(
        test.sql`
          update station_places set ${test.sql(column)} = ${test.sql(column)} + 1 where city_id = ${city.cityId}`,
      ).rejects.toMatchObject({ constraint_name: 'no_overbooking' });
  });

  it('expires once when nobody is in the vehicle, and never by the clock when somebody is', async () => {
    const city = await seedCity(test.sql);
    const { patrol, dispatcher } = city.people;
    const empty = await holdBeds(test.db, dispatcher, holdDraft(city.station.id));
    const dispatch = await onScene(test.db, city, await reportAt(test.db, city));
    const escorted = met(dispatch, 'escorted', { stationId: city.station.id });
    await recordEncounter(test.db, patrol, escorted);
    const [brought] = (await readLiveHoldViews(test.sql, city.cityId)).filter(
      ({ encounterId }) => encounterId === escorted.id,
    );
    for (const { id } of [empty, brought!]) await letPass(id, 600);
    expect(await expireHolds(test.db, city.cityId)).toBe(1);
    expect(await expireHolds(await test.db.another(), city.cityId)).toBe(0);
    const left = await readLiveHoldViews(test.sql, city.cityId);
    expect(left.map(({ id }) => id)).toEqual([brought!.id]);
    expect(left[0]!.expiresAt < minutesFromNow(0)).toBe(true);
    expect(await placesOf(city, city.station.id)).toMatchObject({ free: 1, held: 1 });
    expect(await wrongCounters(test.sql, city.cityId)).toEqual([]);
  });
});

describe('who is brought along', () => {
  const escort = (
    city: SeededCity,
    dispatch: DispatchView,
    changes: Partial<EncounterDraft> = {},
  ) =>
    recordEncounter(
      test.db,
      city.people.patrol,
      met(dispatch, 'escorted', { stationId: city.station.id, ...changes }),
    );
  /** A line for each hold. */
  const lines = async ({ cityId }: SeededCity) =>
    (await readLiveHoldViews(test.sql, cityId))
      .map(({ kind, places, encounterId, withinPlaces }) => {
        const aboard = encounterId === null ? 'empty' : 'aboard';
        return `${kind} ${places} ${aboard}${withinPlaces ? '' : ' beyond'}`;
      })
      .toSorted();

  it('takes one of the places kept for the dispatch, then any that is free, then none of them', async () => {
    const city = await seedCity(test.sql);
    const house = houseDraft({ general: 3 });
    await saveStation(test.db, city.people.administrator, house);
    const dispatch = await onScene(test.db, city, await reportAt(test.db, city));
    await keepFor(city, dispatch, { stationId: house.id, places: 2 });
    const to = { stationId: house.id };
    const first = met(dispatch, 'escorted', to);
    await recordEncounter(test.db, city.people.patrol, first);
    expect(await lines(city)).toEqual(['general 1 aboard', 'general 1 empty']);
    expect(await placesOf(city, house.id)).toMatchObject({ held: 2, free: 1 });
    // told twice, they need one place
    await recordEncounter(test.db, city.people.patrol, first);
    expect(await placesOf(city, house.id)).toMatchObject({ held: 2, free: 1 });
    await escort(city, dispatch, to);
    await escort(city, dispatch, to);
    expect(await placesOf(city, house.id)).toMatchObject({ held: 3, free: 0 });
    await escort(city, dispatch, to);
    expect(await lines(city)).toEqual([
      'general 1 aboard',
      'general 1 aboard',
      'general 1 aboard',
      'general 1 aboard beyond',
    ]);
    expect(await wrongCounters(test.sql, city.cityId)).toEqual([]);
  });

  it('gets the kind that the team chose, or the one that fits, and gives back what was kept instead', async () => {
    const city = await seedCity(test.sql);
    const house = houseDraft({ men: 1, women: 1, minors: 1, general: 1 });
    await saveStation(test.db, city.people.administrator, house);
    const dispatch = await onScene(test.db, city, await reportAt(test.db, city));
    await keepFor(city, dispatch, { stationId: house.id, kind: 'men' });
    await escort(city, dispatch, { stationId: house.id, flags: ['minor'] });
    await escort(city, dispatch, { stationId: house.id, bedKind: 'women' });
    await escort(city, dispatch, { stationId: house.id, bedKind: 'women' });
    expect(await lines(city)).toEqual(['general 1 aboard', 'minors 1 aboard', 'women 1 aboard']);
    expect(await placesOf(city, house.id, 'men')).toMatchObject({ free: 1, held: 0 });
    expect(await wrongCounters(test.sql, city.cityId)).toEqual([]);
  });

  it('is expected when the way there is driven, also at a house that was removed meanwhile', async () => {
    const city = await seedCity(test.sql);
    const house = houseDraft({ general: 1 }, { position: place(0, 12_000) });
    await saveStation(test.db, city.people.administrator, house);
    const dispatch = await onScene(test.db, city, await reportAt(test.db, city));
    await test.sql`update stations set removed_at = now(), open = false where id = ${house.id}`;
    const metAt = minutesFromNow(-5);
    await escort(city, dispatch, { stationId: house.id, metAt });
    const [hold] = await readLiveHoldViews(test.sql, city.cityId);
    expect(hold).toMatchObject({ teamId: city.north.id, dispatchId: dispatch.id });
    const minutes = (Date.parse(hold!.expectedAt) - Date.parse(metAt)) / 60_000;
    expect(minutes).toBeGreaterThan(30);
    expect(minutes).toBeLessThan(90);
  });

  it('keeps the place when the dispatch gives up the others, and both move with the arrival', async () => {
    const city = await seedCity(test.sql);
    const dispatch = await onScene(test.db, city, await reportAt(test.db, city));
    await keepFor(city, dispatch, { places: 2 });
    await escort(city, dispatch);
    const expectedAt = minutesFromNow(90);
    await changeCity(test.db, city.cityId, (change) =>
      moveHoldsOf(change, dispatch.id, expectedAt),
    );
    const moved = await readLiveHoldViews(test.sql, city.cityId);
    expect(moved.map((hold) => hold.expectedAt)).toEqual([expectedAt, expectedAt]);
    await changeCity(test.db, city.cityId, (change) => releaseHoldsOf(change, dispatch.id));
    expect(await lines(city)).toEqual(['general 1 aboard']);
    expect(await placesOf(city, city.station.id)).toMatchObject({ free: 1, held: 1 });
  });
});

function minutesAfter(at: string, minutes: number): string {
  return new Date(Date.parse(at) + minutes * 60_000).toISOString();
}
