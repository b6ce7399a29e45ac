import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { floorToHour, hourMs } from '../../shared/weather/hours.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { seedCity } from '../testing/seed.ts';
import { readWeatherFor, saveSource, typeHours } from './actions.ts';
import { readCityHours, readFeltOfNights, readWeatherNews, readWeatherView } from './queries.ts';

const test = testDatabase();
const inHours = (hours: number): string =>
  new Date(floorToHour(Date.now()) + hours * hourMs).toISOString();
const told = { temperatureCelsius: -13, windKmh: 20, precipitationMm: null, falling: null };

describe('the weather of a city', () => {
  it('is unknown at first: every hour is there and none is told', async () => {
    const { cityId } = await seedCity(test.sql);
    expect(await readWeatherNews(test.sql, cityId)).toBeNull();
    const { hours, toldAt, stale, warnings } = await readCityHours(test.sql, cityId);
    expect(hours.temperatureCelsius).toEqual(Array.from({ length: 97 }, () => null));
    expect(hours.fromAt).toBe(inHours(-96));
    expect([toldAt, stale, warnings]).toEqual([null, true, []]);
    expect(await readWeatherView(test.sql, cityId)).toMatchObject({ revision: 0, sources: [] });
  });

  it('is what somebody typed in, by whom is kept, and screens are told once', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const typed = [
      { at: inHours(0), ...told },
      { at: inHours(2), ...told, temperatureCelsius: -15.5 },
    ];
    const news = await typeHours(test.db, people.dispatcher, typed);
    expect(news).toMatchObject({ revision: 1, stale: false });
    expect(news.now).toMatchObject({ at: inHours(0), temperatureCelsius: -13 });
    expect(news.now!.feltCelsius).toBeCloseTo(-21.65, 2);
    expect(await readWeatherNews(test.sql, cityId)).toEqual(news);
    const { hours } = await readCityHours(test.sql, cityId);
    expect(hours.temperatureCelsius.slice(96)).toEqual([-13, null, -15.5]);
    const events = await test.sql<{ kind: string; audience: string }[]>`
      select kind, audience from events where city_id = ${cityId}`;
    expect([...events]).toEqual([{ kind: 'weather.changed', audience: 'public' }]);
    const [row] = await test.sql<{ typed_by: string }[]>`
      select typed_by from weather_hand_hours where city_id = ${cityId} limit 1`;
    expect(row!.typed_by).toBe(people.dispatcher.userId);
  });

  it('refuses hours that are long over or too far ahead', async () => {
    const { people } = await seedCity(test.sql);
    for (const hours of [-60, 300]) {
      const typing = typeHours(test.db, people.dispatcher, [{ at: inHours(hours), ...told }]);
      expect((await refusal(typing)).details.field).toBe('at');
    }
  });

  it('remembers the lowest felt temperature of each night by the date of its evening', async () => {
    const { cityId, people } = await seedCity(test.sql);
    await typeHours(test.db, people.dispatcher, [{ at: inHours(0), ...told }]);
    await test.sql`
      insert into weather_hours (city_id, at, temperature_celsius, felt_celsius) values
        (${cityId}, '2026-01-05T03:00:00Z', 0, 0), (${cityId}, '2026-01-05T05:00:00Z', -5, -7),
        (${cityId}, '2026-01-05T21:00:00Z', -9, -12.5), (${cityId}, '2026-01-06T04:30:00Z', -1, -1)`;
    const felt = await readFeltOfNights(test.sql, cityId, '2026-01-05');
    expect(felt.get('2026-01-04')).toBeUndefined();
    expect(felt.get('2026-01-05')).toBe(-12.5);
    expect(felt.get('2026-01-06')).toBe(-1);
    expect(felt.size).toBe(3);
  });

  it('has no source without an address where its kind has no usual one', async () => {
    const { people } = await seedCity(test.sql);
    const draft = { id: uuidv7(), name: '和风', address: '', key: null, enabled: true };
    const saving = saveSource(test.db, people.administrator, {
      ...draft,
      kind: 'qweather',
      places: [],
      grid: false,
    });
    expect((await refusal(saving)).details.field).toBe('address');
  });
});

it('where a source is asked is told to nobody who has no use for it', async () => {
  const { people } = await seedCity(test.sql);
  const address = 'http://127.0.0.1:9/feed?token=secret';
  await saveSource(test.db, people.administrator, {
    id: uuidv7(),
    kind: 'cap_feed',
    name: '预警',
    address,
    key: null,
    enabled: true,
    places: [],
    grid: false,
  });
  const addressFor = async (role: 'patrol' | 'dispatcher' | 'auditor' | 'administrator') =>
    (await readWeatherFor(test.db, { ...people.administrator, role })).sources[0]?.address;
  expect(await addressFor('patrol')).toBe('');
  expect(await addressFor('dispatcher')).toBe('');
  expect(await addressFor('auditor')).toBe(address);
  expect(await addressFor('administrator')).toBe(address);
});
