/** Every screen, as people see it: in both languages and themes, without a serious fault of accessibility, and kept as a picture. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import type { Role } from '../shared/accounts/schema.ts';
import { startServer } from './harness.ts';
import type { RunningServer } from './harness.ts';

const pictures = path.resolve('test-results/looks');

interface Look {
  name: string;
  role: Role | null;
  path: string;
  size: { width: number; height: number };
  /** something that is there when the screen is */
  ready: (page: Page) => Promise<void>;
}

const phone = { width: 360, height: 740 };
const tablet = { width: 1024, height: 768 };
const board = { width: 1280, height: 800 };
const heading = (page: Page) => expect(page.getByRole('heading').first()).toBeVisible();
const mapDrawn = (page: Page) =>
  expect(page.locator('.nx-map[data-ready]')).toBeVisible({ timeout: 30_000 });

/** The plan in the list and the lanes along the foot. */
const planOpened = async (page: Page) => {
  await mapDrawn(page);
  await page.locator('button[aria-expanded="false"]', { hasText: /时间轴|time line/ }).click();
  await page.getByRole('tab', { name: /^(方案|Plan)$/ }).click();
  await expect(page.locator('[data-lane]').first()).toBeVisible();
};

const inADialog = (page: Page) =>
  expect(page.getByRole('dialog').getByRole('button').first()).toBeVisible();
/** The weather of a new city comes in while the server opens. */
const patient = { timeout: 30_000 };

/** What the cells owe in some hours, and why the first of them is marked. */
const coldOpened = async (page: Page) => {
  await mapDrawn(page);
  const slider = page.getByRole('slider', { name: /看哪个钟点|Which hour/ });
  await expect(slider).toBeVisible(patient);
  await page.getByRole('tab', { name: /^(该去哪|Where)/ }).click();
  const marks = page.getByRole('img', { name: /^(\d 级：|Step \d)/ });
  await page.getByRole('button').filter({ has: marks }).first().click();
  await slider.focus();
  for (let hour = 0; hour < 6; hour++) await page.keyboard.press('ArrowRight');
};
const declareOpened = async (page: Page) => {
  await mapDrawn(page);
  await page.getByRole('button', { name: /^(调整响应|Change the response)$/ }).click();
  await inADialog(page);
};
const proposalOpened = async (page: Page) => {
  const bar = page.getByRole('region', { name: /响应建议|Proposed response/ });
  await expect(bar).toBeVisible(patient);
  await bar.getByRole('button').click();
  await inADialog(page);
};
const weatherOpened = async (page: Page) => {
  await mapDrawn(page);
  await page.getByRole('button', { name: /^(天气|Weather)$/ }).click();
  await inADialog(page);
};
const warned = (page: Page) =>
  expect(page.getByRole('region', { name: /生命危险|dangerously cold/ })).toBeVisible();
const sourceOpened = async (page: Page) => {
  await page.getByRole('link', { name: /Simulated weather/ }).click(patient);
  await expect(page.getByRole('button', { name: /现在试一次|Try now/ })).toBeVisible();
};

const looks: Look[] = [
  { name: 'landing', role: null, path: '/', size: phone, ready: warned },
  { name: 'tip', role: null, path: '/report', size: phone, ready: heading },
  { name: 'login', role: null, path: '/login', size: phone, ready: heading },
  { name: 'report', role: 'reporter', path: '/report', size: phone, ready: heading },
  { name: 'patrol', role: 'patrol', path: '/patrol', size: tablet, ready: mapDrawn },
  { name: 'patrol-phone', role: 'patrol', path: '/patrol', size: phone, ready: mapDrawn },
  { name: 'board', role: 'dispatcher', path: '/board', size: board, ready: mapDrawn },
  { name: 'board-tablet', role: 'auditor', path: '/board', size: tablet, ready: mapDrawn },
  { name: 'plan', role: 'dispatcher', path: '/board', size: board, ready: planOpened },
  { name: 'cold', role: 'dispatcher', path: '/board', size: board, ready: coldOpened },
  { name: 'declare', role: 'dispatcher', path: '/board', size: board, ready: declareOpened },
  {
    name: 'declare-tablet',
    role: 'dispatcher',
    path: '/board',
    size: tablet,
    ready: declareOpened,
  },
  { name: 'proposal', role: 'dispatcher', path: '/board', size: board, ready: proposalOpened },
  { name: 'weather', role: 'auditor', path: '/board', size: board, ready: weatherOpened },
  { name: 'station', role: 'station_manager', path: '/station', size: tablet, ready: heading },
  { name: 'station-phone', role: 'station_manager', path: '/station', size: phone, ready: heading },
  { name: 'admin', role: 'administrator', path: '/admin', size: tablet, ready: heading },
  {
    name: 'vehicles-admin',
    role: 'administrator',
    path: '/admin/vehicles',
    size: tablet,
    ready: heading,
  },
  {
    name: 'supplies-admin',
    role: 'administrator',
    path: '/admin/supplies',
    size: tablet,
    ready: heading,
  },
  {
    name: 'weathersources',
    role: 'administrator',
    path: '/admin/weather',
    size: tablet,
    ready: sourceOpened,
  },
  {
    name: 'response',
    role: 'administrator',
    path: '/admin/response',
    size: tablet,
    ready: heading,
  },
  {
    name: 'rules',
    role: 'administrator',
    path: '/admin/response/rules',
    size: tablet,
    ready: heading,
  },
  {
    name: 'effects',
    role: 'administrator',
    path: '/admin/response/orange',
    size: tablet,
    ready: heading,
  },
  { name: 'hours', role: 'dispatcher', path: '/admin/hours', size: tablet, ready: heading },
];
const ways = [
  { language: 'zh-CN', theme: 'dark' },
  { language: 'en', theme: 'light' },
];

let server: RunningServer;
let cityId: string;
test.beforeAll(async () => {
  await mkdir(pictures, { recursive: true });
  server = await startServer({ env: { NUANXUN_DEMO: 'on', NUANXUN_DEMO_SPEED: '0' } });
  const answer = await fetch(`${server.url}/api/cities.list`);
  cityId = ((await answer.json()) as { result: { data: { id: string }[] } }).result.data[0]!.id;
});
test.afterAll(async () => {
  await server.stop();
});

async function enter(context: BrowserContext, role: Role | null): Promise<void> {
  if (role === null) return;
  const answer = await context.request.post('/api/accounts.enterDemo', { data: { cityId, role } });
  expect(answer.ok()).toBe(true);
}

/** A second size of a screen is looked at in one way: what its words and colours do is known from the first. */
const waysOf = ({ name }: Look) => (name.includes('-') ? ways.slice(0, 1) : ways);

for (const look of looks)
  for (const { language, theme } of waysOf(look))
    test(`${look.name} in ${language}, ${theme}, has no serious fault and scrolls nowhere sideways`, async ({
      browser,
    }) => {
      const context = await browser.newContext({
        baseURL: server.url,
        viewport: look.size,
        hasTouch: true,
        locale: language,
      });
      const remote: string[] = [];
      context.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (protocol.startsWith('http') && origin !== server.url) remote.push(request.url());
      });
      await enter(context, look.role);
      const page = await context.newPage();
      await page.addInitScript(
        ([chosenLanguage, chosenTheme]) => {
          localStorage.setItem('nuanxun.language', chosenLanguage!);
          localStorage.setItem('nuanxun.theme', chosenTheme!);
        },
        [language, theme],
      );
      await page.goto(look.path);
      await look.ready(page);
      await page.waitForTimeout(500);
      await page.screenshot({ path: path.join(pictures, `${look.name}-${language}-${theme}.png`) });

      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(
        ({ impact }) => impact === 'serious' || impact === 'critical',
      );
      expect(
        serious.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
        ),
      ).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBe(0);
      expect(remote).toEqual([]);
      await context.close();
    });
