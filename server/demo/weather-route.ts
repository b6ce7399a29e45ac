/** `GET /demo/weather/v1/forecast`: the simulated weather, for the demo city's own source. Only while a demo is on. */
import type { ServerResponse } from 'node:http';
import { findCity } from '../cities/queries.ts';
import type { Config } from '../kernel/config.ts';
import type { Route } from '../kernel/http.ts';
import type { Log } from '../kernel/log.ts';
import type { Database } from '../kernel/sql.ts';
import type { Sky } from './sky.ts';
import { answerForecast, UnknownParameter } from './weather-answer.ts';

/** What comes behind it is as of the service. */
export const weatherPath = '/demo/weather';

export function demoWeatherRoutes(db: Database, config: Config, log: Log): Route[] {
  if (!config.demo.on) return [];
  let known: Promise<Sky | null> | null = null;
  const sky = async (): Promise<Sky | null> => {
    const found = await (known ??= readSky(db, config));
    // A city that isn't there yet may be later.
    if (!found) known = null;
    return found;
  };
  const handle: Route['handle'] = (request, response, url) => {
    if (request.method !== 'GET' || url.pathname !== `${weatherPath}/v1/forecast`)
      return say(response, 404, { error: true, reason: 'Not Found' });
    sky()
      .then((found) => {
        if (!found) return say(response, 503, { error: true, reason: 'no demo city' });
        say(response, 200, answerForecast(found, url.searchParams, Date.now()));
      })
      .catch((error: unknown) => {
        if (error instanceof UnknownParameter)
          return say(response, 400, { error: true, reason: error.message });
        known = null;
        log('warn', 'the simulated weather could not be told', { error });
        say(response, 503, { error: true, reason: 'try again later' });
      });
  };
  return [{ path: weatherPath, sameOrigin: true, handle }];
}

/** When a city is filled, it has begun to snow: the first front came so long before. */
const frontBeforeMs = 3 * 3_600_000;

/** The same weather whenever the server is started anew. */
async function readSky(db: Database, config: Config): Promise<Sky | null> {
  const { cityId, seed } = config.demo;
  const city = await findCity(db.sql, cityId);
  const [first] = await db.sql<{ at: string | null }[]>`
    select min(declared_at) as at from activations where city_id = ${cityId}`;
  if (!city?.demo || !first?.at) return null;
  return { seed, beganMs: Date.parse(first.at) - frontBeforeMs, center: city.center };
}

function say(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(body));
}
