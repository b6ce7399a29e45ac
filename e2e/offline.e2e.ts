/** A tablet that is switched on with no network: the app, the map, the tasks, the stations and its own queue are there. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
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

test('a patrol’s tablet opens with the server gone and the network cut, and goes on when they are back', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const { page, context } = await enterAs(browser, server.url, 'patrol', { size: 'tablet', at });
  const sheet = page.getByRole('region', { name: '任务与地点' });
  await expect(sheet).toBeVisible();
  await mapIsDrawn(page);
  const stations = await page.getByRole('button', { name: /床/ }).count();
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
  expect(await again.getByRole('button', { name: /床/ }).count()).toBe(stations);
  // Every other page of the app opens, too.
  await again.goto('/report');
  await expect(again.getByRole('button', { name: '送出', exact: true })).toBeVisible();
  await again.goto('/patrol');
  await expect(again.getByText('我的派单')).toBeVisible();

  const { port } = new URL(server.url);
  server = await startServer({ env, port: Number(port), dataDir: server.dataDir });
  await context.setOffline(false);
  await expect(again.getByText(/连接中断/)).toBeHidden({ timeout: 30_000 });
  await expect(again.getByText('我的派单')).toBeVisible();
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
