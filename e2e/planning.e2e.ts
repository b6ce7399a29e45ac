/** What the planner proposes, as the desk and a crew live it: proposed with reasons, tried elsewhere, sent, declined. */
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { findQuietPlace, must } from './demo-city.ts';
import { startServer } from './harness.ts';
import type { RunningServer } from './harness.ts';
import { enterAs, newBrowser } from './people.ts';
import type { Place } from './people.ts';

const teamId = '01890000-0000-7000-8000-0000000000b1';
const teamName = '方案测试队';
const crew = { username: 'plan-crew', password: 'warm-tea-at-three-o-clock' };

let server: RunningServer;
let bridge: Place;
let cityId: string;

test.beforeAll(async () => {
  server = await startServer({ env: { NUANXUN_DEMO: 'on', NUANXUN_DEMO_SPEED: '0' } });
  ({ cityId, bridge } = await findQuietPlace(server.url));
});
test.afterAll(async () => {
  await server.stop();
});

const listOf = (page: Page): Locator => page.getByRole('region', { name: '方案与建议' });
const planOf = (page: Page): Locator => page.getByRole('region', { name: '方案建议' });

test('a proposal is read, tried elsewhere, sent to the crew’s tablet, declined, and planned anew', async ({
  browser,
  playwright,
}) => {
  // Three browsers and a server on perhaps two cores.
  test.setTimeout(180_000);
  const office = await playwright.request.newContext({ baseURL: server.url });
  await must(office, 'accounts.enterDemo', { cityId, role: 'administrator' });
  await must(office, 'patrols.saveTeam', {
    id: teamId,
    name: teamName,
    callSign: '案1',
    vehicle: '',
    areaId: null,
    skills: [],
  });
  await must(office, 'patrols.setDuty', { teamId, onDuty: true });
  await must(office, 'vehicles.save', {
    id: '01890000-0000-7000-8000-0000000000b2',
    name: '方案测试车',
    plate: '',
    mode: 'van',
    seats: 4,
    wheelchairs: 1,
    teamId,
  });
  await must(office, 'accounts.createUser', {
    ...crew,
    displayName: '夜巡员',
    role: 'patrol',
    reporterKind: null,
    teamId,
    stationId: null,
  });

  // the team stands a street away
  const at = { longitude: bridge.longitude + 0.002, latitude: bridge.latitude };
  const patrol = await newBrowser(browser, server.url, { size: 'tablet', at });
  await must(patrol.context.request, 'accounts.login', { cityId, ...crew });
  await patrol.page.goto('/patrol');
  const sheet = patrol.page.getByRole('region', { name: '任务与地点' });
  await sheet.getByRole('button', { name: '上班，开始巡查' }).click();
  await sheet.getByRole('button', { name: '上班', exact: true }).click();
  await expect(patrol.page.getByText(/定位正常/)).toBeVisible();

  const courier = await enterAs(browser, server.url, 'reporter', { size: 'phone', at: bridge });
  await courier.page.getByRole('button', { name: '穿得单薄、受冻' }).click();
  await courier.page.getByRole('button', { name: '送出', exact: true }).click();
  await expect(courier.page.getByText('已收到').first()).toBeVisible();
  await courier.context.close();

  const desk = await enterAs(browser, server.url, 'dispatcher', { size: 'tablet' });
  const { page } = desk;
  await page.getByRole('tab', { name: '方案' }).click();
  const now = listOf(page).getByRole('region', { name: '现在可派' });
  await now.getByRole('button').filter({ hasText: teamName }).click();
  const plan = planOf(page);
  await expect(plan.getByText(`${teamName}，第 1 站`)).toBeVisible();
  await expect(plan.getByText('为什么这样安排')).toBeVisible();
  await expect(plan.getByText(/到得最快|只有这支队能去|顺路/)).toBeVisible();

  // Elsewhere, by keyboard: what that would do is said before anything is done.
  await plan.getByRole('button', { name: '移到…' }).press('Enter');
  await expect(plan.getByLabel('队伍')).toBeFocused();
  await expect(plan.getByRole('status')).toContainText(/这里.+|不能这样排/);
  await plan.getByLabel('队伍').press('Escape');
  await expect(plan.getByRole('button', { name: '移到…' })).toBeVisible();

  // The lanes: from job to job with the arrows; Enter shows its reasons.
  await page.getByRole('button', { name: '展开时间轴' }).click();
  const lanes = page.getByRole('list', { name: '各队今晚的安排' });
  await expect(lanes.getByRole('list', { name: `${teamName}的安排` })).toBeAttached();
  await lanes.locator('[data-job][tabindex="0"]').focus();
  await page.keyboard.press('ArrowDown');
  const job = lanes.locator('[data-job]:focus');
  await expect(job).toHaveAttribute('tabindex', '0');
  await page.keyboard.press('Enter');
  await expect(job).toHaveAttribute('aria-pressed', 'true');
  await expect(plan).toBeVisible();

  await now.getByRole('button', { name: new RegExp(`^派出: ${teamName}`) }).click();
  await expect(page.getByText(new RegExp(`已派${teamName}去`))).toBeVisible();
  await expect(sheet.getByText('新派单：请接单')).toBeVisible();
  const block = lanes
    .getByRole('list', { name: `${teamName}的安排` })
    .locator('[data-job]')
    .first();
  await expect(block).toHaveAttribute('data-state', 'sent');

  await sheet.getByRole('button', { name: '谢绝', exact: true }).click();
  await patrol.page.getByRole('button', { name: '正在处理别处' }).click();
  await patrol.page.getByRole('button', { name: '谢绝这次派单' }).click();
  await expect(page.getByText(new RegExp(`${teamName}谢绝了派单`))).toBeVisible();
  await expect(
    lanes.getByRole('list', { name: `${teamName}的安排` }).locator('[data-state="sent"]'),
  ).toHaveCount(0);
});
