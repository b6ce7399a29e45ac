import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

describe('turns', () => {
  it('let so many work at once, in the order they came, also when one fails', async () => {
    const turns = new Turns(2);
    const began: number[] = [];
    let atOnce = 0;
    let most = 0;
    const all = Array.from({ length: 9 }, (_, number) =>
      turns.take(async () => {
        began.push(number);
        most = Math.max(most, (atOnce += 1));
        await new Promise((resolve) => setTimeout(resolve, 1));
        atOnce -= 1;
        if (number === 3) throw new Error('broken');
        return number;
      }),
    );
    const ends = await Promise.allSettled(all);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
    expect(most).toBe(2);
    expect(began).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
