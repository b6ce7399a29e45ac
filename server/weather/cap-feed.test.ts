import { afterEach, expect, it } from 'vitest';
import { weatherServer } from '../testing/weather-server.ts';
import type { WeatherServer } from '../testing/weather-server.ts';
import { capFeed } from './cap-feed.ts';
import type { AskedSource } from './provider.ts';

const servers: WeatherServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const ground = { center: { lon: 116.4, lat: 39.9 }, bounds: [116.1, 39.6, 116.7, 40.2] as const };
const alert = `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>a</identifier><sender>office</sender>
  <sent>2026-01-05T18:00:00+08:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
  <info><event>Cold Wave</event><severity>Severe</severity><expires>2026-01-06T18:00:00+08:00</expires></info></alert>`;
const feedOf = (...links: string[]): string =>
  `<feed>${links.map((href) => `<entry><link type="application/cap+xml" href="${href}"/></entry>`).join('')}</feed>`;

it('a feed that wants its key gets it for its alerts too, and no other server does', async () => {
  const other = await weatherServer((_asked, response) => response.end(alert));
  const own = await weatherServer(({ path, headers }, response) => {
    response.statusCode = headers.authorization === 'Bearer secret' ? 200 : 401;
    response.end(path === '/feed' ? feedOf('own.xml', `${other.baseUrl}/other.xml`) : alert);
  });
  servers.push(own, other);
  const source: AskedSource = {
    id: 'a',
    kind: 'cap_feed',
    address: `${own.baseUrl}/feed`,
    key: 'secret',
    places: [],
    grid: false,
    memory: {},
  };
  const answer = await capFeed.fetch(
    source,
    { ...ground, bounds: [...ground.bounds] },
    { signal: new AbortController().signal, now: () => Date.parse('2026-01-05T13:00:00Z') },
  );
  expect(answer.faults).toEqual([]);
  expect(answer.warnings).toMatchObject({ issued: [{ id: 'office,a', severity: 'Severe' }] });
  expect(other.asked.map(({ headers }) => headers.authorization)).toEqual([undefined]);
});
