/** The desk's own work: groups corrected by hand, a cold night, beds, and a server that goes away and comes back. */
import { expect, test } from '@playwright/test';
import type { APIRequestContext, Locator, Page } from '@playwright/test';
import { startServer } from './harness.ts';
import type { RunningServer } from './harness.ts';
import { enterAs } from './people.ts';
import type { Person, Place } from './people.ts';

interface CityBox {
  id: string;
  center: { lon: number; lat: number };
  bounds: [number, number, number, number];
}

const env = { NUANXUN_DEMO: 'on', NUANXUN_DEMO_SPEED: '0' };
let first: RunningServer;
let server: RunningServer;
let city: CityBox;
let bridge: Place;
let desk: Person;
let courier: Person;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ browser }) => {
  first = await startServer({ env });
  server = first;
  const answer = await fetch(`${server.url}/api/cities.list`);
  city = ((await answer.json()) as { result: { data: CityBox[] } }).result.data[0]!;
  // towards the edge of the city, where the night before left nobody
  const { center, bounds } = city;
  bridge = { longitude: center.lon - (center.lon - bounds[0]) * 0.9, latitude: center.lat };
  desk = await enterAs(browser, server.url, 'dispatcher', { size: 'tablet' });
  courier = await enterAs(browser, server.url, 'reporter', { size: 'phone', at: bridge });
});
test.afterAll(async () => {
  if (server !== first) await server.stop();
  await first.stop();
});

async function report(people: number): Promise<void> {
  const { page } = courier;
  const again = page.getByRole('button', { name: '再报一处' });
  if (await again.isVisible()) await again.click();
  await page.getByRole('button', { name: '穿得单薄、受冻' }).click();
  await page.getByLabel('几个人', { exact: true }).fill(String(people));
  await page.getByRole('button', { name: '送出', exact: true }).click();
  await expect(page.getByRole('heading', { name: '收到了，谢谢您' })).toBeVisible();
}

const queueOf = (page: Page): Locator => page.getByRole('region', { name: '待办' });
const detailOf = (page: Page): Locator => page.getByRole('complementary', { name: '选中的地点' });
const freshRows = (page: Page): Locator =>
  queueOf(page).getByRole('button').filter({ hasText: '刚刚' });

async function publicBeds(request: APIRequestContext): Promise<string> {
  const input = encodeURIComponent(JSON.stringify({ cityId: city.id }));
  const answer = await request.get(`/api/tips.places?input=${input}`);
  return JSON.stringify(
    ((await answer.json()) as { result: { data: { stations: unknown } } }).result.data.stations,
  );
}

test('a report split off by hand is a place of its own until that is undone; a drawing given up leaves nothing', async () => {
  await report(1);
  await report(1);
  const { page } = desk;
  const detail = detailOf(page);
  const fresh = freshRows(page);
  await expect(fresh).toHaveCount(1);
  await expect(fresh).toContainText('2 条线索');

  await fresh.click();
  await detail.getByRole('button', { name: '更多' }).first().click();
  await page.getByRole('menuitem', { name: '单独成组' }).click();
  await expect(fresh).toHaveCount(2);
  await expect(fresh.first()).toContainText('1 条线索');

  for (const row of await fresh.all()) {
    await row.click();
    await expect(row).toHaveAttribute('aria-pressed', 'true');
    if (await detail.getByText('值班员手动分组').isVisible()) break;
  }
  await expect(detail.getByText('值班员手动分组，自动规则不会改动')).toBeVisible();
  await detail.getByRole('button', { name: '更多' }).first().click();
  await page.getByRole('menuitem', { name: '恢复自动分组' }).click();
  await expect(fresh).toHaveCount(1);
  await expect(fresh).toContainText('2 条线索');

  await queueOf(page).getByRole('tab', { name: '该去哪' }).click();
  const zones = queueOf(page).getByRole('button', { name: /权重 [\d.]+ · / });
  await expect(zones.first()).toBeVisible();
  const before = await zones.count();
  await queueOf(page).getByRole('button', { name: '画重点区域' }).click();
  await expect(detail.getByText('在地图上逐点点击')).toBeVisible();
  await detail.getByLabel('名称').fill('没画完的区域');
  await expect(detail.getByRole('button', { name: '保存区域' })).toBeDisabled();
  await detail.getByRole('button', { name: '取消' }).click();
  await expect(detail.getByText('在地图上逐点点击')).toBeHidden();
  await expect(zones).toHaveCount(before);
});

test('a level declared at the desk is on a reporter’s screen at once and goes with its end; bed counts stay with the staff', async () => {
  const { page, context } = desk;
  await page.getByRole('button', { name: '调整响应' }).click();
  const dialog = page.getByRole('dialog', { name: '调整响应' });
  await dialog.getByRole('radio', { name: '红色' }).click();
  await dialog.getByRole('textbox', { name: '气温' }).fill('-30');
  await dialog.getByRole('button', { name: '升为红色' }).click();
  await expect(dialog).toBeHidden();
  await expect(courier.page.getByText('红色', { exact: true })).toBeVisible({ timeout: 5_000 });

  await page.getByRole('button', { name: '调整响应' }).click();
  await dialog.getByRole('button', { name: '结束响应' }).click();
  await page
    .getByRole('dialog', { name: /结束今晚的寒夜响应/ })
    .getByRole('button', { name: '结束响应' })
    .click();
  await expect(courier.page.getByText('红色', { exact: true })).toBeHidden({ timeout: 5_000 });
  await expect(page.getByText('今晚没有寒夜响应')).toBeVisible();

  const shown = await publicBeds(context.request);
  const list = queueOf(page);
  await list.getByRole('tab', { name: '救助站' }).click();
  await list.getByRole('button', { name: '市救助管理站' }).click();
  await list
    .getByRole('button', { name: /^更正空床数/ })
    .first()
    .click();
  const total = page.getByText(/^空床 \d+ \/ \d+$/).first();
  const before = await total.textContent();
  await list.getByRole('button', { name: /减一$/ }).click();
  await list.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('空床数已更正')).toBeVisible();
  await expect(total).not.toHaveText(before ?? '');
  expect(await publicBeds(context.request)).toBe(shown);
});

test('when the server dies the board says so, and catches up with what was reported meanwhile', async () => {
  const queue = queueOf(desk.page);
  await queue.getByRole('tab', { name: '地点' }).click();
  const places = queue.getByRole('button', { pressed: false });
  await expect(places.first()).toBeVisible();

  const port = Number(new URL(server.url).port);
  await server.kill();
  const banner = desk.page.getByText(/正在重连。上次更新/);
  await expect(banner).toBeVisible({ timeout: 20_000 });
  await expect(places.first()).toBeVisible();

  server = await startServer({ env, port, dataDir: first.dataDir });
  await courier.context.setGeolocation({ ...bridge, latitude: bridge.latitude + 0.004 });
  await courier.page.reload();
  await report(7);
  await expect(banner).toBeHidden({ timeout: 20_000 });
  await expect(places.filter({ hasText: '约 7 人' })).toHaveCount(1);
});
