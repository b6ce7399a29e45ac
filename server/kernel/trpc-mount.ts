/**
 * tRPC over plain node:http, one procedure per request. It speaks the protocol of tRPC's own HTTP link and
 * calls the same procedures; it leaves out the Request/Response objects of the stock adapters, which cost
 * ten times as much as the procedures themselves.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape } from '@trpc/server';
import type { AnyTRPCRouter } from '@trpc/server';
import { AppError } from '../../shared/errors.ts';
import type { Context, Services } from './context.ts';
import type { WireError } from '../../shared/errors.ts';
import { toWireError } from './trpc.ts';

export const maxBodyBytes = 64 * 1024;

export interface TrpcMount {
  router: AnyTRPCRouter;
  services: Services;
  createContext(request: IncomingMessage, response: ServerResponse): Promise<Context>;
}

/** Answers `GET|POST <prefix><procedure path>`; never rejects. */
export async function handleProcedure(
  mount: TrpcMount,
  path: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const type = request.method === 'POST' ? 'mutation' : 'query';
  let context: Context | undefined;
  try {
    const input =
      type === 'mutation'
        ? await readJson(request)
        : parseJson(url.searchParams.get('input') ?? undefined);
    context = await mount.createContext(request, response);
    const data: unknown = await callTRPCProcedure({
      router: mount.router,
      path,
      type,
      ctx: context,
      getRawInput: async () => input,
      signal: undefined,
      batchIndex: 0,
    });
    sendJson(response, 200, { result: { data } });
  } catch (thrown) {
    const error = getTRPCErrorFromUnknown(thrown);
    const app = toWireError(error);
    const isNobodys = app.code === 'unexpected' || app.code === 'database_unavailable';
    // Somebody who hung up in the middle of a sentence is no failure of ours.
    if (isNobodys && !request.destroyed)
      mount.services.log('error', `procedure ${path} failed`, { error: error.cause ?? error });
    const shape = getTRPCErrorShape({
      config: mount.router._def._config,
      ctx: context,
      error,
      input: undefined,
      path,
      type,
    });
    sendJson(
      response,
      (shape as { data: { httpStatus: number; app: WireError } }).data.httpStatus,
      { error: shape },
    );
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.writableEnded || response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}

/** Zero characters and halves of surrogate pairs, which no database holds as text, come as escapes alone. */
const hasUnstorable = /\\u(?:0000|d[89a-f])/i;
const storable = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? Buffer.from(value.replaceAll('\u0000', '')).toString() : value;

function parseJson(text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined;
  try {
    return hasUnstorable.test(text) ? JSON.parse(text, storable) : JSON.parse(text);
  } catch {
    throw new AppError('invalid_input');
  }
}

/** Reads a JSON body of at most `maxBodyBytes`. A cross-site form cannot send this content type without asking first. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!(request.headers['content-type'] ?? '').startsWith('application/json'))
    throw new AppError('invalid_input');
  return parseJson(await readText(request));
}

/** By events: the stream's own iterator costs more than parsing what it brings. */
function readText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBodyBytes) return void chunks.push(chunk);
      // What still comes runs off unread.
      chunks.length = 0;
      reject(new AppError('too_large', { params: { limitKb: maxBodyBytes / 1024 } }));
    });
    request.on('end', () =>
      resolve((chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString('utf8')),
    );
    request.on('error', reject);
  });
}
