import type { Log } from './log.ts';

const everyMs = 10_000;

/**
 * Looks for cities where something is due and brings it about, six times a minute, until stopped. A city that fails is no
 * reason to leave the others alone.
 * @param what said in the log when it fails, such as "check-ins"
 * @param find without the city's lock: most times there is nothing
 */
export function startWatch(
  log: Log,
  what: string,
  find: () => Promise<readonly { cityId: string }[]>,
  settle: (cityId: string) => Promise<unknown>,
): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  const tell = (error: unknown): void => {
    if (!stopped) log('error', `${what} could not be watched`, { error });
  };
  const watch = async (): Promise<void> => {
    try {
      const due = await find();
      for (const cityId of new Set(due.map((one) => one.cityId)))
        if (!stopped) await settle(cityId).catch(tell);
    } catch (error) {
      tell(error);
    }
  };
  const timer = setInterval(() => {
    running = running.then(watch);
  }, everyMs);
  timer.unref();
  return {
    stop: () => {
      stopped = true;
      clearInterval(timer);
      return running;
    },
  };
}
