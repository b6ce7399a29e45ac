import { v7 as uuidv7 } from 'uuid';
import { afterEach, expect, it } from 'vitest';
import { floorToHour, hourMs } from '../../shared/weather/hours.ts';
import { judgeCity } from '../response/judging.ts';
import { readActivationInForce } from '../response/queries.ts';
import { readSettings, saveSettings } from '../response/actions.ts';
import { testDatabase } from '../testing/database.ts';
import { cityCenter, seedCity } from '../testing/seed.ts';
import { skies, tellForecast, tellWeather } from '../testing/weather.ts';
import { openMeteoAnswer, weatherServer } from '../testing/weather-server.ts';
import type { WeatherServer } from '../testing/weather-server.ts';
import { saveSource, typeHours } from './actions.ts';
import { WeatherPoller } from './poller.ts';
import { readCityHours, readWeatherNews, readWeatherView } from './queries.ts';

const test = testDatabase();
const servers: WeatherServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const place = { lon: cityCenter.lon, lat: cityCenter.lat, name: '' };
/** Answers with these temperatures from so many hours ago on, at every question. */
async function mirror(hoursAgo: number, temperatures: readonly number[]): Promise<WeatherServer> {
  const fromMs = floorToHour(Date.now()) - hoursAgo * hourMs;
  const body = JSON.stringify(openMeteoAnswer(place, fromMs, [...temperatures]));
  const server = await weatherServer((_asked, response) => response.end(body));
  servers.push(server);
  return server;
}
async function asked(hoursAgo: number, temperatures: readonly number[]) {
  const { cityId, people } = await seedCity(test.sql);
  const { baseUrl: address } = await mirror(hoursAgo, temperatures);
  await saveSource(test.db, people.administrator, {
    id: uuidv7(),
    kind: 'open_meteo',
    name: '镜像',
    address,
    key: null,
    enabled: true,
    places: [place],
    grid: false,
  });
  const poller = new WeatherPoller({ db: test.db, log: () => undefined, openMeteoUrl: address });
  await poller.settle(cityId);
  await poller.answered();
  return { cityId, news: await readWeatherNews(test.sql, cityId) };
}

it('a mirror that is stuck at the days of long ago is no fresh source, whenever it is asked', async () => {
  const { cityId, news } = await asked(
    84,
    Array.from({ length: 120 }, () => 4),
  );
  expect(news).toMatchObject({ stale: true });
  const { sources } = await readWeatherView(test.sql, cityId);
  expect(sources[0]).toMatchObject({ state: 'failing', faults: [{ code: 'late' }] });
  const usual = await asked(
    50,
    Array.from({ length: 120 }, () => 4),
  );
  expect(usual.news).toMatchObject({ stale: false, now: { temperatureCelsius: 4 } });
});

it('hours that are over make nothing that was told of this one any younger', async () => {
  const { cityId } = await asked(6, [3, 3, 3, 3]);
  const { sources } = await readWeatherView(test.sql, cityId);
  expect(sources[0]).toMatchObject({ state: 'never', faults: [{ code: 'late' }] });
});

it('an hour that was told long ago is old, though its source tells of others now', async () => {
  const { cityId } = await seedCity(test.sql);
  await tellForecast(test.db, cityId, 'orange', 5);
  await test.sql`update weather_sources set told_at = now() where city_id = ${cityId}`;
  const { stale, toldAt, oldFrom } = await readCityHours(test.sql, cityId);
  expect(stale).toBe(true);
  expect(Date.now() - Date.parse(toldAt!)).toBeGreaterThan(4.9 * hourMs);
  expect(Date.parse(oldFrom!)).toBe(floorToHour(Date.now()));
});

it('nor does what is typed for this hour end a night by an old forecast of the coming ones', async () => {
  const { cityId, people } = await seedCity(test.sql);
  const settings = await readSettings(test.db, people.administrator);
  await saveSettings(test.db, people.administrator, { ...settings, automatic: 'all' });
  await tellWeather(test.db, people.dispatcher, 'orange');
  await judgeCity(test.db, cityId);
  await test.sql`
    update activations set declared_at = declared_at - interval '9 hours' where city_id = ${cityId}`;
  const thisHour = { at: new Date().toISOString(), ...skies.mild };
  const mild = [{ ...thisHour, precipitationMm: 0, falling: 'none' as const }];
  await tellForecast(test.db, cityId, 'mild', 9);
  await typeHours(test.db, people.dispatcher, mild);
  expect(await readCityHours(test.sql, cityId)).toMatchObject({ stale: false });
  await judgeCity(test.db, cityId);
  expect(await readActivationInForce(test.sql, cityId)).toMatchObject({ level: 'orange' });
  await tellForecast(test.db, cityId, 'mild', 1);
  await typeHours(test.db, people.dispatcher, mild);
  await judgeCity(test.db, cityId);
  expect(await readActivationInForce(test.sql, cityId)).toBeNull();
});
