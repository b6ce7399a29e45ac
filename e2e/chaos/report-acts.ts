/** What a reporter does on `/report`, by hand as it were. Each resolves when the screen says that it is kept. */
import type { Page } from '@playwright/test';

const situations = ['穿得单薄、受冻', '老人或孩子', '生病或受伤'];

async function freshForm(page: Page): Promise<void> {
  const again = page.getByRole('button', { name: '再报一处' });
  const form = page.getByRole('button', { name: '送出', exact: true });
  await again.or(form).first().waitFor();
  if (await again.isVisible()) await again.click();
  await form.waitFor();
}

export async function report(page: Page, draw: (below: number) => number): Promise<boolean> {
  await freshForm(page);
  const name = situations[draw(situations.length)] ?? '老人或孩子';
  await page.getByRole('button', { name }).click();
  await page.getByRole('button', { name: '送出', exact: true }).click();
  await page.getByRole('button', { name: '再报一处' }).waitFor();
  return true;
}

/** False when there is nothing yet that could be changed. */
export async function edit(page: Page, draw: (below: number) => number): Promise<boolean> {
  await freshForm(page);
  const ways = page.getByRole('button', { name: '修改', exact: true });
  const count = await ways.count();
  if (count === 0) return false;
  await ways.nth(draw(count)).click();
  await page.getByRole('button', { name: situations[draw(situations.length)] ?? '' }).click();
  await page.getByRole('button', { name: '保存修改' }).click();
  await page.getByRole('button', { name: '再报一处' }).waitFor();
  return true;
}

export async function withdraw(page: Page, draw: (below: number) => number): Promise<boolean> {
  await freshForm(page);
  const ways = page.getByRole('button', { name: '撤回', exact: true });
  const count = await ways.count();
  if (count === 0) return false;
  await ways.nth(draw(count)).click();
  await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click();
  return true;
}
