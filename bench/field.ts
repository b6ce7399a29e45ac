// What the field screens cost on a thin line: bytes of a first load, and the time until they can be used, of the built
// server in a real browser.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test';
import { startServer } from '../e2e/harness.ts';
import { browserFlags, findBrowser } from '../scripts/find-browser.mjs';
import { countTraffic } from './field-traffic.ts';
import { median } from './measure.ts';
import type { Bench, Report } from './report.ts';

/** A 3G-like line and a cheap phone. */
const line = { downBitsPerSecond: 1_600_000, upBitsPerSecond: 750_000, latencyMs: 150 };
const cpuSlowdown = 4;
const ROUNDS = 5;
/** Of an hour; the rest is extrapolated. */
const patrolMinutes = 2;
const kilobyte = 1_000;

const reach = {
  reportKilobytes: 150,
  patrolKilobytes: 600,
  reportFirstMs: 5_000,
  reportAgainMs: 1_500,
};

interface Site {
  browser: Browser;
  url: string;
  cityId: string;
  at: { longitude: number; latitude: number };
}

export const bench: Bench = {
  name: 'field',
  describe: `the report and the patrol screen on a thin line (${line.downBitsPerSecond / 1e6} Mbit/s down, ${line.upBitsPerSecond / 1e6} up, ${line.latencyMs} ms there and back, a CPU slowed ${cpuSlowdown} times)`,
  async run(report) {
    const executablePath = findBrowser();
    if (executablePath === undefined) throw new Error('No Chromium: set CHROMIUM_PATH.');
    const server = await startServer({
      env: { NUANXUN_DEMO: 'on', NUANXUN_DEMO_SPEED: '0' },
      readyWithinMs: 180_000,
    });
    const browser = await chromium.launch({ executablePath, args: browserFlags });
    try {
      const answer = await fetch(`${server.url}/api/cities.list`);
      const { result } = (await answer.json()) as {
        result: { data: { id: string; center: { lon: number; lat: number } }[] };
      };
      const { id: cityId, center } = result.data[0]!;
      const at = { longitude: center.lon, latitude: center.lat };
      const site = { browser, url: server.url, cityId, at };
      await loads(report, site);
      await times(report, site);
      await hours(report, site);
    } finally {
      await browser.close();
      await server.stop();
    }
  },
};

async function newPage(site: Site, role: string | null) {
  const context = await site.browser.newContext({
    baseURL: site.url,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    locale: 'zh-CN',
    permissions: ['geolocation'],
    geolocation: site.at,
  });
  if (role !== null)
    await context.request.post('/api/accounts.enterDemo', { data: { cityId: site.cityId, role } });
  const page = await context.newPage();
  return { context, page };
}

/** Send can be pressed, and the picture of it is there. */
const reportIsUsable = (page: Page) =>
  page.getByRole('button', { name: '送出', exact: true }).waitFor({ timeout: 60_000 });
/** The crew's own panel is filled, and the map is drawn. */
async function patrolIsUsable(page: Page) {
  await page.getByText('我的派单').waitFor({ timeout: 60_000 });
  await page.locator('.nx-map[data-ready]').waitFor({ timeout: 60_000 });
}

interface Loaded {
  kind: 'code' | 'page' | 'face' | 'tile' | 'data';
  /** on the line, headers included */
  bytes: number;
  /** what the same would be gzipped */
  gzip: number;
}

const client = path.resolve(import.meta.dirname, '../dist/client');
function gzipOf(pathname: string): number | null {
  const file = path.join(client, pathname === '/' ? 'index.html' : pathname);
  try {
    return statSync(file).isFile() ? gzipSync(readFileSync(file), { level: 9 }).length : null;
  } catch {
    return null;
  }
}

const kindOf = (pathname: string): Loaded['kind'] => {
  if (/\.woff2$|\/fonts-[^/]*\.(?:css|js)$/.test(pathname)) return 'face';
  if (pathname.endsWith('.pmtiles')) return 'tile';
  if (/\.(?:m?js|css)$/.test(pathname)) return 'code';
  return /^\/(?:api|socket\.io|healthz)/.test(pathname) ? 'data' : 'page';
};

/** Every answer over the network of a page, until it is at rest. */
async function loadOf(
  site: Site,
  address: string,
  role: string | null,
  usable: typeof patrolIsUsable,
) {
  const { context, page } = await newPage(site, role);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  // The worker's own loading is what comes after: counted apart, by the files it keeps.
  await session.send('Network.setBypassServiceWorker', { bypass: true });
  const addresses = new Map<string, string>();
  const loaded: Loaded[] = [];
  let usableAt = Infinity;
  const before: Loaded[] = [];
  session.on('Network.responseReceived', ({ requestId, response }) =>
    addresses.set(requestId, new URL(response.url).pathname),
  );
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const pathname = addresses.get(requestId);
    if (pathname === undefined) return;
    const code = gzipOf(pathname);
    const item = {
      kind: kindOf(pathname),
      bytes: encodedDataLength,
      gzip: code ?? encodedDataLength,
    };
    loaded.push(item);
    if (usableAt === Infinity) before.push(item);
  });
  await page.goto(address);
  await usable(page);
  usableAt = Date.now();
  await sleep(3_000);
  await context.close();
  return { loaded, before };
}

const sum = (items: readonly Loaded[], kinds: readonly Loaded['kind'][], of: 'bytes' | 'gzip') =>
  items.filter(({ kind }) => kinds.includes(kind)).reduce((total, item) => total + item[of], 0);

/** MapLibre's worker loads in a session of its own, which counting on the page doesn't see. */
function mapWorker(): { gzip: number; bytes: number } {
  const folder = path.join(client, 'assets');
  const sizeOf = (ending: string) => {
    const name = readdirSync(folder).find(
      (file) => file.startsWith('maplibre-gl-worker') && file.endsWith(ending),
    );
    if (name === undefined) throw new Error(`No file of the map's worker ends in ${ending}.`);
    return statSync(path.join(folder, name)).size;
  };
  return { gzip: sizeOf('.mjs.gz'), bytes: sizeOf('.mjs.br') };
}

async function loads(report: Report, site: Site): Promise<void> {
  const screens = [
    ['report', '/report', null, reportIsUsable, reach.reportKilobytes],
    ['patrol', '/patrol', 'patrol', patrolIsUsable, reach.patrolKilobytes],
  ] as const;
  for (const [name, address, role, usable, kilobytes] of screens) {
    report.say(`first load of ${name} …`);
    const { loaded, before } = await loadOf(site, address, role, usable);
    const row = (what: string, ours: number, target: number | null, note: string) =>
      report.row({
        case: `${name}: ${what}`,
        peer: `${kilobytes} kB`,
        ours: ours / kilobyte,
        theirs: kilobytes,
        unit: 'kB',
        better: 'lower',
        target,
        note,
      });
    const faces = sum(loaded, ['face'], 'bytes') / kilobyte;
    const worker = name === 'patrol' ? mapWorker() : { gzip: 0, bytes: 0 };
    const withWorker = name === 'patrol' ? '; with the map’s worker, from its file' : '';
    row(
      'code and page, gzip',
      sum(loaded, ['code', 'page'], 'gzip') + worker.gzip,
      1,
      `all that came until 3 s after it could be used; ${Math.round(sum(before, ['code', 'page'], 'gzip') / kilobyte)} kB until then${withWorker}`,
    );
    row(
      'code and page, as sent',
      sum(loaded, ['code', 'page'], 'bytes') + worker.bytes,
      1,
      'brotli, headers included',
    );
    row(
      'data',
      sum(loaded, ['data'], 'bytes'),
      null,
      `sockets not counted; faces ${Math.round(faces)} kB, only on a device without Chinese, such as this one; tiles ${Math.round(sum(loaded, ['tile'], 'bytes') / kilobyte)} kB`,
    );
  }
}

async function throttle(session: CDPSession): Promise<void> {
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: line.latencyMs,
    downloadThroughput: line.downBitsPerSecond / 8,
    uploadThroughput: line.upBitsPerSecond / 8,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown });
}

async function timeOf(context: BrowserContext, address: string): Promise<number> {
  const page = await context.newPage();
  await throttle(await context.newCDPSession(page));
  const began = performance.now();
  await page.goto(address, { waitUntil: 'commit' });
  await reportIsUsable(page);
  const took = performance.now() - began;
  await page.close();
  return took;
}

/** The worker controls the page and has what a public page needs. */
async function workerIsReady(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker?.controller !== null, null, {
    timeout: 60_000,
  });
  await sleep(1_000);
}

async function times(report: Report, site: Site): Promise<void> {
  const first: number[] = [];
  const again: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    report.say(`time to usable, round ${round + 1} of ${ROUNDS} …`);
    const { context, page } = await newPage(site, null);
    await page.close();
    first.push(await timeOf(context, '/report'));
    const resting = await context.newPage();
    await resting.goto('/report');
    await workerIsReady(resting);
    await resting.close();
    again.push(await timeOf(context, '/report'));
    await context.close();
  }
  const row = (what: string, all: number[], limit: number) =>
    report.row({
      case: `report usable: ${what}`,
      peer: `${limit / 1000} s`,
      ours: median(all),
      theirs: limit,
      unit: 'ms',
      better: 'lower',
      target: 1,
      note: `median of ${all.length}: ${all.map((ms) => Math.round(ms)).join(', ')}`,
    });
  row('first visit', first, reach.reportFirstMs);
  row('from the service worker', again, reach.reportAgainMs);
}

async function hours(report: Report, site: Site): Promise<void> {
  for (const kind of ['idle', 'busy'] as const) {
    report.say(`${kind} patrol for ${patrolMinutes} minutes …`);
    const { context, page } = await newPage(site, 'patrol');
    await page.goto('/patrol');
    await patrolIsUsable(page);
    await sleep(8_000);
    const traffic = await countTraffic(context, page, { kind, minutes: patrolMinutes, site });
    await context.close();
    report.row({
      case: `${kind} patrol, an hour`,
      peer: '–',
      ours: ((traffic.upBytes + traffic.downBytes) * (60 / patrolMinutes)) / kilobyte,
      theirs: null,
      unit: 'kB',
      better: 'lower',
      note: `from ${patrolMinutes} min; ${Math.round((traffic.upBytes * 60) / patrolMinutes / kilobyte)} up, ${Math.round((traffic.downBytes * 60) / patrolMinutes / kilobyte)} down; ${traffic.what}`,
    });
  }
  const kept = readdirSync(path.join(client, 'assets')).length;
  report.say(`the built client has ${kept} files`);
}
