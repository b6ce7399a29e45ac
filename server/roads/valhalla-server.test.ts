import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { CITY_FILES } from '../../shared/basemap/schema.ts';
import { makeRoadCity } from '../testing/road-city.ts';
import type { RoadCity } from '../testing/road-city.ts';
import { EngineProcess } from './engine.ts';
import type { EngineAction } from './road-engine.ts';
import { RoadSource } from './road-source.ts';
import { openRoads } from './roads.ts';
import { valhallaServer } from './valhalla-server.ts';

/** A server that speaks Valhalla's protocol, with the engine behind it; `mood` says how it feels. */
let mood: 'well' | 'silent' | 'failing' | 'babbling' | 'lying' = 'well';
let asked: string[] = [];
let city: RoadCity;
let engine: EngineProcess;
let server: http.Server;
let url: string;

const actions: Record<string, EngineAction> = {
  '/sources_to_targets': 'matrix',
  '/route': 'route',
  '/isochrone': 'isochrone',
  '/trace_route': 'traceRoute',
};

async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  asked.push(request.url ?? '');
  if (mood === 'silent') return;
  if (mood === 'failing') return void response.writeHead(500).end('<html>bad gateway</html>');
  if (mood === 'babbling') return void response.writeHead(200).end('{"trip": {"legs": [');
  if (mood === 'lying')
    return void response.writeHead(200).end('{"sources_to_targets":[[{"time":-3}]]}');
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const tiles = path.join(city.dataDir, 'cities', city.cityId, CITY_FILES.roads);
  try {
    const found = await engine
      .on(tiles)
      .ask(actions[request.url ?? '']!, JSON.parse(body) as object);
    response.writeHead(200).end(JSON.stringify(found));
  } catch (error) {
    const { message } = error as Error;
    response.writeHead(400).end(JSON.stringify({ error_code: 442, error: message }));
  }
}

beforeAll(async () => {
  city = await makeRoadCity(null);
  engine = new EngineProcess(() => undefined);
  server = http.createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 120_000);
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await engine.close();
  city.remove();
});
beforeEach(() => {
  mood = 'well';
  asked = [];
});

it('answers as the engine itself does, in the pieces that a server takes', async () => {
  const roads = openRoads({ dataDir: city.dataDir, valhallaUrl: undefined }, () => undefined);
  const served = openRoads({ dataDir: '/nowhere', valhallaUrl: url }, () => undefined);
  const places = city.places(60);
  const own = await roads.matrix(city.cityId, 'car', places, places);
  const theirs = await served.matrix('faraway', 'car', places, places);
  expect(theirs.estimated).toBe(false);
  expect(asked.filter((address) => address === '/sources_to_targets').length).toBeGreaterThan(1);
  const unlike = own.seconds.filter((seconds, i) => {
    const other = theirs.seconds[i]!;
    return seconds !== other && !(Math.abs(seconds - other) <= 5 + 0.05 * seconds);
  });
  expect(unlike.length / own.seconds.length).toBeLessThan(0.03);
  const route = await served.route('faraway', 'car', places.slice(0, 2));
  expect(route).toMatchObject({
    estimated: false,
    legs: [{ line: expect.any(Array) as unknown[] }],
  });
  const areas = await served.isochrones('faraway', 'car', places[0]!, [5]);
  expect(areas.estimated).toBe(false);
  await roads.close();
  await served.close();
});

it.each(['failing', 'babbling', 'lying'] as const)(
  'says an estimate, with one warning, while the server is %s',
  async (how) => {
    const said: string[] = [];
    const roads = openRoads({ dataDir: '/nowhere', valhallaUrl: url }, (level) => said.push(level));
    const places = city.places(4);
    mood = how;
    expect((await roads.matrix('faraway', 'van', places, places)).estimated).toBe(true);
    expect((await roads.route('faraway', 'van', places)).estimated).toBe(true);
    expect(roads.isEstimated('faraway')).toBe(true);
    expect(said).toEqual(['warn']);
    expect(asked).toHaveLength(1);
    await roads.close();
  },
);

it('does not wait for a server that says nothing, nor for one that is gone', async () => {
  mood = 'silent';
  const source = new RoadSource(valhallaServer(url, 200), null);
  const places = city.places(2);
  await expect(source.matrix({ mode: 'van', closures: [] }, places, places)).rejects.toThrow(
    /timeout|aborted/i,
  );
  const roads = openRoads(
    { dataDir: '/nowhere', valhallaUrl: 'http://127.0.0.1:9' },
    () => undefined,
  );
  const waited = Promise.race([roads.matrix('faraway', 'van', places, places), sleep(5_000)]);
  expect(await waited).toMatchObject({ estimated: true });
  await roads.close();
});

it('takes "no way" for what it is and not for a fault', async () => {
  const roads = openRoads({ dataDir: '/nowhere', valhallaUrl: url }, () => undefined);
  const [a] = city.places(1);
  const away = { lon: -30, lat: 0 };
  expect((await roads.matrix('faraway', 'van', [away], [away])).estimated).toBe(true);
  expect(roads.isEstimated('faraway')).toBe(false);
  expect((await roads.matrix('faraway', 'van', [a!], [a!])).estimated).toBe(false);
  await roads.close();
});
