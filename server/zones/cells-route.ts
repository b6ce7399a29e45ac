/**
 * `GET /api/cities/<city>/cells.bin` for the staff of the city: the field of its cells (`shared/zones/field-bytes.ts`).
 * Whoever has it as of the newest event already is told so.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Role } from '../../shared/accounts/schema.ts';
import { AppError } from '../../shared/errors.ts';
import { encodeCellField } from '../../shared/zones/field-bytes.ts';
import { sessionCookie } from '../kernel/context.ts';
import { readCookie } from '../kernel/cookies.ts';
import type { Route } from '../kernel/http.ts';
import type { Log } from '../kernel/log.ts';
import type { SessionMemory } from '../kernel/requests.ts';
import type { Database } from '../kernel/sql.ts';
import { readCellField } from './field.ts';

const address = /^\/api\/cities\/([a-z0-9-]{1,60})\/cells\.bin$/;
const staff: readonly Role[] = [
  'patrol',
  'dispatcher',
  'station_manager',
  'administrator',
  'auditor',
];
const compress = {
  br: (bytes: Uint8Array) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes, { level: 6 }),
};
type Encoding = keyof typeof compress;

/** One city's field at one event, in every encoding that was asked for: a room full of screens costs one. */
interface Encoded {
  etag: string;
  bytes: Uint8Array;
  bodies: Partial<Record<Encoding, Promise<Uint8Array>>>;
}

export interface CellsRouteOptions {
  db: Database;
  log: Log;
  sessions: SessionMemory;
}

export function cellsRoute(options: CellsRouteOptions): Route {
  const encoded = new Map<string, Encoded>();
  return {
    path: '/api/cities',
    sameOrigin: true,
    handle: (request, response, url) => {
      void answer(options, encoded, { request, response, url }).catch((error: unknown) => {
        const isUnknown = error instanceof AppError && error.code === 'not_found';
        if (!isUnknown) options.log('error', 'the field of cells could not be sent', { error });
        plain(response, isUnknown ? 404 : 503, isUnknown ? 'not found' : 'try again later');
      });
    },
  };
}

interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
}

async function answer(
  { db, sessions }: CellsRouteOptions,
  encoded: Map<string, Encoded>,
  { request, response, url }: Call,
): Promise<void> {
  const [, cityId] = address.exec(url.pathname) ?? [];
  if (cityId === undefined) return plain(response, 404, 'not found');
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return plain(response, 405, 'GET or HEAD');
  const token = readCookie(request, sessionCookie);
  const session = token === null ? null : await sessions.get(token);
  if (session === null) return plain(response, 401, 'not signed in');
  if (session.cityId !== cityId || !staff.includes(session.role))
    return plain(response, 403, 'not allowed');
  const { field } = await readCellField(db.sql, cityId);
  const etag = `"${field.revision}-${field.resolution}-${field.seq}"`;
  const headers = { etag, 'cache-control': 'private, no-cache', vary: 'accept-encoding' };
  if (request.headers['if-none-match']?.includes(etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  let kept = encoded.get(cityId);
  // Encoded at once: the next who asks brings the same columns up to date.
  if (kept?.etag !== etag) kept = { etag, bytes: encodeCellField(field), bodies: {} };
  encoded.set(cityId, kept);
  const encoding = encodingFor(request);
  const body =
    encoding === null
      ? kept.bytes
      : await (kept.bodies[encoding] ??= compress[encoding](kept.bytes));
  response.writeHead(200, {
    ...headers,
    'content-type': 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'content-length': body.byteLength,
    ...(encoding && { 'content-encoding': encoding }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function encodingFor({ headers }: IncomingMessage): Encoding | null {
  const accepted = headers['accept-encoding'] ?? '';
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : null;
}

function plain(response: ServerResponse, status: number, words: string): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(words);
}
