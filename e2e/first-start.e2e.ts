/** A server without a demo on an empty directory: from the printed link to the first city and its administrator. */
import { expect, test } from '@playwright/test';
import { startServer } from './harness.ts';
import type { RunningServer } from './harness.ts';
import { newBrowser } from './people.ts';

let server: RunningServer;

test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(async () => {
  await server.stop();
});

test('the printed link makes the first city and its administrator, once', async ({ browser }) => {
  const link = /http:\/\/\S+(\/setup\/\S+)/.exec(server.logs())?.[1];
  expect(link, server.logs()).toBeTruthy();
  const { page } = await newBrowser(browser, server.url, { size: 'tablet' });
  await page.goto(link!);
  await page.getByLabel('城市中文名').fill('长春');
  await page.getByLabel('城市英文名').fill('Changchun');
  await page.getByLabel('短名').fill('Not a name');
  await page.getByLabel('中心纬度').fill('43.88');
  await page.getByLabel('中心经度').fill('125.32');
  await page.getByLabel('半径').fill('30');
  await page.getByLabel('时区').fill('Asia/Nowhere');
  await page.getByLabel('姓名').fill('第一位管理员');
  await page.getByLabel('用户名').fill('first');
  await page.getByLabel('密码', { exact: true }).fill('one warm lamp');
  const submit = page.getByRole('button', { name: '建立并登录' });
  await submit.click();
  // what is wrong is said at its field, and the rest is kept
  await expect(page.getByLabel('短名')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('短名').fill('changchun');
  await submit.click();
  await expect(page.getByLabel('时区')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('时区').fill('Asia/Shanghai');
  await submit.click();

  await expect(page).toHaveURL(`${server.url}/admin/users`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('长春');
  await expect(page.getByRole('link', { name: /第一位管理员/ })).toBeVisible();

  // the city is there to be worked in: a team for it
  await page.getByRole('link', { name: '巡查队' }).click();
  await page.getByRole('link', { name: '新建巡查队' }).click();
  await page.getByLabel('名称').fill('一队');
  await page.getByLabel('呼号').fill('1');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('link', { name: /一队/ })).toBeVisible();

  // signed out, the same account signs in again by name and password
  await page.getByRole('button', { name: '退出' }).click();
  await page.goto('/login');
  await page.getByLabel('用户名').fill('first');
  await page.getByLabel('密码', { exact: true }).fill('one warm lamp');
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page).toHaveURL(`${server.url}/admin/users`);

  // the link is used up
  const other = await newBrowser(browser, server.url, { size: 'phone' });
  await other.page.goto(link!);
  await other.page.getByLabel('姓名').fill('第二位');
  await other.page.getByLabel('用户名').fill('second');
  await other.page.getByLabel('密码', { exact: true }).fill('another warm lamp');
  await other.page.getByRole('button', { name: '建立并登录' }).click();
  await expect(other.page.getByText('这个链接已用过或已失效')).toBeVisible();
});
