/** Whole answers of QWeather and of CAP feeds, from a server that speaks as theirs do to what the city knows. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, describe, expect, it } from 'vitest';
import { floorToHour, hourMs } from '../../shared/weather/hours.ts';
import type { SourceDraft } from '../../shared/weather/schema.ts';
import { repoRoot } from '../kernel/repo-root.ts';
import { testDatabase } from '../testing/database.ts';
import { cityCenter, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { says, weatherServer } from '../testing/weather-server.ts';
import type { Behaviour, WeatherServer } from '../testing/weather-server.ts';
import { saveSource } from './actions.ts';
import { WeatherPoller } from './poller.ts';
import { readCityHours, readWeatherView } from './queries.ts';

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

async function cityWith(
  source: Pick<SourceDraft, 'kind' | 'address'> & Partial<SourceDraft>,
): Promise<SeededCity> {
  const city = await seedCity(test.sql);
  await saveSource(test.db, city.people.administrator, {
    id: uuidv7(),
    name: '气象局',
    key: 'host-key',
    enabled: true,
    places: [],
    grid: false,
    ...source,
  });
  return city;
}
async function poll({ cityId }: SeededCity): Promise<void> {
  await test.sql`update weather_sources set next_attempt_at = now() where city_id = ${cityId}`;
  const poller = new WeatherPoller({ db: test.db, log: () => undefined, openMeteoUrl: '' });
  await poller.settle(cityId);
  await poller.answered();
}
const warningsOf = async ({ cityId }: SeededCity): Promise<string[]> =>
  (await readCityHours(test.sql, cityId)).warnings.map(({ id }) => id.split(',').at(-1)!);
const faultsOf = async ({ cityId }: SeededCity) =>
  (await readWeatherView(test.sql, cityId)).sources[0]!.faults;

/** As it is written in Shanghai. */
const local = (ms: number): string =>
  `${new Date(ms + 8 * hourMs).toISOString().slice(0, 16)}+08:00`;
const nextHour = () => floorToHour(Date.now()) + hourMs;
const qweather = (more: Partial<Record<string, unknown>> = {}): Behaviour => {
  const answers: Record<string, unknown> = {
    '/v7/weather/72h': {
      code: '200',
      updateTime: local(Date.now() - 600_000),
      hourly: [-11, -12, -13].map((temp, index) => ({
        fxTime: local(nextHour() + index * hourMs),
        temp: String(temp),
        icon: '150',
        windSpeed: '20',
        precip: '0.0',
      })),
    },
    '/v7/weather/now': {
      code: '200',
      now: {
        obsTime: local(Date.now() - 300_000),
        temp: '-10',
        icon: '150',
        windSpeed: '18',
        precip: '0.0',
      },
    },
    '/v7/warning/now': { code: '200', warning: [] },
    ...more,
  };
  return (asked, response) => {
    const answer = answers[asked.path];
    response.writeHead(answer === undefined ? 404 : 200);
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? {}));
  };
};
const warning = (id: string) => ({
  id,
  sender: '气象台',
  pubTime: local(Date.now()),
  title: '寒潮蓝色预警',
  startTime: local(Date.now()),
  endTime: local(Date.now() + 24 * hourMs),
  status: 'active',
  severity: 'Minor',
  type: '1005',
  typeName: '寒潮',
  text: '',
});

describe('QWeather', () => {
  it('is asked with its key for the middle of the city, and tells now, the hours ahead and warnings', async () => {
    const server = await serving(
      qweather({ '/v7/warning/now': { code: '200', warning: [warning('w1')] } }),
    );
    const city = await cityWith({ kind: 'qweather', address: `${server.baseUrl}/` });
    await poll(city);
    expect(server.asked.map((one) => one.path)).toEqual([
      '/v7/weather/72h',
      '/v7/weather/now',
      '/v7/warning/now',
    ]);
    expect(server.asked[0]!.headers['x-qw-api-key']).toBe('host-key');
    expect(server.asked[0]!.query.get('location')).toBe('116.40,39.90');
    const { hours } = await readCityHours(test.sql, city.cityId);
    // A reading of a few minutes ago may lie in the hour before.
    expect(hours.temperatureCelsius.slice(97)).toEqual([-11, -12, -13]);
    expect(hours.temperatureCelsius.slice(95, 97)).toContain(-10);
    expect(await warningsOf(city)).toEqual(['w1']);
    server.behave(qweather());
    await poll(city);
    expect(await warningsOf(city)).toEqual([]);
    expect(await faultsOf(city)).toEqual([]);
  });

  it('keeps what one part said when another fails, and asks no further when it is refused', async () => {
    const server = await serving(qweather({ '/v7/weather/now': '<html>' }));
    const city = await cityWith({ kind: 'qweather', address: server.baseUrl });
    await poll(city);
    expect(await faultsOf(city)).toEqual([{ code: 'malformed', at: 'html' }]);
    const { points } = await readWeatherView(test.sql, city.cityId);
    expect(points).toMatchObject([
      { kind: 'station', hours: { temperatureCelsius: [-11, -12, -13] } },
    ]);
    server.asked.length = 0;
    server.behave(says('{"code":"402"}'));
    await poll(city);
    expect(server.asked).toHaveLength(1);
    expect(await faultsOf(city)).toEqual([{ code: 'refused', status: 402 }]);
    expect((await readWeatherView(test.sql, city.cityId)).points).toEqual(points);
  });

  it('asks for its grid where that is wanted', async () => {
    const server = await serving(qweather({ '/v7/grid-weather/72h': { code: '204' } }));
    const city = await cityWith({ kind: 'qweather', address: server.baseUrl, grid: true });
    await poll(city);
    const paths = new Set(server.asked.map((one) => one.path));
    expect([...paths]).toEqual(['/v7/grid-weather/72h', '/v7/warning/now']);
    expect(server.asked.length).toBeLessThanOrEqual(10);
  });

  const sample = path.join(
    repoRoot(),
    '../shared/data/weather/alerts_json/qweather_v7_warning_now.json',
  );
  it.skipIf(!existsSync(sample))(
    'says nothing of a warning that is over: the sample of 2023',
    async () => {
      const server = await serving(qweather({ '/v7/warning/now': readFileSync(sample, 'utf8') }));
      const city = await cityWith({ kind: 'qweather', address: server.baseUrl });
      await poll(city);
      expect(await warningsOf(city)).toEqual([]);
      expect(await faultsOf(city)).toEqual([]);
    },
  );
});

const { lon, lat } = cityCenter;
const polygon = `${lat},${lon} ${lat + 0.1},${lon} ${lat},${lon + 0.1} ${lat},${lon}`;
const sent = (minutesAgo: number) => local(Date.now() - minutesAgo * 60_000).replace('+', ':00+');
function alert(
  id: string,
  minutesAgo: number,
  type = 'Alert',
  refersTo: [string, number] | null = null,
  shape = polygon,
): string {
  const references =
    refersTo === null ? '' : `<references>bureau,${refersTo[0]},${sent(refersTo[1])}</references>`;
  return `<?xml version="1.0"?><cap:alert xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2">
    <cap:identifier>${id}</cap:identifier><cap:sender>bureau</cap:sender><cap:sent>${sent(minutesAgo)}</cap:sent>
    <cap:status>Actual</cap:status><cap:msgType>${type}</cap:msgType><cap:scope>Public</cap:scope>
    ${references.replaceAll('references', 'cap:references')}
    <cap:info><cap:event>Cold Wave</cap:event><cap:urgency>Expected</cap:urgency><cap:severity>Severe</cap:severity>
    <cap:certainty>Likely</cap:certainty><cap:area><cap:areaDesc>城区</cap:areaDesc>
    <cap:polygon>${shape}</cap:polygon></cap:area></cap:info></cap:alert>`;
}
/** An index whose entries lead to `/alerts/<id>`. */
function feed(alerts: Record<string, string | number>): Behaviour {
  const entries = Object.keys(alerts).map(
    (id) => `<entry><id>${id}</id><updated>2026-01-05T00:00:00Z</updated>
      <link type="application/cap+xml" href="/alerts/${id}"/></entry>`,
  );
  return (asked, response) => {
    const body = alerts[asked.path.split('/').at(-1)!];
    if (asked.path === '/feed')
      response.end(`<feed xmlns="http://www.w3.org/2005/Atom">${entries.join('')}</feed>`);
    else if (typeof body === 'string') response.end(body);
    else response.writeHead(body ?? 404).end();
  };
}
const cap = async (alerts: Record<string, string | number>) => {
  const server = await serving(feed(alerts));
  const city = await cityWith({ kind: 'cap_feed', address: `${server.baseUrl}/feed` });
  await poll(city);
  return { server, city };
};

describe('a CAP feed', () => {
  it('is read once, alert by alert, as far as it concerns the city', async () => {
    const { server, city } = await cap({
      a: alert('a', 60),
      far: alert('far', 60, 'Alert', null, '0,0 1,0 1,1 0,0'),
    });
    expect(await warningsOf(city)).toEqual(['a']);
    await poll(city);
    expect(server.asked.map((one) => one.path)).toEqual([
      '/feed',
      '/alerts/a',
      '/alerts/far',
      '/feed',
    ]);
  });

  it('updates and cancels by reference', async () => {
    const { server, city } = await cap({ a: alert('a', 60), b: alert('b', 50) });
    expect(await warningsOf(city)).toEqual(['a', 'b']);
    server.behave(
      feed({ c: alert('c', 30, 'Update', ['a', 60]), d: alert('d', 20, 'Cancel', ['b', 50]) }),
    );
    await poll(city);
    expect(await warningsOf(city)).toEqual(['c']);
  });

  it('comes to the same when the messages overtake each other', async () => {
    const { server, city } = await cap({ c: alert('c', 30, 'Update', ['a', 60]) });
    expect(await warningsOf(city)).toEqual(['c']);
    server.behave(feed({ a: alert('a', 60), c: alert('c', 30, 'Update', ['a', 60]) }));
    await poll(city);
    expect(await warningsOf(city)).toEqual(['c']);
    const circle = await cap({
      a: alert('a', 60, 'Update', ['b', 30]),
      b: alert('b', 30, 'Update', ['a', 60]),
    });
    expect(await warningsOf(circle.city)).toEqual(['b']);
  });

  it('keeps what it said until it runs out, also when its index is empty or broken', async () => {
    const { server, city } = await cap({ a: alert('a', 60) });
    server.behave(feed({}));
    await poll(city);
    expect(await warningsOf(city)).toEqual(['a']);
    server.behave(says('<html>'));
    await poll(city);
    expect(await warningsOf(city)).toEqual(['a']);
    await test.sql`update weather_warnings set until_at = now() - interval '1 second' where city_id = ${city.cityId}`;
    expect(await warningsOf(city)).toEqual([]);
  });

  it('follows again a link that failed, and no broken alert twice', async () => {
    const { server, city } = await cap({ a: 503, b: '<cap:alert>', c: alert('c', 9) });
    expect(await warningsOf(city)).toEqual(['c']);
    expect((await faultsOf(city)).map(({ code }) => code).toSorted()).toEqual([
      'malformed',
      'refused',
    ]);
    server.asked.length = 0;
    server.behave(feed({ a: alert('a', 60), b: '<cap:alert>', c: alert('c', 9) }));
    await poll(city);
    expect(server.asked.map((one) => one.path)).toEqual(['/feed', '/alerts/a']);
    expect(await warningsOf(city)).toEqual(['a', 'c']);
    expect(await faultsOf(city)).toEqual([]);
  });

  it('hears that nothing is new and counts that as a word', async () => {
    const server = await serving((asked, response) => {
      const isKnown = asked.headers['if-modified-since'] !== undefined;
      response.writeHead(isKnown ? 304 : 200, { 'last-modified': new Date(0).toUTCString() });
      response.end(isKnown ? '' : alert('plain', 5));
    });
    const city = await cityWith({ kind: 'cap_feed', address: server.baseUrl });
    await poll(city);
    await test.sql`update weather_sources set told_at = told_at - interval '20 hours' where city_id = ${city.cityId}`;
    await poll(city);
    expect(server.asked[1]!.headers.authorization).toBe('Bearer host-key');
    expect(await warningsOf(city)).toEqual(['plain']);
    expect((await readWeatherView(test.sql, city.cityId)).sources[0]!.state).toBe('fresh');
  });
});
