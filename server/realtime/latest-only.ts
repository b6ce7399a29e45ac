/** Lets one sender have one thing done at a time, so that no single socket can keep the database busy. */
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Takes items one after another, with a pause between two that come without one. Of those that come
 * meanwhile only the last is taken: it makes the others void. `work` must not reject.
 */
export function latestOnly<T>(
  work: (item: T) => Promise<void>,
  pauseMs: number,
): (item: T) => void {
  let busy = false;
  let next: { item: T } | null = null;
  const run = async (first: T): Promise<void> => {
    busy = true;
    await work(first);
    while (next !== null) {
      await wait(pauseMs);
      const { item }: { item: T } = next;
      next = null;
      await work(item);
    }
    busy = false;
  };
  return (item) => {
    if (busy) next = { item };
    else void run(item);
  };
}
