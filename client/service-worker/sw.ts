/**
 * The service worker: the app opens with no network. A new version waits until every page of the old one is closed, or
 * until somebody asks for it; nothing is reloaded under a finger.
 */
import { ExpirationPlugin } from 'workbox-expiration';
import type { WorkboxPlugin } from 'workbox-core/types.js';
import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';
import { notThePage } from './parts.ts';
import type { KeptFile, Part, WorkerMessage } from './parts.ts';

/** What is used here of a worker's global scope; the project's types are a page's. */
interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface WorkerScope {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(
    type: 'message',
    listener: (event: Lasting & { data: WorkerMessage }) => void,
  ): void;
}
declare global {
  interface Window {
    __WB_MANIFEST: KeptFile[];
  }
}
const scope = self as unknown as WorkerScope;

const partsCache = 'nuanxun-parts';
const files = self.__WB_MANIFEST;
const urlsOf = (part: Part) =>
  files
    // Who works in the field reports, too.
    .filter((file) => file.part === part || (part === 'field' && file.part === 'reporter'))
    .map(({ url }) => new URL(url, location.href).href);

precacheAndRoute(files.filter((file) => file.part === 'all'));
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: notThePage }),
);

// Built files carry their content's hash in their name: what is kept is right for good.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
  async (options) => (await caches.match(options.request)) ?? assets.handle(options),
);
// Its own types are not written for exact optional properties.
const expiration = new ExpirationPlugin({
  maxEntries: 500,
  purgeOnQuotaError: true,
}) as WorkboxPlugin;
const assets = new CacheFirst({
  cacheName: 'nuanxun-assets',
  plugins: [expiration],
});

/** Fetches what is missing of a part; what came stays when the line breaks. */
async function keep(part: Part): Promise<void> {
  const cache = await caches.open(partsCache);
  for (const url of urlsOf(part)) {
    if (await cache.match(url)) continue;
    // From where it lies already, which may be thrown away when room is short.
    const here = await caches.match(url);
    await (here ? cache.put(url, here) : cache.add(url));
  }
}

/** A version may only take over with everything its people had: else the update would cost them the app offline. */
async function keepWhatWasKept(): Promise<void> {
  const before = (await (await caches.open(partsCache)).match('/parts'))?.json();
  for (const part of ((await before) ?? []) as Part[]) await keep(part);
}

async function rememberPart(part: Part): Promise<void> {
  const cache = await caches.open(partsCache);
  const known = ((await (await cache.match('/parts'))?.json()) ?? []) as Part[];
  if (!known.includes(part))
    await cache.put('/parts', new Response(JSON.stringify([...known, part])));
  await keep(part);
}

async function dropOld(): Promise<void> {
  const cache = await caches.open(partsCache);
  const current = new Set([...urlsOf('reporter'), ...urlsOf('field')]);
  for (const { url } of await cache.keys())
    if (!current.has(url) && !url.endsWith('/parts')) await cache.delete(url);
}

scope.addEventListener('install', (event) => event.waitUntil(keepWhatWasKept()));
scope.addEventListener('activate', (event) =>
  event.waitUntil(Promise.all([dropOld(), scope.clients.claim()])),
);
scope.addEventListener('message', (event) => {
  if (event.data.kind === 'take-over') event.waitUntil(scope.skipWaiting());
  else event.waitUntil(rememberPart(event.data.part));
});
