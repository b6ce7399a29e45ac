/** What may be sent now, and when to look again: a pure function of the queue. */
import { lineOf } from './item.ts';
import type { StoredItem } from './item.ts';

/** This many subjects are sent side by side; urgent items don't count. */
export const parallelSubjects = 3;

export interface Moment {
  /** ms */
  now: number;
  /** whose session this is; null = nobody is signed in; undefined = not known yet */
  senderId: string | null | undefined;
  /** the server said that the sender is not signed in */
  signedOut: boolean;
  sending: ReadonlySet<string>;
  /** ms before which an item is not tried again */
  notBefore: ReadonlyMap<string, number>;
  /** ms before which the server is not bothered at all, but for urgent items */
  pausedUntil: number;
  canDeliver: (item: StoredItem) => boolean;
}

export interface Turn {
  start: StoredItem[];
  /** ms of the next moment at which something may become ready by itself; null = none */
  wakeAt: number | null;
}

const mayGoOut = (item: StoredItem, at: Moment): boolean =>
  at.canDeliver(item) && (item.userId === null || (item.userId === at.senderId && !at.signedOut));

/**
 * Track points carry their own times and nobody could mend them: a refused batch holds back nothing. A call for help
 * waits for nothing either.
 */
const standsAlone = (item: StoredItem): boolean =>
  item.urgent || (item.kind === 'track.points' && item.state === 'refused');

/** `items` in order. Of each line only the first is looked at. */
export function nextTurn(items: readonly StoredItem[], at: Moment): Turn {
  const seen = new Set<string>();
  const ready: StoredItem[] = [];
  let wakeAt: number | null = null;
  for (const item of items) {
    if (!standsAlone(item)) {
      const line = lineOf(item);
      if (seen.has(line)) continue;
      seen.add(line);
    }
    if (item.state === 'refused' || at.sending.has(item.id) || !mayGoOut(item, at)) continue;
    const notBefore = Math.max(at.notBefore.get(item.id) ?? 0, item.urgent ? 0 : at.pausedUntil);
    if (notBefore <= at.now) ready.push(item);
    else wakeAt = Math.min(wakeAt ?? notBefore, notBefore);
  }
  const calm = items.filter((item) => at.sending.has(item.id) && !item.urgent).length;
  const room = Math.max(0, parallelSubjects - calm);
  const urgent = ready.filter((item) => item.urgent);
  return { start: [...urgent, ...ready.filter((item) => !item.urgent).slice(0, room)], wakeAt };
}

/** ms until the next attempt after so many failures in a row: 1, 2, 4 … 60 s, ± 20 % so that a city's devices spread. */
export function pauseMs(failures: number, random: () => number): number {
  const whole = Math.min(60_000, 1000 * 2 ** Math.min(Math.max(0, failures - 1), 10));
  return whole * (0.8 + 0.4 * random());
}
export const urgentPauseMs = 2_000;
/** An urgent attempt without an answer is given up after this, and made again. */
export const urgentPatienceMs = 6_000;
