import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { StayView } from '../../shared/stations/schema.ts';
import type { Session } from '../kernel/context.ts';
import { holdDraft, houseDraft, wrongCounters } from '../testing/beds.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { saveStation, setFreeBeds } from './actions.ts';
import { expireHolds, holdBeds } from './holds.ts';
import { readLiveHoldViews, readStationView } from './queries.ts';
import { checkIn, checkOut, readStays } from './stays.ts';

const test = testDatabase();

const arrival = (stationId: string, changes = {}) => ({
  id: uuidv7(),
  stationId,
  kind: 'general' as const,
  how: 'walk_in' as const,
  holdId: null as string | null,
  label: '3-12',
  note: '',
  ...changes,
});
const comeIn = (city: SeededCity, changes = {}, by: Session = city.people.station_manager) =>
  checkIn(test.db, by, arrival(city.station.id, changes));
const house = async ({ cityId, station }: SeededCity) =>
  (await readStationView(test.sql, cityId, station.id))!;

describe('somebody who comes in', () => {
  it('from a place that was kept takes it, once', async () => {
    const city = await seedCity(test.sql);
    const { station_manager: manager, dispatcher } = city.people;
    const hold = await holdBeds(test.db, dispatcher, holdDraft(city.station.id, { places: 2 }));
    const draft = arrival(city.station.id, { how: 'escorted', holdId: hold.id });
    const stay = await checkIn(test.db, manager, draft);
    expect(stay).toMatchObject({ how: 'escorted', withinPlaces: true, days: 0, longStay: false });
    expect((await house(city)).places[0]).toMatchObject({ free: 0, held: 1, taken: 1 });
    expect(await checkIn(test.db, manager, draft)).toEqual(stay);
    // one of the two has arrived, the other is still on the way
    const [other, ...more] = await readLiveHoldViews(test.sql, city.cityId);
    expect([other!.id, other!.places, more]).toEqual([hold.id, 1, []]);
    await comeIn(city, { holdId: hold.id });
    const twice = await refusal(comeIn(city, { holdId: hold.id }));
    expect([twice.code, twice.details.field]).toEqual(['hold_over', 'holdId']);
    expect((await house(city)).places[0]).toMatchObject({ free: 0, held: 0, taken: 2 });
    expect(await wrongCounters(test.sql, city.cityId)).toEqual([]);
  });

  it('is never sent away from a full house, and has the first place that comes free', async () => {
    const city = await seedCity(test.sql);
    const { station_manager: manager } = city.people;
    const first = await comeIn(city);
    await comeIn(city);
    const beyond = await comeIn(city);
    expect(beyond.withinPlaces).toBe(false);
    expect(await house(city)).toMatchObject({ bedsFree: 0, extra: 1, light: 'full' });
    await checkOut(test.db, manager, { id: first.id, leftTo: '家里' });
    expect(await house(city)).toMatchObject({ bedsFree: 0, extra: 0 });
    expect(await wrongCounters(test.sql, city.cityId)).toEqual([]);
  });

  it('after the place was given up has one that is free, of whatever kind fits', async () => {
    const city = await seedCity(test.sql);
    const { administrator, dispatcher, station_manager: manager } = city.people;
    const mixed = houseDraft({ men: 1, women: 1 });
    await saveStation(test.db, administrator, mixed);
    const held = holdDraft(mixed.id, { kind: 'men' });
    const late = await holdBeds(test.db, dispatcher, held);
    await test.sql`update bed_holds set expires_at = now() - interval '1 minute' where id = ${late.id}`;
    await expireHolds(test.db, city.cityId);
    const come = { holdId: late.id, kind: 'women' };
    const stay = await checkIn(test.db, administrator, arrival(mixed.id, come));
    expect(stay).toMatchObject({ withinPlaces: true, kind: 'women', holdId: late.id });
    expect((await readStationView(test.sql, city.cityId, mixed.id))!.places).toMatchObject([
      { kind: 'men', free: 1 },
      { kind: 'women', free: 0, taken: 1 },
    ]);
    const elsewhere = arrival(city.station.id, { holdId: late.id });
    expect((await refusal(checkIn(test.db, manager, elsewhere))).details.field).toBe('holdId');
  });
});

describe('several who come after their places were given up', () => {
  it('each arrive on what was kept for them, and count once', async () => {
    const city = await seedCity(test.sql);
    const { dispatcher } = city.people;
    const pair = await holdBeds(test.db, dispatcher, holdDraft(city.station.id, { places: 2 }));
    await test.sql`update bed_holds set expires_at = now() - interval '1 minute' where id = ${pair.id}`;
    await expireHolds(test.db, city.cityId);
    const come = { holdId: pair.id };
    expect((await comeIn(city, come)).withinPlaces).toBe(true);
    expect((await comeIn(city, come)).withinPlaces).toBe(true);
    expect((await refusal(comeIn(city, come))).code).toBe('hold_over');
    const kept = await test.sql`select places, state from bed_holds where city_id = ${city.cityId}`;
    expect(kept).toEqual([
      { places: 1, state: 'arrived' },
      { places: 1, state: 'arrived' },
    ]);
    expect(await wrongCounters(test.sql, city.cityId)).toEqual([]);
  });
});

describe('the book of a house', () => {
  it('is its own manager’s and the desk’s to read, which is kept, and no other manager’s', async () => {
    const city = await seedCity(test.sql);
    const { station_manager: manager, dispatcher, administrator } = city.people;
    const other = houseDraft({ general: 1 });
    await saveStation(test.db, administrator, other);
    const stay = await checkIn(test.db, administrator, arrival(other.id));
    for (const asked of [
      () => checkIn(test.db, manager, arrival(other.id)),
      () => checkOut(test.db, manager, { id: stay.id, leftTo: '' }),
      () => readStays(test.db, manager, { stationId: other.id }),
      () => checkIn(test.db, manager, { ...arrival(city.station.id), id: stay.id }),
    ])
      await expect(asked()).rejects.toMatchObject({ code: 'not_allowed' });
    expect(await readStays(test.db, dispatcher, { stationId: other.id })).toEqual([stay]);
    const audit = await test.sql`
      select user_id, subject from audit_entries where city_id = ${city.cityId} and action = 'stays.read'`;
    expect(audit).toEqual([{ user_id: dispatcher.userId, subject: other.id }]);
  });

  it('says who has been there for ten days or longer', async () => {
    const city = await seedCity(test.sql);
    const { station_manager: manager } = city.people;
    const days = async (stay: StayView, ago: string) =>
      test.sql`update stays set arrived_at = now() - ${ago}::interval where id = ${stay.id}`;
    await days(await comeIn(city), '9 days 23 hours');
    await days(await comeIn(city), '10 days');
    const stays = await readStays(test.db, manager, { stationId: city.station.id });
    expect(stays.map((stay) => [stay.days, stay.longStay])).toEqual([
      [10, true],
      [9, false],
    ]);
  });

  it('knows when somebody left, once', async () => {
    const city = await seedCity(test.sql);
    const { station_manager: manager } = city.people;
    const { id } = await comeIn(city);
    const left = await checkOut(test.db, manager, { id, leftTo: '亲友接回' });
    expect(left).toMatchObject({ leftTo: '亲友接回', leftAt: expect.any(String) });
    expect((await checkOut(test.db, manager, { id, leftTo: '亲友接回' })).leftAt).toBe(left.leftAt);
    const again = await refusal(checkOut(test.db, manager, { id, leftTo: '医院' }));
    expect(again.code).toBe('stay_over');
    expect(await readStays(test.db, manager, { stationId: city.station.id })).toEqual([]);
    expect(await house(city)).toMatchObject({ bedsFree: 2 });
    const missing = await refusal(checkOut(test.db, manager, { id: uuidv7(), leftTo: '' }));
    expect(missing.code).toBe('not_found');
  });

  it('says nothing of people in what is broadcast', async () => {
    const city = await seedCity(test.sql);
    await setFreeBeds(test.db, city.people.dispatcher, {
      stationId: city.station.id,
      kind: 'general',
      free: 1,
    });
    await comeIn(city, { note: '脚伤', label: '9-99' });
    const rows = await test.sql`select payload from events where city_id = ${city.cityId}`;
    for (const secret of ['脚伤', '9-99', 'label'])
      expect(JSON.stringify(rows)).not.toContain(secret);
  });
});
