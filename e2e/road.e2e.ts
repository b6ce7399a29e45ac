/** The whole road with several people: a report becomes a place, the place a dispatch, on every screen at once. */
import { expect, test } from '@playwright/test';
import { startServer } from './harness.ts';
import type { RunningServer } from './harness.ts';
import { enterAs, newBrowser } from './people.ts';
import type { Place } from './people.ts';

let server: RunningServer;
let bridge: Place;

test.beforeAll(async () => {
  server = await startServer({ env: { NUANXUN_DEMO: 'on', NUANXUN_DEMO_SPEED: '0' } });
  const answer = await fetch(`${server.url}/api/cities.list`);
  const { result } = (await answer.json()) as {
    result: {
      data: { center: { lon: number; lat: number }; bounds: [number, number, number, number] }[];
    };
  };
  const { center, bounds } = result.data[0]!;
  // towards the edge of the city, where the night before left nobody
  const west = bounds[0];
  bridge = { longitude: center.lon - (center.lon - west) * 0.9, latitude: center.lat };
});
test.afterAll(async () => {
  await server.stop();
});

test('five reports of one person are one place, and the board sends a team there', async ({
  browser,
}) => {
  const desk = await enterAs(browser, server.url, 'dispatcher', { size: 'tablet' });
  const rows = desk.page
    .getByRole('region', { name: '待办' })
    .getByRole('button', { pressed: false });
  await expect(rows.first()).toBeVisible();

  const courier = await enterAs(browser, server.url, 'reporter', { size: 'phone', at: bridge });
  await courier.page.getByRole('button', { name: '穿得单薄、受冻' }).click();
  await courier.page.getByRole('button', { name: '送出', exact: true }).click();
  await expect(courier.page.getByText('已收到').first()).toBeVisible();

  const fresh = rows.filter({ hasText: '刚刚' });
  await expect(fresh).toHaveCount(1);
  await expect(fresh).toContainText('1 条线索');
  await expect(fresh).toContainText('衣着单薄');

  // four passers-by without an account, a few metres apart
  for (let i = 1; i <= 4; i += 1) {
    const at = { longitude: bridge.longitude + i * 0.00008, latitude: bridge.latitude };
    const passerBy = await newBrowser(browser, server.url, { size: 'phone', at });
    await passerBy.page.goto('/report');
    await passerBy.page.getByRole('button', { name: '老人或孩子' }).click();
    await passerBy.page.getByRole('button', { name: '送出', exact: true }).click();
    await expect(passerBy.page.getByRole('heading', { name: '收到了，谢谢您' })).toBeVisible();
    await passerBy.context.close();
  }
  await expect(fresh).toHaveCount(1);
  await expect(fresh).toContainText('5 条线索');
  await expect(fresh).toContainText('约 1 人');

  await fresh.click();
  const detail = desk.page.getByRole('complementary', { name: '选中的地点' });
  await expect(detail.getByRole('heading', { name: '约 1 人' })).toBeVisible();
  const send = detail
    .getByRole('button', { name: /^派单: / })
    .and(detail.locator(':enabled'))
    .first();
  const teamName = (await send.getAttribute('aria-label'))!.replace('派单: ', '');
  await send.click();
  await expect(detail.getByText('待接单')).toBeVisible();
  await expect(detail.getByText(teamName).first()).toBeVisible();

  // a second officer who looked at the same place a moment longer is told, and sends nobody
  const clusterId = await desk.page.evaluate(async () => {
    const answer = await fetch('/api/snapshots.read?input=' + encodeURIComponent('{"cells":null}'));
    const { result } = (await answer.json()) as {
      result: { data: { dispatches: { clusterId: string; offeredAt: string }[] } };
    };
    return result.data.dispatches.toSorted((a, b) => (a.offeredAt < b.offeredAt ? 1 : -1))[0]!
      .clusterId;
  });
  const manager = await enterAs(browser, server.url, 'station_manager', { size: 'tablet' });
  const candidates = (await (
    await manager.context.request.get(
      `/api/dispatch.candidates?input=${encodeURIComponent(JSON.stringify({ clusterId }))}`,
    )
  ).json()) as { result: { data: { teamId: string; busy: boolean; onDuty: boolean }[] } };
  const free = candidates.result.data.find(({ busy, onDuty }) => !busy && onDuty);
  const refused = await manager.context.request.post('/api/dispatch.send', {
    data: { id: '01890000-0000-7000-8000-00000000abcd', clusterId, teamId: free!.teamId, note: '' },
  });
  expect(refused.status()).toBe(409);
  expect(await refused.text()).toContain('cluster_taken');
});
