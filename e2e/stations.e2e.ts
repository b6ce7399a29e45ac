/** A person is brought in: from the yes at the desk over the tablet to the door of the house, and out again. */
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { v7 as uuidv7 } from 'uuid';
import type { PlanView } from '../shared/planning/schema.ts';
import { startServer } from './harness.ts';
import type { RunningServer } from './harness.ts';
import { enterAs } from './people.ts';
import type { Person } from './people.ts';

const env = { NUANXUN_DEMO: 'on', NUANXUN_DEMO_SPEED: '0' };
const houseName = '市救助管理站';
let server: RunningServer;
let desk: Person;
let patrol: Person;
let manager: Person;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ browser }) => {
  server = await startServer({ env });
  const answer = await fetch(`${server.url}/api/cities.list`);
  const { center } = (
    (await answer.json()) as { result: { data: { center: { lon: number; lat: number } }[] } }
  ).result.data[0]!;
  const at = { longitude: center.lon, latitude: center.lat };
  desk = await enterAs(browser, server.url, 'dispatcher', { size: 'tablet' });
  manager = await enterAs(browser, server.url, 'station_manager', { size: 'tablet' });
  patrol = await enterAs(browser, server.url, 'patrol', { size: 'tablet', at });
});
test.afterAll(() => server.stop());

const card = (page: Page, name: string): Locator => page.getByRole('region', { name });
const arrivalsOf = (page: Page): Locator => card(page, '正在来站').getByRole('listitem');
const residentsOf = (page: Page): Locator => card(page, '在站人员').getByRole('listitem');

async function ask<T>(page: Page, path: string): Promise<T> {
  const answer = await page.request.get(`/api/${path}`);
  return ((await answer.json()) as { result: { data: T } }).result.data;
}
async function tell(page: Page, path: string, data: object): Promise<void> {
  const answer = await page.request.post(`/api/${path}`, { data });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** Of the house, as the dispatcher's board says it: "男床空 11". */
async function freeOnBoard(kind: string): Promise<number> {
  const row = desk.page
    .getByRole('region', { name: '待办' })
    .getByRole('button', { name: new RegExp(houseName) });
  const found = new RegExp(`${kind}空 (\\d+)`).exec((await row.textContent()) ?? '');
  return Number(found?.[1]);
}

test('a yes at the desk is a task on the tablet with its way and its reasons, and a place kept in the house', async () => {
  await expect(desk.page.getByRole('tab', { name: '救助站' })).toBeVisible();
  await desk.page.getByRole('tab', { name: '救助站' }).click();
  await expect(manager.page.getByRole('heading', { name: houseName })).toBeVisible();

  const { teamId, stationId } = {
    teamId: patrol.session.user.teamId!,
    stationId: manager.session.user.stationId!,
  };
  const dispatchId = uuidv7();
  await expect
    .poll(
      async () => {
        const plan = await ask<PlanView | null>(desk.page, 'planning.read');
        const lane = plan?.lanes.find((one) => one.teamId === teamId);
        return lane?.stops.some((stop) => stop.kind === 'visit' && stop.state === 'proposed');
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  const plan = await ask<PlanView>(desk.page, 'planning.read');
  const visit = plan.lanes
    .find((one) => one.teamId === teamId)!
    .stops.find((stop) => stop.kind === 'visit' && stop.state === 'proposed');
  if (visit?.kind !== 'visit') throw new Error('nothing is proposed for the team');
  await tell(desk.page, 'planning.accept', {
    revision: plan.revision,
    stops: [{ jobId: visit.jobId, teamId, dispatchId }],
  });
  // Whatever the plan expected of the place: here somebody will come along.
  const before = await arrivalsOf(manager.page).count();
  await tell(desk.page, 'stations.hold', {
    id: uuidv7(),
    stationId,
    kind: 'men',
    places: 1,
    dispatchId,
    expectedAt: new Date(Date.now() + 25 * 60_000).toISOString(),
  });
  await expect(arrivalsOf(manager.page)).toHaveCount(before + 1);

  const { page } = patrol;
  const next = page.getByRole('region', { name: '下一站' });
  await expect(next).toContainText('分钟');
  await expect(next).toContainText('已留床');
  await expect(next.getByText('为什么这样安排')).toBeVisible();
  await page.getByRole('button', { name: '接单', exact: true }).click();
  await page.getByRole('button', { name: '出发', exact: true }).click();
  await page.getByRole('button', { name: '到达', exact: true }).click();
});

test('whoever is escorted is expected with a place, checked in with one tap, and counted where everybody looks', async () => {
  const { page } = patrol;
  const free = await freeOnBoard('男床');
  await page.getByRole('button', { name: '记录', exact: true }).click();
  await page.getByRole('button', { name: '护送入站' }).click();
  const house = page
    .getByRole('group', { name: '送到哪个救助站？' })
    .last()
    .getByRole('button', { name: new RegExp(houseName) });
  await expect(house).toHaveAttribute('aria-pressed', 'true');
  await expect(house).toContainText('已给你们留床');
  await page.getByRole('button', { name: '保存这个人' }).click();

  const escorted = arrivalsOf(manager.page)
    .filter({ hasText: '已在车上' })
    .filter({ hasText: '民政一队' });
  await expect(escorted).toHaveCount(1);
  // The place was kept before: nothing changes for others until somebody else takes one.
  expect(await freeOnBoard('男床')).toBe(free);
  await escorted.getByLabel('床号或编号（可不填）').fill('男77');
  await escorted.getByRole('button', { name: '已到，登记' }).click();
  await expect(escorted).toHaveCount(0);
  const resident = residentsOf(manager.page).filter({ hasText: '男77' });
  await expect(resident).toContainText('巡查护送');
});

test('who comes by themselves takes a place, and leaving gives it back', async () => {
  const { page } = manager;
  const free = await freeOnBoard('男床');
  await page.getByRole('button', { name: '来站求助登记' }).click();
  await page.getByRole('button', { name: /^男床空/ }).click();
  await page.getByLabel('床号或编号（可不填）').last().fill('男88');
  await page.getByRole('button', { name: '登记入站' }).click();
  const resident = residentsOf(page).filter({ hasText: '男88' });
  await expect(resident).toContainText('来站求助');
  await expect.poll(() => freeOnBoard('男床')).toBe(free - 1);

  await resident.getByRole('button', { name: '男88：离站' }).click();
  await resident.getByLabel('去向').fill('家人接回');
  await resident.getByRole('button', { name: '登记离站' }).click();
  await expect(resident).toHaveCount(0);
  await expect.poll(() => freeOnBoard('男床')).toBe(free);
});

test('without a network the tablet opened again still shows its next stop, with its age', async () => {
  const { page, context } = patrol;
  const next = page.getByRole('region', { name: '下一站' });
  await page.getByRole('button', { name: '返回', exact: true }).or(next).first().waitFor();
  await expect(next).toBeVisible();
  await page.waitForTimeout(6_000);
  await context.setOffline(true);
  await page.reload();
  await expect(next).toBeVisible({ timeout: 20_000 });
  await expect(next).toContainText('的安排');
  await context.setOffline(false);
});
