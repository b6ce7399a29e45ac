/** `GET|POST /gps`: where vehicle trackers and background apps send their positions, known by the key they carry. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../../shared/errors.ts';
import type { Route } from '../kernel/http.ts';
import type { Log } from '../kernel/log.ts';
import { hitLimit, networkOf } from '../kernel/rate-limit.ts';
import { addressOf } from '../kernel/requests.ts';
import type { Database } from '../kernel/sql.ts';
import { storeTrack } from './actions.ts';
import { BadReport, readFields, readJsonReport } from './tracker-report.ts';
import type { TrackerReport } from './tracker-report.ts';
import { findTracker, updateHeard } from './tracker-queries.ts';

const longestBody = 64 * 1024;
/** Ten a second for a minute: a device that was without a network sends what it kept one by one. */
const perMinute = 600;
const mostCounted = 10_000;
/** Of reports with a key that nobody has, by address. */
const unknownKeys = { limit: 60, windowSeconds: 600 };

export interface GpsOptions {
  db: Database;
  log: Log;
  trustProxy: boolean;
}

export function gpsRoute(options: GpsOptions): Route {
  const withinLimit = limitByKey();
  return {
    path: '/gps',
    sameOrigin: false,
    handle: (request, response, url) => {
      void answer(options, withinLimit, request, url)
        .catch((error: unknown): Answer => {
          if (!request.destroyed) options.log('error', 'a position could not be kept', { error });
          return { status: 503, reason: 'try again later' };
        })
        .then(({ status, reason }) => send(response, status, reason));
    },
  };
}

interface Answer {
  status: 200 | 400 | 405 | 413 | 429 | 503;
  reason: string;
}
const said: Answer = { status: 200, reason: '' };

async function answer(
  { db, trustProxy }: GpsOptions,
  withinLimit: (key: string) => boolean,
  request: IncomingMessage,
  url: URL,
): Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'POST')
    return { status: 405, reason: 'GET or POST' };
  const report = await readReport(request, url);
  if ('status' in report) return report;
  if (!withinLimit(report.deviceKey)) return { status: 429, reason: 'too many reports' };
  const tracker = await findTracker(db.sql, report.deviceKey);
  if (!tracker) {
    const key = `gps:address:${networkOf(addressOf(request, trustProxy))}`;
    const isTooMany = await hitLimit(db.sql, key, unknownKeys).then(
      () => false,
      (error: unknown) => {
        if (error instanceof AppError) return true;
        throw error;
      },
    );
    return isTooMany
      ? { status: 429, reason: 'too many reports' }
      : { status: 400, reason: 'id is not known here' };
  }
  if (report.points.length > 0)
    await storeTrack(db, { ...tracker, source: 'tracker', points: report.points });
  await updateHeard(db.sql, tracker, report.batteryPercent);
  return said;
}

async function readReport(request: IncomingMessage, url: URL): Promise<TrackerReport | Answer> {
  try {
    const now = Date.now();
    const body = request.method === 'POST' ? await readText(request) : '';
    if (body === null) return { status: 413, reason: 'the body is too long' };
    // A form may come with fields in the address as well, as the protocol's own server takes it.
    if (url.searchParams.size > 0) return readFields(url.searchParams, now);
    if (body.trimStart().startsWith('{')) return readJsonReport(parseJson(body), now);
    return readFields(new URLSearchParams(body), now);
  } catch (error) {
    if (error instanceof BadReport) return { status: 400, reason: error.message };
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadReport('the body is not JSON');
  }
}

/** Null when there is too much of it. */
async function readText(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= longestBody) chunks.push(chunk);
  }
  return bytes > longestBody ? null : Buffer.concat(chunks).toString('utf8');
}

/** So many in a minute from the first one on; a count of its own for each process is close enough. */
function limitByKey(): (key: string) => boolean {
  const counts = new Map<string, { hits: number; until: number }>();
  return (key) => {
    const now = Date.now();
    const known = counts.get(key);
    if (known && known.until > now) {
      known.hits += 1;
      return known.hits <= perMinute;
    }
    if (counts.size >= mostCounted) counts.clear();
    counts.set(key, { hits: 1, until: now + 60_000 });
    return true;
  };
}

function send(response: ServerResponse, status: number, reason: string): void {
  if (response.writableEnded || response.destroyed) return;
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(reason);
}
