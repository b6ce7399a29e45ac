/** A cold night from the forecast to its end, as the duty officer, a crew, the office and the public see it. */
import { expect, test } from '@playwright/test';
import type { APIRequestContext, Browser, Locator, Page } from '@playwright/test';
import { v7 as uuidv7 } from 'uuid';
import type { Snapshot } from '../shared/realtime/events.ts';
import type { WeatherView } from '../shared/weather/schema.ts';
import { findLonelyKeyPoint, readAlerts } from './cold-city.ts';
import { findQuietPlace, must } from './demo-city.ts';
import { startServer } from './harness.ts';
import type { RunningServer } from './harness.ts';
import { enterAs, newBrowser } from './people.ts';
import type { Place } from './people.ts';
import { startWeatherService } from './weather-service.ts';
import type { WeatherService } from './weather-service.ts';

const env = { NUANXUN_DEMO: 'on', NUANXUN_DEMO_SPEED: '0' };
const sourceId = '01890000-0000-7000-8000-0000000000c5';
const sourceName = '旅程天气';
/** Something that one screen did is on another one by then. */
const soon = { timeout: 5_000 };

let server: RunningServer;
let weather: WeatherService;
let cityId: string;
let bridge: Place;
let office: APIRequestContext;

test.beforeAll(async ({ playwright }) => {
  weather = await startWeatherService();
  server = await startServer({ env });
  ({ cityId, bridge } = await findQuietPlace(server.url));
  office = await playwright.request.newContext({ baseURL: server.url });
  await must(office, 'accounts.enterDemo', { cityId, role: 'administrator' });
  // The city's own weather and night make way for this journey's; it gets its source while the server opens.
  await expect
    .poll(async () => (await read<WeatherView>(office, 'weather.read')).sources.length, {
      timeout: 30_000,
    })
    .toBeGreaterThan(0);
  for (const { id, kind } of (await read<WeatherView>(office, 'weather.read')).sources)
    if (kind !== 'hand') await must(office, 'weather.removeSource', { id });
  await endNight();
  // Four teams are on their way once the first picture of the demo is painted.
  await expect
    .poll(async () => (await readCity()).dispatches.filter((one) => one.endedAt === null).length, {
      timeout: 30_000,
    })
    .toBeGreaterThanOrEqual(4);
});
test.afterAll(async () => {
  await office.dispose();
  await server.stop();
  await weather.stop();
});

async function read<T>(request: APIRequestContext, procedure: string, input?: object): Promise<T> {
  const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  const answer = await request.get(`/api/${procedure}${query}`);
  return ((await answer.json()) as { result: { data: T } }).result.data;
}
const readCity = () => read<Snapshot>(office, 'snapshots.read', { cells: null });

async function endNight(): Promise<void> {
  if ((await readCity()).activation) await must(office, 'response.end', { proposalId: null });
}

/** Mild until now, then as cold as that, in some wind. */
const coldFromNow = (celsius: number) => (hour: number) => ({
  temperatureCelsius: hour < 0 ? 4 : celsius,
  windKmh: 22,
});

const saveSource = () =>
  must(office, 'weather.saveSource', {
    id: sourceId,
    kind: 'open_meteo',
    name: sourceName,
    address: weather.url,
    key: null,
    enabled: true,
    places: [],
  });

const barOf = (page: Page, level: string): Locator =>
  page.locator(`[role="status"][data-level="${level}"]`).first();
const anyBar = (page: Page): Locator => page.locator('[role="status"][data-level]');

async function openPublicPage(browser: Browser): Promise<Page> {
  const { page } = await newBrowser(browser, server.url, { size: 'phone' });
  await page.goto('/');
  return reopen(page);
}

/** The public page asks once a minute; whoever opens it sees what is so now. */
async function reopen(page: Page): Promise<Page> {
  await page.reload();
  await expect(page.getByRole('heading').first()).toBeVisible();
  return page;
}

test('the forecast becomes a proposal, the proposal a night on every screen, and a person ends it', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const { page } = await enterAs(browser, server.url, 'dispatcher', { size: 'tablet' });
  const patrol = await enterAs(browser, server.url, 'patrol', { size: 'tablet', at: bridge });
  const street = await openPublicPage(browser);
  await expect(page.getByText('今晚没有寒夜响应')).toBeVisible();
  await expect(street.getByRole('region', { name: '今晚的寒冷有生命危险' })).toHaveCount(0);

  weather.tell(coldFromNow(-24));
  await saveSource();
  const proposed = page.getByRole('region', { name: '响应建议' });
  await expect(proposed).toContainText('建议启动橙色响应', { timeout: 30_000 });
  await expect(proposed).toContainText(/体感|最低气温/);
  await proposed.getByRole('button', { name: '看详情' }).click();
  const card = page.getByRole('dialog', { name: '响应建议' });
  await expect(card).toContainText(/小时体感在 −28 °C 或以下/);
  await expect(card.getByRole('heading', { name: '会改变什么' })).toBeVisible();
  await expect(card).toContainText('2 小时内再去看');
  await expect(card.getByRole('heading', { name: /未来 48 小时/ })).toBeVisible();
  // Nothing is in force before somebody says so.
  expect((await readCity()).activation).toBeNull();
  await card.getByRole('button', { name: '照办' }).click();

  await expect(barOf(page, 'orange')).toContainText('橙色', soon);
  await expect(barOf(patrol.page, 'orange')).toContainText('橙色', soon);
  await expect(proposed).toHaveCount(0);
  await expect(barOf(await reopen(street), 'orange')).toContainText('橙色', soon);
  const danger = street.getByRole('region', { name: '今晚的寒冷有生命危险' });
  await expect(danger).toContainText('橙色');
  await expect(danger.getByRole('link', { name: /120/ })).toBeVisible();
  const told = await readAlerts(server.url, cityId);
  expect(told.feed).toContain('<entry>');
  expect(told.newest).toMatch(/<status>Actual<\/status>/);
  expect(told.newest).toMatch(/<severity>Severe<\/severity>/);

  // Lowered and ended by the officer; both are asked once more.
  await page.getByRole('button', { name: '调整响应' }).click();
  const form = page.getByRole('dialog', { name: '调整响应' });
  await form.getByRole('radio', { name: '黄色' }).click();
  await form.getByRole('button', { name: '降为黄色' }).click();
  await page
    .getByRole('dialog', { name: /降为黄色/ })
    .getByRole('button', { name: '降为黄色' })
    .click();
  await expect(barOf(patrol.page, 'yellow')).toContainText('黄色', soon);
  await page.getByRole('button', { name: '调整响应' }).click();
  await form.getByRole('button', { name: '结束响应' }).click();
  await page
    .getByRole('dialog', { name: /结束今晚的寒夜响应/ })
    .getByRole('button', { name: '结束响应' })
    .click();
  await expect(page.getByText('今晚没有寒夜响应')).toBeVisible(soon);
  await expect(anyBar(patrol.page)).toHaveCount(0, soon);
  expect((await readAlerts(server.url, cityId)).newest).toMatch(/<msgType>Cancel<\/msgType>/);
  await page.context().close();
  await patrol.context.close();
  await street.context().close();
});

test('a crew that looks at a place pays its debt on the board at once', async ({
  browser,
  playwright,
}) => {
  test.setTimeout(180_000);
  weather.tell(coldFromNow(-24));
  await saveSource();
  // Six people are seen at a key point that nobody is on the way to: its cell owes more than any other.
  const keyPoint = findLonelyKeyPoint(await readCity());
  await must(office, 'sightings.report', {
    id: uuidv7(),
    position: { lon: keyPoint.lon, lat: keyPoint.lat },
    system: 'wgs84',
    accuracyMeters: 10,
    positionSource: 'gps',
    addressText: '',
    seenAt: new Date().toISOString(),
    headcount: 6,
    flags: ['thinly_dressed'],
    needs: [],
    note: '',
    contactPhone: '',
  });
  const { page, context } = await enterAs(browser, server.url, 'dispatcher', { size: 'tablet' });
  await page.getByRole('tab', { name: '该去哪' }).click();
  const row = page.getByRole('button', { name: new RegExp(keyPoint.name) }).first();
  await expect(row).toBeVisible({ timeout: 20_000 });
  await row.click();
  const cell = page.getByRole('region', { name: '寒冷网格' });
  await expect(cell.getByRole('heading', { name: '可能有多少人' })).toBeVisible();
  await expect(cell.getByRole('heading', { name: '有多冷' })).toBeVisible();
  await expect(cell.getByRole('heading', { name: '多久没人去' })).toBeVisible();
  const debt = async (): Promise<number> =>
    Number(/欠账 ([\d.]+)/.exec((await cell.textContent()) ?? '')?.[1] ?? 0);
  const before = await debt();
  expect(before).toBeGreaterThan(0);

  const crew = await playwright.request.newContext({ baseURL: server.url });
  await must(crew, 'accounts.enterDemo', { cityId, role: 'patrol' });
  const id = uuidv7();
  const visited = performance.now();
  await must(crew, 'field.submit', {
    kind: 'keyPoint.visit',
    id,
    at: new Date().toISOString(),
    visit: {
      id,
      keyPointId: keyPoint.id,
      position: { lon: keyPoint.lon, lat: keyPoint.lat },
      note: '',
    },
  });
  await expect.poll(debt, { timeout: 5_000, intervals: [50] }).toBeLessThan(before / 2);
  test.info().annotations.push({
    type: 'from the visit to the screen, ms',
    description: String(Math.round(performance.now() - visited)),
  });
  await crew.dispose();
  await context.close();
});

test('the next hours on the slider show another picture, and say that it is a forecast', async ({
  browser,
}) => {
  weather.tell((hour) => ({ temperatureCelsius: hour <= 2 ? 2 : -24, windKmh: 22 }));
  await saveSource();
  const { page, context } = await enterAs(browser, server.url, 'dispatcher', { size: 'tablet' });
  const slider = page.getByRole('slider', { name: '看哪个钟点' });
  await expect(slider).toBeVisible({ timeout: 20_000 });
  const shown = page.getByRole('region', { name: '看哪个钟点' });
  await slider.focus();
  for (let hour = 0; hour < 6; hour++) await page.keyboard.press('ArrowRight');
  await expect(shown).toContainText('6 小时后');
  await expect(shown).toContainText('预报');
  await expect(shown).toContainText(/体感 −3\d °C/);
  await shown.getByRole('button', { name: '回到现在' }).click();
  await expect(slider).toHaveValue('0');
  await context.close();
});

test('a drill is worn by the staff, published as an exercise, and never told to the public', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  weather.tell(() => ({ temperatureCelsius: 6, windKmh: 6 }));
  await saveSource();
  await endNight();
  const { page } = await enterAs(browser, server.url, 'dispatcher', { size: 'tablet' });
  const patrol = await enterAs(browser, server.url, 'patrol', { size: 'tablet', at: bridge });
  await page.getByRole('button', { name: '启动寒夜响应' }).click();
  const form = page.getByRole('dialog', { name: '启动寒夜响应' });
  await form.getByRole('radio', { name: '红色' }).click();
  await form.getByRole('textbox', { name: /气温/ }).fill('-30');
  await form.getByRole('textbox', { name: /风速/ }).fill('30');
  await form.getByRole('switch', { name: /这是演练/ }).click();
  await form.getByRole('button', { name: '开始红色演练' }).click();
  for (const screen of [page, patrol.page]) {
    await expect(barOf(screen, 'red')).toContainText('演练', soon);
    await expect(barOf(screen, 'red')).toContainText('红色');
  }
  const street = await openPublicPage(browser);
  await expect(anyBar(street)).toHaveCount(0);
  await expect(street.getByText('演练')).toHaveCount(0);
  await expect(street.getByRole('region', { name: '今晚的寒冷有生命危险' })).toHaveCount(0);
  expect((await readAlerts(server.url, cityId)).newest).toMatch(/<status>Exercise<\/status>/);
  await endNight();
  await expect(anyBar(patrol.page)).toHaveCount(0, soon);
  await page.context().close();
  await patrol.context.close();
  await street.context().close();
});

test('a source that falls silent is said to, and what it told grows old on the screens', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  weather.tell(() => ({ temperatureCelsius: -9, windKmh: 10 }));
  await saveSource();
  await expect
    .poll(async () => (await readCity()).weather?.stale ?? null, { timeout: 20_000 })
    .toBe(false);
  weather.fail();
  const { page, context } = await enterAs(browser, server.url, 'administrator', { size: 'tablet' });
  await page.goto(`/admin/weather/${sourceId}`);
  const asked = weather.asked();
  await page.getByRole('button', { name: '现在试一次' }).click();
  await expect(page.getByText(/拒绝|连不上/).first()).toBeVisible({ timeout: 30_000 });
  expect(weather.asked()).toBeGreaterThan(asked);
  // What came before is kept and counts.
  const { points } = await read<WeatherView>(office, 'weather.read');
  expect(points.length).toBeGreaterThan(0);

  // Four hours later nothing new has come.
  const later = await context.newPage();
  await later.clock.setSystemTime(Date.now() + 4 * 3_600_000);
  await later.goto('/board');
  await expect(later.getByText(/天气数据停在/)).toBeVisible({ timeout: 20_000 });
  await context.close();
});
