/**
 * `GET /warm-places.geojson`, `/warm-places.xml` of all cities that aren't for practice, `/warm-places/<city>.geojson`
 * and `.xml` of one. For everybody's programs and pages: no key, any origin.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listCities } from '../cities/queries.ts';
import type { Route } from '../kernel/http.ts';
import type { Log } from '../kernel/log.ts';
import type { Database } from '../kernel/sql.ts';
import { readStationViews } from './queries.ts';
import { geojsonOf, haveOf, warmPlacesOf } from './warm-places.ts';
import type { WarmPlace } from './warm-places.ts';

/** However many ask, the database is asked once in this time; what is asked for doesn't matter. */
const keptMs = 10_000;
const format = /^\/warm-places(?:\/([a-z0-9-]{1,60}))?\.(geojson|xml)$/;
const types = {
  geojson: 'application/geo+json; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
};

export interface WarmPlacesOptions {
  db: Database;
  log: Log;
}

interface Listed {
  /** of cities that aren't for practice */
  real: WarmPlace[];
  byCity: Map<string, WarmPlace[]>;
}

async function readList(db: Database): Promise<Listed> {
  const listed: Listed = { real: [], byCity: new Map() };
  const now = new Date().toISOString();
  for (const city of await listCities(db.sql)) {
    const places = warmPlacesOf(city, await readStationViews(db.sql, city.id), now);
    listed.byCity.set(city.id, places);
    if (!city.demo) listed.real.push(...places);
  }
  return listed;
}

export function warmPlacesRoutes({ db, log }: WarmPlacesOptions): Route[] {
  let kept: { list: Promise<Listed>; until: number } | null = null;
  const current = (): Promise<Listed> => {
    if (kept && kept.until > performance.now()) return kept.list;
    const list = readList(db);
    kept = { list, until: performance.now() + keptMs };
    // What failed is not kept: the next who asks tries anew.
    list.catch(() => (kept = null));
    return list;
  };
  const handle: Route['handle'] = (request, response, url) => {
    void answer(current, request, response, url).catch((error: unknown) => {
      log('error', 'the places to warm up could not be listed', { error });
      plain(response, 503, 'try again later');
    });
  };
  return ['/warm-places', '/warm-places.geojson', '/warm-places.xml'].map((path) => ({
    path,
    sameOrigin: false,
    handle,
  }));
}

async function answer(
  current: () => Promise<Listed>,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return plain(response, 405, 'GET or HEAD');
  const [, cityId, kind] = format.exec(url.pathname) ?? [];
  const list = kind === undefined ? null : await current();
  const places = cityId === undefined ? list?.real : list?.byCity.get(cityId);
  if (places === undefined) return plain(response, 404, 'not found');
  const body = kind === 'xml' ? haveOf(places) : geojsonOf(places);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  const headers = { etag, 'cache-control': 'public, max-age=60' };
  // A cache on the way may have made it weak.
  if (request.headers['if-none-match']?.includes(etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    'content-type': types[kind as keyof typeof types],
    'content-length': Buffer.byteLength(body),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function plain(response: ServerResponse, status: number, words: string): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(words);
}
