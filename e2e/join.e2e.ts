/** A printed code becomes a phone that reports: in pictures, with no network, until it is signed out. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startServer } from './harness.ts';
import type { RunningServer } from './harness.ts';
import { enterAs, newBrowser } from './people.ts';
import type { Place } from './people.ts';

let server: RunningServer;
let here: Place;

test.beforeAll(async () => {
  server = await startServer({ env: { NUANXUN_DEMO: 'on', NUANXUN_DEMO_SPEED: '0' } });
  const answer = await fetch(`${server.url}/api/cities.list`);
  const { result } = (await answer.json()) as {
    result: { data: { center: { lon: number; lat: number } }[] };
  };
  const { lon, lat } = result.data[0]!.center;
  here = { longitude: lon, latitude: lat };
});
test.afterAll(async () => {
  await server.stop();
});

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
}

test('a courier scans a code, reports in pictures with no network, and is signed out with the code', async ({
  browser,
}) => {
  const desk = await enterAs(browser, server.url, 'administrator', { size: 'tablet' });
  await desk.page.goto('/admin/enrolment/new');
  await desk.page.getByLabel('给谁用').fill('美团 海淀站');
  const made = desk.page.waitForResponse((answer) => answer.url().includes('createEnrolment'));
  await desk.page.getByRole('button', { name: '建立并显示二维码' }).click();
  const { result } = (await (await made).json()) as {
    result: { data: { token: string; enrolment: { id: string } } };
  };
  await expect(desk.page.getByRole('img', { name: '美团 海淀站' })).toBeVisible();
  await expectAccessible(desk.page);
  await desk.page.emulateMedia({ media: 'print' });
  await expect(desk.page.locator('#root')).toBeHidden();
  await expect(desk.page.locator('[data-print-sheet]')).toContainText('暖巡');
  const paper = (await desk.page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await desk.page.emulateMedia({ media: 'screen' });

  const courier = await newBrowser(browser, server.url, { size: 'phone', at: here });
  await courier.page.goto(`/join/${result.data.token}`);
  await expect(courier.page.getByText('美团 海淀站')).toBeVisible();
  await expectAccessible(courier.page);
  await courier.page.getByRole('button', { name: '开始使用' }).click();
  await expect(courier.page).toHaveURL(/\/report$/);

  await courier.page.getByRole('button', { name: /换成图画/ }).click();
  await expectAccessible(courier.page);
  await courier.context.setOffline(true);
  await courier.page.getByRole('button', { name: '老人或孩子' }).click();
  await courier.page.getByRole('button', { name: '送出', exact: true }).click();
  await expect(courier.page.getByRole('heading', { name: '已存好，会自动送出' })).toBeVisible();
  await courier.context.setOffline(false);
  await expect(courier.page.getByRole('heading', { name: '收到了，谢谢您' })).toBeVisible({
    timeout: 30_000,
  });

  await desk.page.goto(`/admin/enrolment/${result.data.enrolment.id}`);
  await expect(desk.page.getByText('美团 海淀站 1')).toBeVisible();
  await desk.page.getByRole('button', { name: '停用，并让手机都退出' }).click();
  await desk.page.getByRole('dialog').getByRole('button', { name: '停用，并让手机都退出' }).click();
  await expect(desk.page.getByText('已停用').first()).toBeVisible();
  const me = await courier.context.request.get('/api/accounts.me');
  expect(((await me.json()) as { result: { data: unknown } }).result.data).toBeNull();
  const second = await newBrowser(browser, server.url, { size: 'phone' });
  await second.page.goto(`/join/${result.data.token}`);
  await expect(second.page.getByText('这个二维码已停用或过期')).toBeVisible();
});

test('the four taps say call 120 with the street and the digits, and the report goes on', async ({
  browser,
}) => {
  const passerBy = await newBrowser(browser, server.url, { size: 'phone', at: here });
  await passerBy.page.goto('/report');
  await passerBy.page.getByRole('button', { name: /看看那个人怎么样/ }).click();
  await expectAccessible(passerBy.page);
  await passerBy.page.getByRole('button', { name: '有反应', exact: true }).click();
  await passerBy.page.getByRole('button', { name: '刚才抖，现在不抖了' }).click();
  const call = passerBy.page.getByRole('link', { name: '拨打 120' });
  await expect(call).toHaveAttribute('href', 'tel:120');
  await expect(passerBy.page.getByText(here.latitude.toFixed(5))).toBeVisible();
  await expectAccessible(passerBy.page);
  await passerBy.page.getByRole('button', { name: '打完电话了，继续上报' }).click();
  await passerBy.page.getByRole('button', { name: '同时通知巡查队' }).click();
  await expect(passerBy.page.getByRole('heading', { name: '收到了，谢谢您' })).toBeVisible();
});
