/** Who takes part in a journey: a browser of their own each, signed in to the demo city by one click. */
import { expect } from '@playwright/test';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { Role, SessionView } from '../shared/accounts/schema.ts';

export interface Person {
  page: Page;
  context: BrowserContext;
  session: SessionView;
}

export interface Place {
  longitude: number;
  latitude: number;
}

const roleNames: Record<Role, string> = {
  reporter: '上报人',
  patrol: '巡查队员',
  dispatcher: '值班调度员',
  station_manager: '站长',
  administrator: '管理员',
  auditor: '审计员',
};

const sizes = {
  phone: { width: 390, height: 844 },
  tablet: { width: 1280, height: 800 },
};

export async function newBrowser(
  browser: Browser,
  url: string,
  options: { size: keyof typeof sizes; at?: Place },
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: sizes[options.size],
    hasTouch: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    permissions: options.at ? ['geolocation'] : [],
    ...(options.at ? { geolocation: options.at } : {}),
  });
  return { page: await context.newPage(), context };
}

/** Opens the start page and enters the demo city as this role. */
export async function enterAs(
  browser: Browser,
  url: string,
  role: Role,
  options: { size: keyof typeof sizes; at?: Place },
): Promise<Person> {
  const { page, context } = await newBrowser(browser, url, options);
  await page.goto('/');
  await page.getByRole('button', { name: roleNames[role] }).click();
  await expect(page).not.toHaveURL(`${url}/`);
  const answer = await context.request.get('/api/accounts.me');
  const session = ((await answer.json()) as { result: { data: SessionView } }).result.data;
  expect(session.user.role).toBe(role);
  return { page, context, session };
}
