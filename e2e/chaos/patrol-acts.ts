/** What a crew does on `/patrol`, by hand as it were. False = it cannot be done now. */
import type { Locator, Page } from '@playwright/test';
import type { PatrolAct } from './plan.ts';

type Draw = (below: number) => number;
type Driver = (page: Page, draw: Draw) => Promise<boolean>;

const sheetOf = (page: Page): Locator => page.getByRole('region', { name: '任务与地点' });
const button = (where: Locator | Page, name: string): Locator =>
  where.getByRole('button', { name, exact: true });

export async function patrolIsOpen(page: Page, timeout: number): Promise<void> {
  await sheetOf(page).waitFor({ timeout });
  await page.getByRole('button', { name: /^(当班|未上班)/ }).waitFor({ timeout });
}

/** Out of a form or a detail that is still open, to the list. */
async function toList(page: Page): Promise<Locator> {
  const sheet = sheetOf(page);
  await sheet.waitFor();
  for (const name of ['返回', '返回列表'])
    if (await button(sheet, name).isVisible()) await button(sheet, name).click();
  return sheet;
}

const isOnShift = (page: Page): Promise<boolean> =>
  page.getByRole('button', { name: /^当班/ }).isVisible();

const startShift: Driver = async (page) => {
  const sheet = await toList(page);
  await page.getByRole('button', { name: /^未上班/ }).click();
  await button(sheet, '上班').click();
  return true;
};

const outcomes = [
  '街面救助',
  '拒绝受助',
  '送医（120）',
  '移交公安（110）',
  '未找到',
  '已离开',
  '护送入站',
];
const metNobody = ['未找到', '已离开'];

async function fillEncounter(sheet: Locator, draw: Draw): Promise<boolean> {
  const outcome = outcomes[draw(outcomes.length)]!;
  await button(sheet, outcome).click();
  if (!metNobody.includes(outcome) && draw(2) === 0) await button(sheet, '棉衣: 加一').click();
  if (outcome === '护送入站')
    await sheet
      .getByRole('group', { name: '送到哪个救助站？' })
      .locator('button:enabled')
      .first()
      .click();
  await button(sheet, '保存这个人').click();
  return true;
}

/** Whatever the task asks for next. */
const step: Driver = async (page, draw) => {
  const sheet = await toList(page);
  for (const name of ['接单', '出发', '到达']) {
    if (!(await button(sheet, name).isVisible())) continue;
    await button(sheet, name).click();
    return true;
  }
  const first = button(sheet, '记录');
  const more = button(sheet, '再记录一人');
  if (await first.isVisible()) {
    await first.click();
    return fillEncounter(sheet, draw);
  }
  if (!(await more.isVisible())) return false;
  if (draw(5) === 0) {
    await more.click();
    return fillEncounter(sheet, draw);
  }
  await button(sheet, '结束').click();
  return true;
};

const decline: Driver = async (page) => {
  const sheet = await toList(page);
  if (!(await button(sheet, '谢绝').isVisible())) return false;
  await button(sheet, '谢绝').click();
  await button(sheet, '离得太远').click();
  await button(sheet, '谢绝这次派单').click();
  return true;
};

const visit: Driver = async (page, draw) => {
  const sheet = await toList(page);
  const points = sheet.getByRole('button', { name: /夜间点位/ });
  const count = await points.count();
  if (count === 0) return false;
  await points.nth(draw(count)).click();
  await button(sheet, '记录看过').click();
  if (draw(2) === 0) await button(sheet, '没有人').click();
  await button(sheet, '保存').click();
  return true;
};

const recheck: Driver = async (page, draw) => {
  const sheet = await toList(page);
  const owed = sheet.getByRole('button', { name: /后复查|复查已过/ });
  const count = await owed.count();
  if (count === 0) return false;
  await owed.nth(draw(count)).click();
  await button(sheet, '记录复查').click();
  return fillEncounter(sheet, draw);
};

const openShift = async (page: Page): Promise<Locator> => {
  const sheet = await toList(page);
  await page.getByRole('button', { name: /^当班/ }).click();
  return sheet;
};

const checkIn: Driver = async (page) => {
  const sheet = await openShift(page);
  await button(sheet, '我们平安').click();
  return true;
};

const endShift: Driver = async (page) => {
  const sheet = await openShift(page);
  await button(sheet, '下班').click();
  await button(sheet, '确定下班').click();
  return true;
};

const sos: Driver = async (page) => {
  if (await page.getByRole('region', { name: '本队求救' }).isVisible()) return false;
  await page.getByRole('button', { name: /^求救/ }).press('Enter');
  await button(page.getByRole('dialog'), '求救').click();
  return true;
};

const drivers: Record<PatrolAct, Driver> = {
  step,
  visit,
  checkIn,
  recheck,
  shift: endShift,
  decline,
  sos,
};
const instead: readonly PatrolAct[] = ['step', 'visit', 'recheck', 'checkIn'];

/** Does it, or the next best; resolves with what it came to. */
export async function doPatrolAct(page: Page, act: PatrolAct, draw: Draw): Promise<string> {
  if (!(await isOnShift(page))) {
    await startShift(page, draw);
    return 'startShift';
  }
  for (const kind of [act, ...instead]) if (await drivers[kind](page, draw)) return kind;
  return 'nothing';
}
