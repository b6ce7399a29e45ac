import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { changeCity } from '../realtime/change-city.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { place, seedCity } from '../testing/seed.ts';
import { removeStation, saveStation, setFreeBeds, takeBed } from './actions.ts';
import { readStationView, readStationViews } from './queries.ts';

const test = testDatabase();
const draft = () => ({
  id: uuidv7(),
  name: '东站',
  address: '一号路',
  phone: '12345',
  position: place(100, 100),
  bedsTotal: 10,
  open: true,
});

describe('stations', () => {
  it('start with all beds free and keep no more free than they have', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const station = draft();
    const saved = await saveStation(test.db, people.administrator, station);
    expect(saved).toMatchObject({
      bedsTotal: 10,
      bedsFree: 10,
      open: true,
      lon: station.position.lon,
    });
    await setFreeBeds(test.db, people.station_manager, { stationId: station.id, bedsFree: 7 });
    const smaller = await saveStation(test.db, people.administrator, { ...station, bedsTotal: 4 });
    expect(smaller.bedsFree).toBe(4);
    const renamed = await saveStation(test.db, people.administrator, {
      ...station,
      name: '东二站',
      bedsTotal: 4,
    });
    expect(renamed.bedsUpdatedAt).toBe(smaller.bedsUpdatedAt);
    expect((await readStationViews(test.sql, cityId)).map(({ name }) => name)).toContain('东二站');
  });

  it('refuse more free beds than they have', async () => {
    const { people, station } = await seedCity(test.sql);
    const tooMany = { stationId: station.id, bedsFree: 3 };
    const refused = await refusal(setFreeBeds(test.db, people.dispatcher, tooMany));
    expect([refused.code, refused.details]).toEqual([
      'beds_out_of_range',
      { field: 'bedsFree', params: { bedsTotal: 2 } },
    ]);
    const unknown = await refusal(
      setFreeBeds(test.db, people.dispatcher, { stationId: uuidv7(), bedsFree: 0 }),
    );
    expect(unknown.code).toBe('not_found');
  });

  it('never have fewer than no beds, however many take one at once', async () => {
    const { cityId, station } = await seedCity(test.sql);
    const elsewhere = await test.db.another();
    const take = (index: number) =>
      changeCity(index % 2 === 0 ? test.db : elsewhere, cityId, (change) =>
        takeBed(change, station.id),
      );
    await Promise.all([0, 1, 2, 3].map(take));
    expect((await readStationView(test.sql, cityId, station.id))!.bedsFree).toBe(0);
  });

  it('disappear from the list when removed, with an event that says so', async () => {
    const { cityId, people, station } = await seedCity(test.sql);
    const removed = await removeStation(test.db, people.administrator, { id: station.id });
    expect(removed).toMatchObject({ removed: true, open: false });
    expect(await readStationViews(test.sql, cityId)).toEqual([]);
    const [event] = await test.sql<
      { audience: string; payload: { station: { removed: boolean } } }[]
    >`
      select audience, payload from events where city_id = ${cityId}`;
    expect(event!.audience).toBe('public');
    expect(
      (await refusal(removeStation(test.db, people.administrator, { id: uuidv7() }))).code,
    ).toBe('not_found');
  });
});
