import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { latestOnly } from './latest-only.ts';

it('does one thing at a time, and of what comes meanwhile the last', async () => {
  const begun: number[] = [];
  let running = 0;
  const take = latestOnly(async (item: number) => {
    running += 1;
    expect(running).toBe(1);
    begun.push(item);
    await wait(5);
    running -= 1;
  }, 1);
  for (let item = 1; item <= 100; item += 1) take(item);
  await expect.poll(() => begun).toEqual([1, 100]);
  await expect.poll(() => running).toBe(0);
  await wait(5);
  take(101);
  await expect.poll(() => begun).toEqual([1, 100, 101]);
});
