/** How much room this device has left for what waits. */

export interface Space {
  usedBytes: number;
  quotaBytes: number;
  /** less than 50 MB or 5 % left: warn before it is full */
  low: boolean;
}

const lowBytes = 50e6;
const lowPart = 0.05;
/** Kept free of pictures and voice, so that words still fit when those no longer do. */
export const reservedBytes = 10e6;

export const freeBytes = (space: Space): number => Math.max(0, space.quotaBytes - space.usedBytes);

export function spaceOf(usedBytes: number, quotaBytes: number): Space {
  const free = quotaBytes - usedBytes;
  return { usedBytes, quotaBytes, low: free < lowBytes || free < quotaBytes * lowPart };
}

/** null = the browser does not say. */
export async function readSpace(): Promise<Space | null> {
  try {
    const { usage, quota } = await navigator.storage.estimate();
    return usage === undefined || quota === undefined ? null : spaceOf(usage, quota);
  } catch {
    return null;
  }
}

let asked = false;
/** Asks the browser, once, not to clear this away when the device runs short. */
export async function keepForGood(): Promise<void> {
  if (asked) return;
  asked = true;
  try {
    if (!(await navigator.storage.persisted())) await navigator.storage.persist();
  } catch {
    // a browser that cannot promise it keeps it as well as it can
  }
}
