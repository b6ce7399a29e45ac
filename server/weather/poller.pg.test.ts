import { v7 as uuidv7 } from 'uuid';
import { afterEach, describe, expect, it } from 'vitest';
import { floorToHour, hourAt, hourMs } from '../../shared/weather/hours.ts';
import type { SourceDraft, SourceView } from '../../shared/weather/schema.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { cityCenter, contextOf, seedCity } from '../testing/seed.ts';
import { openMeteoAnswer, says, weatherServer } from '../testing/weather-server.ts';
import type { Behaviour, WeatherServer } from '../testing/weather-server.ts';
import { readAuditEntries } from '../accounts/audit.ts';
import { removeSource, saveSource, tryNow, typeHours } from './actions.ts';
import { announceIfDue } from './announce.ts';
import { WeatherPoller } from './poller.ts';
import { readCityHours, readWeatherNews, readWeatherView } from './queries.ts';

const test = testDatabase();
const servers: WeatherServer[] = [];
async function serving(behaviour: Behaviour): Promise<WeatherServer> {
  const server = await weatherServer(behaviour);
  servers.push(server);
  return server;
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const thisHour = (): number => floorToHour(Date.now());
const place = { lon: cityCenter.lon, lat: cityCenter.lat, name: '市中心' };
const draft = (address: string, more: Partial<SourceDraft> = {}): SourceDraft => ({
  id: uuidv7(),
  kind: 'open_meteo',
  name: '预报',
  address,
  key: null,
  enabled: true,
  places: [place],
  grid: false,
  ...more,
});
/** From two hours ago, in the middle of the city. */
const forecast = (...temperatures: unknown[]): Behaviour =>
  says(JSON.stringify(openMeteoAnswer(place, thisHour() - 2 * hourMs, temperatures)));

const pollerOn = (db: Database = test.db, lines: string[] = []): WeatherPoller =>
  new WeatherPoller({
    db,
    log: (_level, line) => void lines.push(line),
    openMeteoUrl: 'http://127.0.0.1:9',
  });
async function pollAll(cityId: string, poller = pollerOn()): Promise<void> {
  await test.sql`update weather_sources set next_attempt_at = now() where city_id = ${cityId}`;
  await poller.settle(cityId);
  await poller.answered();
}
const eventsOf = async (cityId: string): Promise<number> => {
  const [row] = await test.sql<{ count: number }[]>`
    select count(*)::int as count from events where city_id = ${cityId} and kind = 'weather.changed'`;
  return row!.count;
};
const sourceOf = async (cityId: string): Promise<SourceView> =>
  (await readWeatherView(test.sql, cityId)).sources.find(({ kind }) => kind !== 'hand')!;
const ago = (cityId: string, hours: number) => test.sql`
  update weather_sources set told_at = told_at - make_interval(hours => ${hours}) where city_id = ${cityId}`;

describe('a source of weather', () => {
  it('is asked when it is due and tells every screen what it says', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const server = await serving(forecast(-8, -9, -10, -11, -12));
    await saveSource(test.db, people.administrator, draft(server.baseUrl));
    expect(await sourceOf(cityId)).toMatchObject({ state: 'never', lastAnswerAt: null });
    const before = await eventsOf(cityId);
    const poller = pollerOn();
    expect(await poller.findDue()).toContainEqual({ cityId });
    await poller.settle(cityId);
    await poller.answered();
    expect(server.asked[0]!.path).toBe('/v1/forecast');
    expect(server.asked[0]!.query.get('latitude')).toBe('39.9000');
    const news = await readWeatherNews(test.sql, cityId);
    expect(news).toMatchObject({ stale: false, now: { temperatureCelsius: -10, windKmh: 20 } });
    expect(await sourceOf(cityId)).toMatchObject({ state: 'fresh', faults: [] });
    expect(await eventsOf(cityId)).toBe(before + 1);
    // Not due again for half an hour.
    await poller.settle(cityId);
    await poller.answered();
    expect(server.asked).toHaveLength(1);
  });

  it('is asked by one of several servers', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const server = await serving(forecast(-8, -9, -10));
    await saveSource(test.db, people.administrator, draft(server.baseUrl));
    const elsewhere = await test.db.another();
    const pollers = [pollerOn(), pollerOn(elsewhere), pollerOn(), pollerOn(elsewhere)];
    await Promise.all(pollers.map((poller) => poller.settle(cityId)));
    await Promise.all(pollers.map((poller) => poller.answered()));
    expect(server.asked).toHaveLength(1);
  });

  it('that is left by a server that died is taken over when its claim runs out', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const server = await serving(forecast(-8, -9, -10));
    await saveSource(test.db, people.administrator, draft(server.baseUrl));
    await test.sql`
      update weather_sources set claimed_by = ${uuidv7()}, claimed_until = now() + interval '1 minute'
      where city_id = ${cityId}`;
    await pollAll(cityId);
    expect(server.asked).toHaveLength(0);
    await test.sql`
      update weather_sources set claimed_until = now() - interval '1 second' where city_id = ${cityId}`;
    await pollAll(cityId);
    expect(server.asked).toHaveLength(1);
  });

  it.each<[string, Behaviour, object]>([
    ['a page of HTML', says('<html>maintenance</html>'), { code: 'malformed', at: 'html' }],
    [
      'half an answer',
      says('{"latitude": 39.9, "hourly": {"time": ["20'),
      { code: 'malformed', at: 'json' },
    ],
    ['nothing', says(''), { code: 'malformed', at: 'empty' }],
    [
      'an error in a good answer',
      says('{"error": true, "reason": "no"}'),
      { code: 'refused', status: 200 },
    ],
    ['too many questions', says('', {}, 429), { code: 'refused', status: 429 }],
    ['a fault of its own', says('boom', {}, 500), { code: 'refused', status: 500 }],
    ['a broken line', (_asked, response) => response.destroy(), { code: 'unreachable' }],
    [
      'a detour to nowhere',
      says('', { location: 'http://nowhere.invalid/' }, 302),
      { code: 'unreachable' },
    ],
    ['only nulls', forecast(null, null, null), { code: 'malformed', at: 'hourly.temperature_2m' }],
  ])('that answers with %s loses nothing that was known', async (_what, behaviour, fault) => {
    const { cityId, people } = await seedCity(test.sql);
    const server = await serving(forecast(-8, -9, -10, -11));
    await saveSource(test.db, people.administrator, draft(server.baseUrl));
    const lines: string[] = [];
    const poller = pollerOn(test.db, lines);
    await pollAll(cityId, poller);
    const known = await readCityHours(test.sql, cityId);
    server.behave(behaviour);
    const before = await eventsOf(cityId);
    await pollAll(cityId, poller);
    await pollAll(cityId, poller);
    expect(await readCityHours(test.sql, cityId)).toEqual(known);
    const source = await sourceOf(cityId);
    expect(source).toMatchObject({ state: 'fresh', faults: [fault] });
    // It is told of once, and said in the log once.
    expect(await eventsOf(cityId)).toBe(before + 1);
    expect(lines).toEqual(['a weather source does not answer']);
    server.behave(forecast(-8, -9, -10, -11));
    await pollAll(cityId, poller);
    expect((await sourceOf(cityId)).faults).toEqual([]);
    expect(lines).toHaveLength(2);
  });

  it('that tells fewer hours than before keeps the others with their age', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const server = await serving(forecast(-8, -9, -10, -11, -12, -13));
    await saveSource(test.db, people.administrator, draft(server.baseUrl));
    await pollAll(cityId);
    server.behave(forecast(null, null, -20, null, 'x'));
    await pollAll(cityId);
    const told = async () =>
      (await readCityHours(test.sql, cityId)).hours.temperatureCelsius.slice(94);
    expect(await told()).toEqual([-8, -9, -20, -11, -12, -13]);
    // Half a day later the old word about the hours to come isn't counted any more; what was, was.
    await test.sql`
      update weather_points set hours = jsonb_set(hours, '{toldMs}', (
        select jsonb_agg(value::bigint - 46800000)
        from jsonb_array_elements_text(hours -> 'toldMs')))
      where city_id = ${cityId}`;
    expect(await told()).toEqual([-8, -9, null, null, null, null]);
  });

  it('grows stale, is counted for half a day, and then not any more: hours are missing, none turns mild', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const server = await serving(forecast(-8, -9, -10, -11));
    await saveSource(test.db, people.administrator, draft(server.baseUrl));
    await pollAll(cityId);
    await ago(cityId, 4);
    await announceIfDue(test.db, cityId);
    expect(await sourceOf(cityId)).toMatchObject({ state: 'stale' });
    expect(await readWeatherNews(test.sql, cityId)).toMatchObject({
      stale: true,
      now: { temperatureCelsius: -10 },
    });
    await ago(cityId, 9);
    await announceIfDue(test.db, cityId);
    const events = await eventsOf(cityId);
    await announceIfDue(test.db, cityId);
    expect(await eventsOf(cityId)).toBe(events);
    expect(await sourceOf(cityId)).toMatchObject({ state: 'failing' });
    expect(await readWeatherNews(test.sql, cityId)).toMatchObject({ stale: true, now: null });
    const { hours } = await readCityHours(test.sql, cityId);
    // What was is kept; what is and what comes isn't known.
    expect(hours.temperatureCelsius.slice(94)).toEqual([-8, -9, null]);
  });

  it('is known after a restart, with its age', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const server = await serving(forecast(-8, -9, -10));
    await saveSource(test.db, people.administrator, draft(server.baseUrl));
    const poller = pollerOn();
    await pollAll(cityId, poller);
    const news = await readWeatherNews(test.sql, cityId);
    await poller.stop();
    expect(await readWeatherNews(await test.db.another().then(({ sql }) => sql), cityId)).toEqual(
      news,
    );
  });

  it('that contradicts another is told of on both sides, and the colder word counts', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const mild = await serving(forecast(2, 2, 2));
    const harsh = await serving(forecast(-9, -9, -9));
    const [a, b] = [draft(mild.baseUrl), draft(harsh.baseUrl)];
    await saveSource(test.db, people.administrator, a);
    await saveSource(test.db, people.administrator, b);
    await pollAll(cityId);
    const { sources, city } = await readWeatherView(test.sql, cityId);
    expect(hourAt(city, Date.now()).temperatureCelsius).toBe(-9);
    const faults = Object.fromEntries(sources.map(({ id, faults: its }) => [id, its]));
    expect(faults[a.id]).toEqual([{ code: 'contradicts', sourceId: b.id, celsius: 11 }]);
    expect(faults[b.id]).toEqual([{ code: 'contradicts', sourceId: a.id, celsius: 11 }]);
    const typed = {
      at: new Date().toISOString(),
      temperatureCelsius: -2,
      windKmh: 3,
      precipitationMm: null,
      falling: null,
    };
    const news = await typeHours(test.db, people.dispatcher, [typed]);
    expect(news.now).toMatchObject({ temperatureCelsius: -2, windKmh: 3 });
  });

  it('is tried at once by an administrator, who sees what came', async () => {
    const { people } = await seedCity(test.sql);
    const server = await serving(forecast(-8, -9, -10, -11, -12, -13));
    const source = draft(server.baseUrl, { enabled: true });
    await saveSource(test.db, people.administrator, source);
    const context = contextOf(test.db, people.administrator);
    expect(await tryNow(context, people.administrator, source)).toMatchObject({
      points: 1,
      hoursAhead: 3,
      source: { state: 'fresh', faults: [] },
    });
    server.behave(says('', {}, 401));
    expect(await tryNow(context, people.administrator, source)).toMatchObject({
      source: { state: 'fresh', faults: [{ code: 'refused', status: 401 }] },
    });
    const unknown = tryNow(context, people.administrator, { id: uuidv7() });
    expect((await refusal(unknown)).code).toBe('not_found');
  });

  it('keeps its key to itself', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const server = await serving(forecast(-8, -9, -10));
    const admin: Session = people.administrator;
    const source = draft(server.baseUrl, { key: 'top-secret' });
    await saveSource(test.db, admin, source);
    await saveSource(test.db, admin, { ...source, name: '改名', key: null });
    await pollAll(cityId);
    expect(server.asked.at(-1)!.query.get('apikey')).toBe('top-secret');
    const seen = [
      await readWeatherView(test.sql, cityId),
      await readAuditEntries(test.sql, cityId, null),
      await test.sql`select * from events where city_id = ${cityId}`,
      await test.sql`select memory from weather_sources where city_id = ${cityId}`,
    ];
    expect(JSON.stringify(seen)).not.toContain('top-secret');
    expect((await sourceOf(cityId)).hasKey).toBe(true);
    await saveSource(test.db, admin, { ...source, key: '' });
    expect((await sourceOf(cityId)).hasKey).toBe(false);
    const actions = (await readAuditEntries(test.sql, cityId, null)).map(({ action }) => action);
    expect(actions).toEqual(Array(3).fill('weather.sourceSaved'));
  });

  it('that is removed is gone, and the hours that were stay', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const server = await serving(forecast(-8, -9, -10, -11));
    const source = draft(server.baseUrl);
    await saveSource(test.db, people.administrator, source);
    await pollAll(cityId);
    await removeSource(test.db, people.administrator, source);
    const { hours } = await readCityHours(test.sql, cityId);
    expect(hours.temperatureCelsius.slice(94)).toEqual([-8, -9, null]);
    const again = removeSource(test.db, people.administrator, source);
    expect((await refusal(again)).code).toBe('not_found');
  });
});
