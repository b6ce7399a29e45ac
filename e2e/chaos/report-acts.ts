/** What a reporter does on `/report`, by hand as it were. False = it cannot be done now. */
import type { Page } from '@playwright/test';
import type { ReportAct } from './plan.ts';

type Draw = (below: number) => number;
const situations = ['穿得单薄、受冻', '老人或孩子', '生病或受伤'];
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

export async function reportIsOpen(page: Page, timeout: number): Promise<void> {
  const ways = ['送出', '保存修改'].map((name) => button(page, name));
  const open = ways.reduce((either, way) => either.or(way), button(page, '再报一处'));
  await open.first().waitFor({ timeout });
}

async function freshForm(page: Page): Promise<void> {
  if (await button(page, '再报一处').isVisible()) await button(page, '再报一处').click();
  if (await button(page, '不改了').isVisible()) await button(page, '不改了').click();
  await button(page, '送出').waitFor();
}

async function report(page: Page, draw: Draw): Promise<boolean> {
  await freshForm(page);
  const picture = page.getByRole('button', { name: situations[draw(situations.length)]! });
  // A form that was begun before the page died is still filled in.
  if ((await picture.getAttribute('aria-pressed')) !== 'true') await picture.click();
  await button(page, '送出').click();
  return true;
}

async function edit(page: Page, draw: Draw): Promise<boolean> {
  await freshForm(page);
  const ways = button(page, '修改');
  const count = await ways.count();
  if (count === 0) return false;
  await ways.nth(draw(count)).click();
  await button(page, '几个人: 加一').click();
  await button(page, '保存修改').click();
  return true;
}

async function withdraw(page: Page, draw: Draw): Promise<boolean> {
  await freshForm(page);
  const ways = button(page, '撤回');
  const count = await ways.count();
  if (count === 0) return false;
  await ways.nth(draw(count)).click();
  await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click();
  return true;
}

const drivers: Record<ReportAct, (page: Page, draw: Draw) => Promise<boolean>> = {
  report,
  edit,
  withdraw,
};

export async function doReportAct(page: Page, act: ReportAct, draw: Draw): Promise<string> {
  if (await drivers[act](page, draw)) return act;
  await report(page, draw);
  return 'report';
}
