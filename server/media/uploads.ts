/** Resumable uploads (tus 1.0) of photos and voice notes, at `/uploads`. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHash } from 'node:crypto';
import { Server } from '@tus/server';
import type { Upload } from '@tus/server';
import { AppError } from '../../shared/errors.ts';
import {
  maxPhotoBytes,
  maxVoiceBytes,
  uploadMetadataSchema,
  uploadPath,
} from '../../shared/media/schema.ts';
import type { UploadMetadata } from '../../shared/media/schema.ts';
import type { Context, Services } from '../kernel/context.ts';
import type { Route } from '../kernel/http.ts';
import { hitLimit, networkOf } from '../kernel/rate-limit.ts';
import { createContext } from '../kernel/requests.ts';
import type { SessionMemory } from '../kernel/requests.ts';
import { statusOf, toWireError } from '../kernel/trpc.ts';
import { admitUpload, keepMedia } from './actions.ts';
import { isOwn, ownersOf } from './callers.ts';
import type { Caller } from './callers.ts';
import { findMedia } from './queries.ts';
import { Staging } from './staging.ts';
import { Turns } from './turns.ts';

const maxBytes = { photo: maxPhotoBytes, voice: maxVoiceBytes } as const;
/** Whose upload it is, where the device says so; the context has compared it with the session. */
const userHeader = 'x-nuanxun-user';
const windowSeconds = 600;
const perUser = 240;
const perDevice = 40;
const perNetwork = 600;

const idPattern =
  /^([a-z0-9][a-z0-9-]{1,39})\.([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})$/;

export interface Uploads {
  route: Route;
  /** Removes what nobody went on with. */
  sweep(): Promise<void>;
}

export function createUploads(services: Services, sessions: SessionMemory): Uploads {
  const staging = new Staging(services.config.dataDir);
  const desk = new UploadDesk(services, staging);
  const contextOf = (request: IncomingMessage, response: ServerResponse) =>
    createContext(services, sessions, request, response);
  return {
    route: {
      path: uploadPath,
      sameOrigin: true,
      handle: (request, response, url) =>
        void desk.handle(contextOf, request, response, url.pathname),
    },
    sweep: async () => void (await desk.tus.cleanUpExpiredUploads()),
  };
}

/** What tus hands to its hooks: a web request that knows the node request it was made of. */
type HookRequest = Request & { runtime?: { node?: { req?: IncomingMessage } } };

class UploadDesk {
  readonly tus: Server;
  private readonly services: Services;
  private readonly staging: Staging;
  private readonly callers = new WeakMap<IncomingMessage, Context>();
  private readonly finishing = new Map<string, Promise<string>>();
  /** Whole files lie in memory while they are judged and put away. */
  private readonly turns = new Turns(8);

  constructor(services: Services, staging: Staging) {
    this.services = services;
    this.staging = staging;
    this.tus = new Server({
      path: uploadPath,
      datastore: staging,
      relativeLocation: true,
      allowedOrigins: [],
      maxSize: Math.max(maxPhotoBytes, maxVoiceBytes),
      getFileIdFromRequest: (_request, last) =>
        last !== undefined && idPattern.test(last) ? last : undefined,
      namingFunction: (_request, metadata) => uploadIdOf(parseMetadata(metadata)),
      onIncomingRequest: (request, id) => this.requireOwnUpload(request, id),
      onUploadCreate: (request, upload) => this.admit(request, upload),
      onUploadFinish: async (request, upload) => ({
        status_code: 200,
        body: await this.finish(this.contextOf(request), upload),
      }),
      onResponseError: (_request, error) => this.explain(error),
    });
  }

  async handle(
    createContextOf: (request: IncomingMessage, response: ServerResponse) => Promise<Context>,
    request: IncomingMessage,
    response: ServerResponse,
    pathname: string,
  ): Promise<void> {
    try {
      if (!['HEAD', 'POST', 'PATCH'].includes(request.method ?? ''))
        return answer(response, 405, '', { allow: 'HEAD, POST, PATCH' });
      const context = await createContextOf(request, response);
      // Of somebody whose session is over, or who is not the one signed in here now: it waits for them.
      if (request.headers[userHeader] !== undefined && context.session === null)
        throw new AppError('not_signed_in');
      this.callers.set(request, context);
      // Also what was begun while there was room may not fill the disk: its pieces wait.
      if (request.method === 'PATCH') await this.staging.requireRoom();
      if (request.method !== 'POST' && (await this.isDone(context, request, response, pathname)))
        return;
      await this.tus.handle(request, response);
    } catch (error) {
      const { status_code, body } = this.explain(error);
      answer(response, status_code, request.method === 'HEAD' ? '' : body);
    }
  }

  /**
   * What is recorded already, or is whole and only has to be: a device whose last answer was lost hears here that
   * all has come.
   */
  private async isDone(
    context: Context,
    request: IncomingMessage,
    response: ServerResponse,
    pathname: string,
  ): Promise<boolean> {
    const uploadId = pathname.slice(uploadPath.length + 1);
    const [, cityId, id] = idPattern.exec(uploadId) ?? [];
    if (cityId === undefined || id === undefined) return false;
    const isHead = request.method === 'HEAD';
    const upload = await this.staging.find(uploadId);
    if (isHead && upload !== null && upload.offset === upload.size && isSenders(upload, context))
      await this.finish(context, upload);
    const row = await findMedia(context.db.sql, cityId, id);
    if (row === null || !isOwn(row, context)) return false;
    // To a piece of what is whole: ask anew where it stands.
    if (isHead)
      answer(response, 200, '', { 'upload-offset': row.bytes, 'upload-length': row.bytes });
    else answer(response, 409, JSON.stringify({ code: 'unexpected' }));
    return true;
  }

  private contextOf(request: Request): Context {
    const node = (request as HookRequest).runtime?.node?.req;
    const context = node === undefined ? undefined : this.callers.get(node);
    if (context === undefined) throw new AppError('not_signed_in');
    return context;
  }

  private async requireOwnUpload(request: Request, id: string): Promise<void> {
    const upload = await this.staging.find(id);
    if (upload !== null && !isSenders(upload, this.contextOf(request)))
      throw new AppError('not_allowed');
  }

  private async admit(request: Request, upload: Upload) {
    const context = this.contextOf(request);
    const metadata = parseMetadata(upload.metadata);
    const { kind, cityId } = metadata;
    if (upload.size === undefined || upload.size === 0) throw new AppError('media_unreadable');
    if (upload.size > maxBytes[kind])
      throw new AppError('too_large', { params: { limitKb: maxBytes[kind] / 1024 } });
    await limit(context);
    await this.staging.requireRoom();
    // Recorded already: the device asks where it stands, and hears that all is there.
    if ((await admitUpload(context.db, context, metadata)) !== null) throw alreadyWhole;
    const [who] = sendersOf(context, cityId);
    return { metadata: { ...upload.metadata, who: who ?? '' } };
  }

  /** Once at a time for each upload, whoever asks. Answers the view as JSON. */
  private finish(context: Context, upload: Upload): Promise<string> {
    const running = this.finishing.get(upload.id);
    if (running !== undefined) return running;
    const work = this.turns
      .take(() => this.keep(context, upload))
      .finally(() => this.finishing.delete(upload.id));
    this.finishing.set(upload.id, work);
    return work;
  }

  private async keep(context: Context, upload: Upload): Promise<string> {
    try {
      const metadata = parseMetadata(upload.metadata);
      const sent = await this.staging.bytesOf(upload.id);
      const view = await keepMedia(this.services, context, metadata, sent);
      await this.staging.forget(upload.id);
      return JSON.stringify(view);
    } catch (error) {
      // Refused for good; after any other failure the device finds all its bytes still here.
      if (error instanceof AppError) await this.staging.forget(upload.id);
      throw error;
    }
  }

  /** Our own refusals and failures in the form that calls have too; those of tus as they are. */
  private explain(error: unknown): { status_code: number; body: string } {
    if (isTusError(error)) {
      const code = error.status_code === 413 ? 'too_large' : undefined;
      return {
        status_code: error.status_code,
        body: code === undefined ? error.body : JSON.stringify({ code }),
      };
    }
    const wire = toWireError(error);
    if (wire.code === 'unexpected') this.services.log('error', 'an upload failed', { error });
    return { status_code: statusOf(wire.code), body: JSON.stringify(wire) };
  }
}

const alreadyWhole = { status_code: 409, body: JSON.stringify({ code: 'unexpected' }) };

const isTusError = (error: unknown): error is { status_code: number; body: string } =>
  typeof error === 'object' && error !== null && 'status_code' in error && 'body' in error;

/** @throws AppError invalid_input */
function parseMetadata(metadata: Record<string, string | null> | undefined): UploadMetadata {
  const parsed = uploadMetadataSchema.safeParse(metadata ?? {});
  // The id as it stands in the address and in the store: another spelling of it would be another upload.
  if (!parsed.success || !idPattern.test(uploadIdOf(parsed.data)))
    throw new AppError('invalid_input');
  return parsed.data;
}

const uploadIdOf = ({ cityId, id }: UploadMetadata): string => `${cityId}.${id}`;

/** As which senders the caller may go on with an upload; the metadata holds their hash, the device's id is a secret. */
const sendersOf = (caller: Caller, cityId: string): string[] =>
  ownersOf(caller, cityId).map((owner) =>
    createHash('sha256').update(JSON.stringify(owner)).digest('base64url'),
  );

const isSenders = (upload: Upload, caller: Caller): boolean =>
  sendersOf(caller, upload.metadata?.['cityId'] ?? '').includes(upload.metadata?.['who'] ?? '-');

async function limit({ db, session, deviceId, address }: Context): Promise<void> {
  await hitLimit(db.sql, `media:network:${networkOf(address)}`, {
    limit: perNetwork,
    windowSeconds,
  });
  if (session !== null)
    await hitLimit(db.sql, `media:user:${session.userId}`, { limit: perUser, windowSeconds });
  else await hitLimit(db.sql, `media:device:${deviceId}`, { limit: perDevice, windowSeconds });
}

function answer(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string | number> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'tus-resumable': '1.0.0', 'cache-control': 'no-store', ...headers });
  response.end(body);
}
