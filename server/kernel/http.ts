/** The one HTTP server: health, procedures, city files with ranges, and the built client. */
import { existsSync } from 'node:fs';
import http from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import sirv from 'sirv';
import { repoRoot } from './repo-root.ts';
import { isSameOrigin } from './requests.ts';
import { handleProcedure } from './trpc-mount.ts';
import type { TrpcMount } from './trpc-mount.ts';

/** An address that a domain answers itself, such as uploads; it sets its own headers beside the usual ones. */
export interface Route {
  /** the path itself, and everything below it */
  path: string;
  /** Browsers may only come from our own pages (off for what no browser sends, such as trackers). */
  sameOrigin: boolean;
  /** Never rejects. */
  handle(request: IncomingMessage, response: ServerResponse, url: URL): void;
}

export interface HttpOptions {
  mount: TrpcMount;
  routes: readonly Route[];
  dataDir: string;
  /** null when reachable and migrated, else what is missing. */
  readiness(): Promise<string | null>;
  /** Other origins the map was configured to load from. */
  mapOrigins(): string[];
}

export function createHttpServer(options: HttpOptions): http.Server {
  const client = clientFiles(path.join(repoRoot(), 'dist/client'));
  const cities = sirv(path.join(options.dataDir, 'cities'), {
    dev: true,
    etag: true,
    dotfiles: false,
    setHeaders: cacheCity,
  });
  const server = http.createServer((request, response) => {
    const url = addressOf(request);
    // Answers of procedures are data: they come with headers of their own.
    const isCall = url?.pathname.startsWith('/api/') === true;
    if (!isCall) secure(response, options.mapOrigins(), url?.pathname ?? '/');
    if (url === null) return plain(response, 400, 'bad request');
    const route = options.routes.find(
      ({ path: at }) => url.pathname === at || url.pathname.startsWith(`${at}/`),
    );
    if ((route?.sameOrigin ?? isCall) && !isSameOrigin(request))
      return plain(response, 403, 'other origins are refused');
    if (route !== undefined) return route.handle(request, response, url);
    if (isCall) {
      void handleProcedure(
        options.mount,
        url.pathname.slice('/api/'.length),
        url,
        request,
        response,
      );
      return;
    }
    guardFiles(request, response);
    if (url.pathname === '/healthz') plain(response, 200, 'ok');
    else if (url.pathname === '/readyz') void answerReadiness(options, response);
    else if (url.pathname.startsWith('/cities/')) serveCityFile(cities, request, response);
    else serveClient(client, url.pathname, request, response);
  });
  server.requestTimeout = 60_000;
  server.headersTimeout = 20_000;
  server.keepAliveTimeout = 65_000;
  return server;
}

/** The built client; none in tests that run before it is built. */
const clientFiles = (folder: string): ReturnType<typeof sirv> =>
  existsSync(folder)
    ? sirv(folder, { brotli: true, gzip: true, etag: true, setHeaders: cacheClient })
    : (_request, _response, next) => next?.();

/** Null for what is no address, such as `//`. */
function addressOf(request: IncomingMessage): URL | null {
  try {
    return new URL(request.url ?? '/', 'http://localhost');
  } catch {
    return null;
  }
}

/** Why the database can't be reached is for the log: the message may name hosts and users. */
async function answerReadiness(options: HttpOptions, response: ServerResponse): Promise<void> {
  const missing = await options.readiness().catch((error: unknown) => {
    options.mount.services.log('warn', 'the database is unreachable', { error });
    return 'database unreachable';
  });
  plain(response, missing === null ? 200 : 503, missing ?? 'ready');
}

/**
 * A file of the client, else its page, which finds its own way by the address. The library could do this too, but by
 * an expression that takes hours for some addresses.
 */
function serveClient(
  client: ReturnType<typeof sirv>,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const missing = () => plain(response, 404, 'not found');
  client(request, response, () => {
    // What looks like a file and isn't there must not be answered with a page.
    if (pathname.slice(pathname.lastIndexOf('/')).includes('.')) return missing();
    request.url = '/';
    client(request, response, missing);
  });
}

/**
 * What the library that sends the files leaves open: a range that ends before it begins makes it throw, a file that
 * can't be read ends the process, and one whose reader went away stays open.
 */
function guardFiles(request: IncomingMessage, response: ServerResponse): void {
  const range = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(request.headers.range ?? '');
  const [, from, to] = range ?? [];
  if (!range || (to !== '' && Number(from) > Number(to))) delete request.headers.range;
  response.on('pipe', (source) => {
    source.on('error', () => response.destroy());
    response.on('close', () => source.destroy());
  });
}

/** Only the base map leaves the folder; the other files of a city are the server's own. */
function serveCityFile(
  cities: ReturnType<typeof sirv>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (!/^\/cities\/[a-z0-9-]+\/basemap\.pmtiles(\?|$)/.test(request.url ?? ''))
    return plain(response, 404, 'not found');
  request.url = (request.url ?? '').slice('/cities'.length);
  cities(request, response, () => plain(response, 404, 'not found'));
}

const cacheClient = (response: ServerResponse, pathname: string): void => {
  response.setHeader(
    'cache-control',
    pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  );
  if (pathname.endsWith('.mjs')) response.setHeader('content-type', 'text/javascript');
};
const cacheCity = (response: ServerResponse): void => {
  response.setHeader('cache-control', 'public, max-age=3600');
  response.setHeader('content-type', 'application/vnd.pmtiles');
};

/**
 * Scripts only from our own address. Styles allow inline attributes because the component library sets
 * CSS variables on elements; workers and images allow blobs because the map makes them.
 */
function secure(response: ServerResponse, mapOrigins: string[], pathname: string): void {
  response.setHeader('x-content-type-options', 'nosniff');
  // A policy binds a page or a worker; on each of fifty small files it would only cost a thin line its time.
  if (/^\/assets\/[^/]+\.(?:js|css)$/.test(pathname)) return;
  const remote = mapOrigins.join(' ');
  response.setHeader(
    'content-security-policy',
    `default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: ${remote}; connect-src 'self' ${remote}; ` +
      `font-src 'self' data:; worker-src 'self' blob:; media-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'`,
  );
  response.setHeader('referrer-policy', 'same-origin');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('permissions-policy', 'geolocation=(self), camera=(self), microphone=(self)');
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(text);
}
