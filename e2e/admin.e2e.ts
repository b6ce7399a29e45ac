/** An account's life: the administrator makes it, its person works with it, and once disabled it opens nothing. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startServer } from './harness.ts';
import type { RunningServer } from './harness.ts';
import { enterAs, newBrowser } from './people.ts';

let server: RunningServer;

test.beforeAll(async () => {
  server = await startServer({ env: { NUANXUN_DEMO: 'on', NUANXUN_DEMO_SPEED: '0' } });
});
test.afterAll(async () => {
  await server.stop();
});

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录' }).click();
}

test('a new reporter signs in and reports; disabled, they are refused', async ({ browser }) => {
  const { page } = await enterAs(browser, server.url, 'administrator', { size: 'tablet' });
  await page.goto('/admin/users');
  await page.getByRole('link', { name: '新建用户' }).click();
  await page.getByLabel('姓名').fill('环卫老周');
  await page.getByLabel('用户名').fill('demo-reporter');
  await page.getByLabel('上报人类别').selectOption('sanitation');
  await page.getByRole('button', { name: '生成一个' }).click();
  await page.getByRole('button', { name: '建立用户' }).click();
  // taken by the demo's own reporter; the rest is kept
  await expect(page.getByText('这个用户名已有人用').first()).toBeVisible();
  await expect(page.getByLabel('用户名')).toBeFocused();
  await expectAccessible(page);
  await page.getByLabel('用户名').fill('zhou');
  await page.getByRole('button', { name: '建立用户' }).click();
  await expect(page.getByRole('heading', { name: '用户已建立' })).toBeVisible();
  const password = await page.locator('dd').nth(1).innerText();

  const reporter = await newBrowser(browser, server.url, { size: 'phone' });
  await signIn(reporter.page, 'zhou', password);
  await expect(reporter.page).toHaveURL(`${server.url}/report`);
  await expect(reporter.page.getByRole('heading', { name: '看到有人露宿' })).toBeVisible();

  await page.getByRole('button', { name: '回用户列表' }).click();
  await expectAccessible(page);
  await page.getByLabel('按姓名或用户名查找').fill('zhou');
  await page.getByRole('link', { name: /环卫老周/ }).click();
  await page.getByRole('button', { name: '停用账号' }).click();
  const question = page.getByRole('dialog', { name: '停用 环卫老周 的账号？' });
  await question.getByRole('button', { name: '停用账号' }).click();
  await expect(page.getByRole('button', { name: '重新启用' })).toBeVisible();

  const answer = await reporter.context.request.get('/api/accounts.me');
  expect(((await answer.json()) as { result: { data: unknown } }).result.data ?? null).toBeNull();
  await signIn(reporter.page, 'zhou', password);
  await expect(reporter.page.getByText('用户名或密码不对')).toBeVisible();

  await page.goto('/admin/audit');
  await expect(page.getByText('建立用户 环卫老周')).toBeVisible();
  await expect(page.getByText('停用: 否 → 是')).toBeVisible();
});
