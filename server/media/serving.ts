/** The bytes of photos and voice notes, at addresses that were made for whoever asks. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../../shared/errors.ts';
import type { Context, Services } from '../kernel/context.ts';
import type { Route } from '../kernel/http.ts';
import { createContext } from '../kernel/requests.ts';
import type { SessionMemory } from '../kernel/requests.ts';
import { addressKey, seenMedia } from './actions.ts';
import { mediaPath, readUrl, whoOf } from './addresses.ts';
import { ownersOf } from './callers.ts';
import { mediaStoreOf } from './choose-store.ts';
import type { MediaRow, Owner } from './queries.ts';
import { storeKey } from './store.ts';
import type { ByteRange } from './store.ts';

const extensions: Record<string, string> = {
  'image/jpeg': 'jpg',
  'audio/webm': 'webm',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
};

export function mediaRoute(services: Services, sessions: SessionMemory): Route {
  const serve = async (request: IncomingMessage, response: ServerResponse, url: URL) => {
    try {
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return refuse(response, 405, { allow: 'GET, HEAD' });
      const context = await createContext(services, sessions, request, response);
      await send(context, request, response, url);
    } catch (error) {
      if (error instanceof AppError) return refuse(response, 404);
      services.log('error', 'media could not be served', { error });
      refuse(response, 503);
    }
  };
  return {
    path: mediaPath,
    sameOrigin: true,
    handle: (request, response, url) => void serve(request, response, url),
  };
}

async function send(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const key = await addressKey(context.db);
  const target = readUrl(key, url, Date.now());
  if (target === null || !isMadeFor(key, target.who, context, target.cityId))
    return refuse(response, 403);
  const row = await seenMedia(context.db, context, target.id);
  if (row.cityId !== target.cityId) return refuse(response, 404);
  const isFull = target.variant === 'full';
  const range = isFull ? rangeOf(request, row.bytes) : null;
  if (range === 'none') return refuse(response, 416, { 'content-range': `bytes */${row.bytes}` });
  const bytes = await mediaStoreOf(context.config).read(
    storeKey(target.cityId, target.id, target.variant),
    range ?? undefined,
  );
  if (bytes === null) return refuse(response, 404);
  const contentType = isFull ? row.contentType : 'image/jpeg';
  response.writeHead(range === null ? 200 : 206, {
    ...headersOf(row, contentType),
    'content-length': bytes.length,
    ...(range === null ? {} : { 'content-range': `bytes ${range.from}-${range.to}/${row.bytes}` }),
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

/** The auditor sends nothing, but reads. */
function isMadeFor(key: Buffer, who: string, context: Context, cityId: string): boolean {
  const { session } = context;
  const owners: Owner[] = ownersOf(context, cityId);
  if (session?.cityId === cityId) owners.push({ userId: session.userId });
  return owners.some((owner) => whoOf(key, owner) === who);
}

const headersOf = (row: MediaRow, contentType: string) => ({
  'content-type': contentType,
  'content-disposition': `inline; filename="${row.id}.${extensions[contentType] ?? 'bin'}"`,
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'private, no-store',
  'accept-ranges': 'bytes',
});

/** One range, as players ask for it; null = the whole, 'none' = nothing there lies within it. */
function rangeOf(request: IncomingMessage, total: number): ByteRange | 'none' | null {
  const [, first = '', last = ''] =
    /^bytes=(\d{0,12})-(\d{0,12})$/.exec(request.headers.range ?? '') ?? [];
  if (first === '' && last === '') return null;
  const from = first === '' ? Math.max(0, total - Number(last)) : Number(first);
  const to = first === '' || last === '' ? total - 1 : Math.min(Number(last), total - 1);
  return from > to || from >= total ? 'none' : { from, to };
}

function refuse(
  response: ServerResponse,
  status: number,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'cache-control': 'private, no-store', ...headers });
  response.end();
}
