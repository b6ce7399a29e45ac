/**
 * `GET /cap/<city>/feed.atom`: the alerts of a city, the newest first; `GET /cap/<city>/<identifier>.xml`: one of them,
 * as it was published. For everybody's programs: no key, any origin.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { findCity } from '../cities/queries.ts';
import type { Route } from '../kernel/http.ts';
import type { Log } from '../kernel/log.ts';
import type { Database, Db } from '../kernel/sql.ts';
import { writeFeed } from './cap-feed.ts';
import { findMessage, listMessages } from './cap-queries.ts';

const feedPath = /^\/cap\/([a-z0-9-]{1,60})\/feed\.atom$/;
const messagePath = /^\/cap\/([a-z0-9-]{1,60})\/([a-z0-9-]{1,200})\.xml$/;
const feedLength = 50;

interface Answer {
  body: string;
  type: string;
  /** a message never changes; the feed does */
  maxAgeSeconds: number;
}

async function find(db: Db, pathname: string): Promise<Answer | null> {
  const message = messagePath.exec(pathname);
  if (message) {
    const body = await findMessage(db, message[1]!, message[2]!);
    return body === null ? null : { body, type: 'application/cap+xml', maxAgeSeconds: 86_400 };
  }
  const cityId = feedPath.exec(pathname)?.[1];
  const city = cityId === undefined ? null : await findCity(db, cityId);
  if (city === null) return null;
  const body = writeFeed(city, await listMessages(db, city.id, feedLength));
  return { body, type: 'application/atom+xml', maxAgeSeconds: 60 };
}

export function capRoute({ db, log }: { db: Database; log: Log }): Route {
  return {
    path: '/cap',
    sameOrigin: false,
    handle: (request, response, url) => {
      void answer(db.sql, request, response, url).catch((error: unknown) => {
        log('error', 'a published alert could not be read', { error });
        plain(response, 503, 'try again later');
      });
    },
  };
}

async function answer(
  db: Db,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return plain(response, 405, 'GET or HEAD');
  const found = await find(db, url.pathname);
  if (found === null) return plain(response, 404, 'not found');
  const { body, type, maxAgeSeconds } = found;
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  const headers = { etag, 'cache-control': `public, max-age=${maxAgeSeconds}` };
  // A cache on the way may have made it weak.
  if (request.headers['if-none-match']?.includes(etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    'content-type': `${type}; charset=utf-8`,
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
