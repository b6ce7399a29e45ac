/** A tablet that is switched on with no network: the app, the map, the tasks, the stations and its own queue are there. */
import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import type { APIRequestContext, Page } from '@playwright/test';
import type { Snapshot } from '../shared/realtime/events.ts';
import { startServer } from './harness.ts';
import type { RunningServer } from './harness.ts';
import { enterAs } from './people.ts';

const env = { NUANXUN_DEMO: 'on', NUANXUN_DEMO_SPEED: '0' };
let server: RunningServer;
let at: { longitude: number; latitude: number };

test.beforeAll(async () => {
  server = await startServer({ env });
  const answer = await fetch(`${server.url}/api/cities.list`);
  const { result } = (await answer.json()) as {
    result: { data: { center: { lon: number; lat: number } }[] };
  };
  const { center } = result.data[0]!;
  at = { longitude: center.lon, latitude: center.lat };
});
test.afterAll(async () => {
  await server.stop();
});

/** In the page: the worker has all that the screen needs, and the last state of the city is on the device. */
async function isKept(): Promise<boolean> {
  const kept = await caches.open('nuanxun-parts');
  const files = (await kept.keys()).map(({ url }) => url);
  const parts = ['maplibre-gl-worker', 'patrol-screen', 'live-room'];
  if (!parts.every((name) => files.some((url) => url.includes(name)))) return false;
  const databases = await indexedDB.databases();
  if (!databases.some(({ name }) => name === 'nuanxun-city')) return false;
  return new Promise((resolve) => {
    const opening = indexedDB.open('nuanxun-city');
    opening.onerror = () => resolve(false);
    opening.onsuccess = () => {
      const db = opening.result;
      const keys = db.transaction('kept').objectStore('kept').getAllKeys();
      keys.onsuccess = () => {
        resolve(keys.result.some((key) => String(key).startsWith('city ')));
        db.close();
      };
    };
  });
}

async function settled(page: Page): Promise<void> {
  // `waitForFunction` takes a promise for a yes.
  const options = { timeout: 60_000, intervals: [1_000] };
  await expect.poll(() => page.evaluate(isKept), options).toBe(true);
  // The tiles of the view are on their way to the shelf.
  await page.waitForTimeout(2_000);
}

const mapIsDrawn = (page: Page) => expect(page.locator('.nx-map[data-ready]')).toBeVisible();
const noGround = (page: Page) => page.getByText('底图没有载入');

async function read(request: APIRequestContext): Promise<Snapshot> {
  const answer = await request.get(
    `/api/snapshots.read?input=${encodeURIComponent('{"cells":null}')}`,
  );
  return ((await answer.json()) as { result: { data: Snapshot } }).result.data;
}

/** Sends the team to a place that nobody is on the way to, and gives the dispatch's id. */
async function sendTeam(office: APIRequestContext, cityId: string, teamId: string) {
  const must = async (procedure: string, data: object) => {
    const answer = await office.post(`/api/${procedure}`, { data });
    expect(answer.ok(), `${procedure}: ${await answer.text()}`).toBe(true);
  };
  await must('accounts.enterDemo', { cityId, role: 'administrator' });
  const { teams } = await read(office);
  if (teams.find(({ id }) => id === teamId)?.onDuty !== true)
    await must('patrols.setDuty', { teamId, onDuty: true });
  let sent = '';
  // The simulated officer sends, too: somebody may be quicker, or have sent this very team.
  await expect
    .poll(async () => {
      const { clusters, dispatches } = await read(office);
      const live = dispatches.filter(({ endedAt }) => endedAt === null);
      const own = live.find((one) => one.teamId === teamId);
      if (own) return (sent = own.id) !== '';
      const taken = new Set(live.map(({ clusterId }) => clusterId));
      const cluster = clusters.find((one) => one.endedAt === null && !taken.has(one.id))!;
      const id = randomUUID();
      const data = { id, clusterId: cluster.id, teamId, note: '' };
      if ((await office.post('/api/dispatch.send', { data })).ok()) sent = id;
      return sent !== '';
    })
    .toBe(true);
  return sent;
}

test('a patrol’s tablet opens with the server gone and the network cut, and goes on when they are back', async ({
  browser,
  playwright,
}) => {
  test.setTimeout(240_000);
  const { page, context, session } = await enterAs(browser, server.url, 'patrol', {
    size: 'tablet',
    at,
  });
  const sheet = page.getByRole('region', { name: '任务与地点' });
  await expect(sheet).toBeVisible();
  await mapIsDrawn(page);
  const office = await playwright.request.newContext({ baseURL: server.url });
  const dispatchId = await sendTeam(office, session.cityId, session.user.teamId!);
  const accept = (tablet: Page) => tablet.getByRole('button', { name: '接单', exact: true });
  await expect(accept(page)).toBeVisible();
  const stations = (await read(office)).stations.map(({ name }) => name);
  expect(stations.length).toBeGreaterThan(0);
  await settled(page);

  await server.kill();
  await context.setOffline(true);
  await page.close();

  const again = await context.newPage();
  await again.goto('/patrol');
  await expect(again.getByText(/连接中断/)).toBeVisible();
  await expect(again.getByText('我的派单')).toBeVisible();
  await mapIsDrawn(again);
  await expect(noGround(again)).toBeHidden();
  for (const name of stations)
    await expect(again.getByRole('button', { name: `${name}, ` })).toBeAttached();
  // The task is there, the next step of it can be done, and waits in the tablet's own queue.
  await accept(again).click();
  await expect(again.getByRole('button', { name: '出发', exact: true })).toBeVisible();
  const queue = again.getByRole('button', { name: /看待送的内容/ });
  await expect(queue).toBeVisible();
  // Every other page of the app opens, too.
  await again.goto('/report');
  await expect(again.getByRole('button', { name: '送出', exact: true })).toBeVisible();
  await again.goto('/patrol');
  await expect(again.getByRole('button', { name: '出发', exact: true })).toBeVisible();
  await expect(queue).toBeVisible();

  const { port } = new URL(server.url);
  server = await startServer({ env, port: Number(port), dataDir: server.dataDir });
  await context.setOffline(false);
  await expect(again.getByText(/连接中断/)).toBeHidden({ timeout: 30_000 });
  await expect(queue).toBeHidden({ timeout: 30_000 });
  const { dispatches } = await read(office);
  expect(dispatches.find(({ id }) => id === dispatchId)?.state).toBe('accepted');
  await office.dispose();
  await context.close();
});

test('the worker and the manifest are served as what they are, never kept by the browser', async ({
  request,
}) => {
  const worker = await request.get(`${server.url}/sw.js`);
  expect(worker.headers()['content-type']).toContain('javascript');
  expect(worker.headers()['cache-control']).toBe('no-cache');
  const manifest = await request.get(`${server.url}/manifest.webmanifest`);
  expect(manifest.headers()['content-type']).toContain('application/manifest+json');
  const { name, icons } = (await manifest.json()) as { name: string; icons: { src: string }[] };
  expect(name).toContain('暖巡');
  for (const { src } of icons)
    expect((await request.get(server.url + src)).headers()['content-type']).toBe('image/png');
});
