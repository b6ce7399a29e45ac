import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { DispatchView } from '../../shared/dispatch/schema.ts';
import type { HoldView } from '../../shared/stations/schema.ts';
import { recordEncounter } from '../dispatch/encounters.ts';
import { changeCity } from '../realtime/change-city.ts';
import { holdDraft, minutesFromNow, wrongCounters } from '../testing/beds.ts';
import { testDatabase } from '../testing/database.ts';
import { met, onScene, reportAt } from '../testing/road.ts';
import { seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { holdBeds, holdPlaces, releaseHold } from './holds.ts';
import { readLiveHoldViews, readStationView } from './queries.ts';
import { checkIn } from './stays.ts';

const test = testDatabase();

const placesOf = async ({ cityId, station }: SeededCity) =>
  (await readStationView(test.sql, cityId, station.id))!.places[0];

const arrivalOn = ({ id: holdId, stationId, kind }: HoldView) => ({
  id: uuidv7(),
  stationId,
  kind,
  how: 'escorted' as const,
  holdId,
  label: '',
  note: '',
});

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

describe('who is told of after they came in', () => {
  it('needs no second place: the one that was kept for them is theirs', async () => {
    const city = await seedCity(test.sql);
    const { station_manager: manager } = city.people;
    const dispatch = await onScene(test.db, city, await reportAt(test.db, city));
    const kept = await keepFor(city, dispatch, { places: 2 });
    const metAt = minutesFromNow(-40);
    await checkIn(test.db, manager, arrivalOn(kept));
    // the tablet has a network again
    const first = met(dispatch, 'escorted', { stationId: city.station.id, metAt });
    await recordEncounter(test.db, city.people.patrol, first);
    expect(await placesOf(city)).toMatchObject({ free: 0, held: 1, taken: 1 });
    await recordEncounter(test.db, city.people.patrol, { ...first, id: uuidv7() });
    expect(await placesOf(city)).toMatchObject({ free: 0, held: 1, taken: 1 });
    expect(
      (await readLiveHoldViews(test.sql, city.cityId)).map(({ encounterId }) => encounterId),
    ).toEqual([expect.any(String)]);
    expect(await wrongCounters(test.sql, city.cityId)).toEqual([]);
  });

  it('is not somebody who was met after the others had come in', async () => {
    const city = await seedCity(test.sql);
    const dispatch = await onScene(test.db, city, await reportAt(test.db, city));
    const kept = await keepFor(city, dispatch);
    await checkIn(test.db, city.people.station_manager, arrivalOn(kept));
    const later = met(dispatch, 'escorted', { stationId: city.station.id });
    await recordEncounter(test.db, city.people.patrol, later);
    expect(await placesOf(city)).toMatchObject({ free: 0, held: 1, taken: 1 });
  });
});

describe('a place that comes free', () => {
  it('is kept for somebody in a vehicle beyond the places, once nobody in the house is', async () => {
    const city = await seedCity(test.sql);
    const { dispatcher, patrol, station_manager: manager } = city.people;
    const stationId = city.station.id;
    const full = await holdBeds(test.db, dispatcher, holdDraft(stationId, { places: 2 }));
    const dispatch = await onScene(test.db, city, await reportAt(test.db, city));
    const brought = met(dispatch, 'escorted', { stationId });
    await recordEncounter(test.db, patrol, brought);
    const walkedIn = await checkIn(test.db, manager, { ...arrivalOn(full), holdId: null });
    expect(walkedIn.withinPlaces).toBe(false);
    await releaseHold(test.db, dispatcher, full);
    expect(await placesOf(city)).toMatchObject({ free: 0, held: 1, taken: 1 });
    const [hold] = await readLiveHoldViews(test.sql, city.cityId);
    expect(hold).toMatchObject({ encounterId: brought.id, withinPlaces: true });
    expect(await wrongCounters(test.sql, city.cityId)).toEqual([]);
  });
});
