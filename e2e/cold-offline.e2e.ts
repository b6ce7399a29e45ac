/** Where to go now, on a tablet that is opened again with no network: by the cells and the weather it has. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { findQuietPlace } from './demo-city.ts';
import { startServer } from './harness.ts';
import type { RunningServer } from './harness.ts';
import { enterAs } from './people.ts';
import type { Place } from './people.ts';

let server: RunningServer;
let bridge: Place;
test.beforeAll(async () => {
  server = await startServer({ env: { NUANXUN_DEMO: 'on', NUANXUN_DEMO_SPEED: '0' } });
  ({ bridge } = await findQuietPlace(server.url));
});
test.afterAll(async () => {
  await server.stop();
});

/** In the page: the worker has the parts of the screen, and the device the city with its field of cells. */
async function isKept(): Promise<boolean> {
  const kept = await caches.open('nuanxun-parts');
  const files = (await kept.keys()).map(({ url }) => url);
  const parts = ['maplibre-gl-worker', 'patrol-screen', 'live-room'];
  if (!parts.every((name) => files.some((url) => url.includes(name)))) return false;
  return new Promise((resolve) => {
    const opening = indexedDB.open('nuanxun-city');
    opening.onerror = () => resolve(false);
    opening.onsuccess = () => {
      const db = opening.result;
      const keys = db.transaction('kept').objectStore('kept').getAllKeys();
      keys.onsuccess = () => {
        const names = keys.result.map(String);
        resolve(['city ', 'field '].every((start) => names.some((key) => key.startsWith(start))));
        db.close();
      };
    };
  });
}

test('where to go now is on a tablet that has lost its network', async ({ browser }) => {
  test.setTimeout(240_000);
  const { page, context } = await enterAs(browser, server.url, 'patrol', {
    size: 'tablet',
    at: bridge,
  });
  const where = (tablet: Page) =>
    tablet
      .getByRole('region', { name: '任务与地点' })
      .locator('section', { has: tablet.getByRole('heading', { name: '现在该去哪' }) });
  const rows = (tablet: Page) => where(tablet).getByRole('button').filter({ hasText: /体感/ });
  await expect(rows(page).first()).toBeVisible({ timeout: 30_000 });
  const namesOf = (tablet: Page) => rows(tablet).locator('strong').allTextContents();
  await expect(page.locator('.nx-map[data-ready]')).toBeVisible();
  await expect
    .poll(() => page.evaluate(isKept), { timeout: 90_000, intervals: [1_000] })
    .toBe(true);
  const before = await namesOf(page);
  await context.setOffline(true);
  await page.close();
  const again = await context.newPage();
  await again.goto('/patrol');
  await expect(again.getByText(/连接中断/)).toBeVisible({ timeout: 30_000 });
  await expect(where(again)).toContainText('没有网络：按这台设备上存的网格和天气排列');
  await expect(rows(again).first()).toBeVisible();
  // The night went on between what was kept and what was last seen: the order may differ, the places are the same.
  const after = await namesOf(again);
  expect(before.filter((name) => after.includes(name)).length).toBeGreaterThanOrEqual(
    Math.ceil(before.length / 2),
  );
  await context.close();
});
