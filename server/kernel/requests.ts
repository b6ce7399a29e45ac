/** Who is asking: address, device, session. One place for HTTP requests and socket handshakes. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { deviceCookie, sessionCookie } from './context.ts';
import type { Context, Services, Session } from './context.ts';
import { readCookie, writeCookie } from './cookies.ts';

/** Whose call it is, where the caller says so. */
const userHeader = 'x-nuanxun-user';

export type ReadSession = (token: string) => Promise<Session | null>;

const rememberMs = 5_000;
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Remembers each session for a few seconds, so that a burst of requests asks the database once. */
export class SessionMemory {
  private readonly known = new Map<string, { session: Promise<Session | null>; until: number }>();
  private readonly read: ReadSession;
  constructor(read: ReadSession) {
    this.read = read;
  }

  get(token: string): Promise<Session | null> {
    const now = Date.now();
    const hit = this.known.get(token);
    if (hit && hit.until > now) return hit.session;
    if (this.known.size > 10_000) this.known.clear();
    const session = this.read(token);
    this.known.set(token, { session, until: now + rememberMs });
    session.catch(() => this.known.delete(token));
    return session;
  }

  forget(token: string | null): void {
    if (token === null) this.known.clear();
    else this.known.delete(token);
  }
}

/** The caller's address; the proxy's word for it only when a proxy is trusted. */
export function addressOf(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = request.headers['x-forwarded-for'];
  if (trustProxy && typeof forwarded === 'string') {
    const last = forwarded.split(',').at(-1)?.trim();
    if (last) return last;
  }
  return request.socket.remoteAddress ?? 'unknown';
}

export const isSecure = (request: IncomingMessage, trustProxy: boolean): boolean =>
  'encrypted' in request.socket || (trustProxy && request.headers['x-forwarded-proto'] === 'https');

/** True unless a browser says that the request comes from another site's page. */
export function isSameOrigin(request: IncomingMessage): boolean {
  const origin = request.headers.origin;
  if (origin === undefined) return true;
  try {
    return new URL(origin).host === request.headers.host;
  } catch {
    return false;
  }
}

export function readDeviceId(request: Pick<IncomingMessage, 'headers'>): string | null {
  const value = readCookie(request, deviceCookie);
  return value !== null && uuidPattern.test(value) ? value : null;
}

export async function createContext(
  services: Services,
  sessions: SessionMemory,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Context> {
  const token = readCookie(request, sessionCookie);
  const found = token === null ? null : await sessions.get(token);
  // What one person recorded on a shared device is not taken for the one who has signed in there since.
  const meant = request.headers[userHeader];
  const session = meant === undefined || found?.userId === meant ? found : null;
  return new CallContext(services, session, token, request, response);
}

/** A class, so that a request brings no functions of its own into being. */
class CallContext implements Context {
  readonly db: Services['db'];
  readonly config: Services['config'];
  readonly log: Services['log'];
  readonly roads: Services['roads'];
  readonly forgetSession: Services['forgetSession'];
  readonly session: Session | null;
  readonly sessionToken: string | null;
  readonly deviceId: string | null;
  readonly address: string;
  readonly secure: boolean;
  readonly #response: ServerResponse;

  constructor(
    { db, config, log, roads, forgetSession }: Services,
    session: Session | null,
    sessionToken: string | null,
    request: IncomingMessage,
    response: ServerResponse,
  ) {
    this.db = db;
    this.config = config;
    this.log = log;
    this.roads = roads;
    this.forgetSession = forgetSession;
    this.session = session;
    this.sessionToken = sessionToken;
    this.deviceId = readDeviceId(request);
    this.address = addressOf(request, config.trustProxy);
    this.secure = isSecure(request, config.trustProxy);
    this.#response = response;
  }

  setCookie(name: string, value: string, maxAgeSeconds: number): void {
    writeCookie(this.#response, name, value, maxAgeSeconds, this.secure);
  }

  clearCookie(name: string): void {
    this.setCookie(name, '', 0);
  }
}
