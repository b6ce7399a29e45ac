import { useEffect, useEffectEvent } from 'react';
import { useConnection } from '../kernel/connection.ts';
import { isSenders, pauseSeconds, sendWaiting, useOutbox } from './outbox.ts';
import type { Deliver, Outgoing, Receipt } from './outbox.ts';

/** Keeps trying what waits: after a growing pause, and at once when the server is heard again. */
export function useOutboxRetries(
  userId: string | null,
  deliver: Deliver,
  onSent: (item: Outgoing, receipt: Receipt) => void,
): void {
  const items = useOutbox((store) => store.items);
  const mine = items.filter((item) => !item.refused && isSenders(item, userId));
  const waiting = mine.length;
  const attempts = Math.min(...mine.map((item) => item.attempts), 99);
  const busy = useOutbox((store) => store.sending.size > 0);
  const reachable = useConnection((connection) => connection.state === 'live');
  const go = useEffectEvent(() => void sendWaiting(userId, deliver, onSent));

  useEffect(() => {
    if (reachable) go();
  }, [reachable]);
  useEffect(() => {
    if (waiting === 0 || busy) return;
    const timer = setTimeout(() => go(), pauseSeconds(attempts) * 1000);
    return () => clearTimeout(timer);
  }, [waiting, attempts, busy]);
}
