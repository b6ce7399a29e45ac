/** A dispatch as the team lives it: sent, accepted, driven to, arrived, recorded, closed; and what the others see of it. */
import { expect, test } from '@playwright/test';
import type { APIRequestContext } from '@playwright/test';
import type { Snapshot } from '../shared/realtime/events.ts';
import { findQuietPlace, must } from './demo-city.ts';
import { startServer } from './harness.ts';
import type { RunningServer } from './harness.ts';
import { enterAs, newBrowser } from './people.ts';
import type { Place } from './people.ts';

const teamId = '01890000-0000-7000-8000-0000000000a1';
const teamName = '夜巡测试队';
const crew = { username: 'night-crew', password: 'warm-tea-at-three-o-clock' };

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

async function read(request: APIRequestContext): Promise<Snapshot> {
  const answer = await request.get(
    `/api/snapshots.read?input=${encodeURIComponent('{"cells":null}')}`,
  );
  return ((await answer.json()) as { result: { data: Snapshot } }).result.data;
}

test('a team accepts, sets off, arrives, records a refusal and closes; desk and reporter follow', async ({
  browser,
  playwright,
}) => {
  // Four browsers and a server on perhaps two cores.
  test.setTimeout(180_000);
  const office = await playwright.request.newContext({ baseURL: server.url });
  await must(office, 'accounts.enterDemo', { cityId, role: 'administrator' });
  await must(office, 'patrols.saveTeam', {
    id: teamId,
    name: teamName,
    callSign: '测1',
    vehicle: '',
    areaId: null,
    skills: [],
  });
  await must(office, 'patrols.setDuty', { teamId, onDuty: true });
  await must(office, 'accounts.createUser', {
    ...crew,
    displayName: '夜巡员',
    role: 'patrol',
    reporterKind: null,
    teamId,
    stationId: null,
  });

  // the team stands two streets away
  const at = { longitude: bridge.longitude + 0.004, latitude: bridge.latitude };
  const patrol = await newBrowser(browser, server.url, { size: 'tablet', at });
  await must(patrol.context.request, 'accounts.login', { cityId, ...crew });
  await patrol.page.goto('/patrol');
  const sheet = patrol.page.getByRole('region', { name: '任务与地点' });
  await expect(sheet.getByText('现在没有派单')).toBeVisible();
  await sheet.getByRole('button', { name: '上班，开始巡查' }).click();
  await sheet.getByRole('button', { name: '再加一人' }).click();
  await sheet.getByRole('textbox', { name: '第 2 人的姓名' }).fill('李警官');
  await sheet.getByRole('combobox', { name: '单位: 李警官' }).selectOption('police');
  await sheet.getByRole('button', { name: '上班', exact: true }).click();
  await expect(patrol.page.getByRole('button', { name: /当班 .*2 人 · 联合巡查/ })).toBeVisible();
  await expect(patrol.page.getByText(/定位正常/)).toBeVisible();

  const courier = await enterAs(browser, server.url, 'reporter', { size: 'phone', at: bridge });
  await courier.page.getByRole('button', { name: '穿得单薄、受冻' }).click();
  await courier.page.getByRole('button', { name: '送出', exact: true }).click();
  await expect(courier.page.getByText('已收到').first()).toBeVisible();

  const desk = await enterAs(browser, server.url, 'dispatcher', { size: 'tablet' });
  const rows = desk.page
    .getByRole('region', { name: '待办' })
    .getByRole('button', { pressed: false });
  await rows
    .filter({ hasText: /刚刚|\b1 分钟前/ })
    .first()
    .click();
  const detail = desk.page.getByRole('complementary', { name: '选中的地点' });
  await detail.getByRole('button', { name: `派单: ${teamName}` }).click();
  const deskState = detail.locator('[aria-current="step"]');
  await expect(deskState).toHaveText('待接单');

  await expect(sheet.getByText('新派单：请接单')).toBeVisible();
  await expect(sheet.getByText(/约 1 人 · 直线 \d+ 米/).first()).toBeVisible();
  await sheet.getByRole('button', { name: '接单', exact: true }).click();
  await expect(deskState).toHaveText('已接单');
  await expect(courier.page.getByText('有队伍正在赶去').first()).toBeVisible();
  await sheet.getByRole('button', { name: '出发', exact: true }).click();
  await expect(deskState).toHaveText('前往中');
  await sheet.getByRole('button', { name: '到达', exact: true }).click();
  await expect(deskState).toHaveText('在现场');

  await sheet.getByRole('button', { name: '记录', exact: true }).click();
  await sheet.getByRole('button', { name: '拒绝受助' }).click();
  await sheet.getByRole('button', { name: '衣着单薄' }).click();
  await sheet.getByRole('button', { name: '棉衣: 加一' }).click();
  await sheet.getByRole('button', { name: '保存这个人' }).click();
  await expect(sheet.getByRole('button', { name: '再记录一人' })).toBeVisible();
  await expect(courier.page.getByText('已找到，谢谢您').first()).toBeVisible();

  await sheet.getByRole('button', { name: '结束', exact: true }).click();
  await expect(sheet.getByText('现在没有派单')).toBeVisible();
  await expect(detail.getByText('这个地点的线索都已结束')).toBeVisible();

  const { rechecks, positions, dispatches } = await read(office);
  const closed = dispatches.find((dispatch) => dispatch.teamId === teamId);
  expect(closed?.state).toBe('closed');
  const owed = rechecks.find(({ clusterId }) => clusterId === closed?.clusterId);
  expect(owed).toMatchObject({ outcome: 'refused', flags: ['thinly_dressed'] });
  expect(positions.find((position) => position.teamId === teamId)?.lon).toBeCloseTo(at.longitude);
  await expect(sheet.getByText(/后复查/).first()).toBeVisible();
  await office.dispose();
});
