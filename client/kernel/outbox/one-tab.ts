/**
 * Of all tabs of this device one sends. Web Locks see to it where the browser has them (secure pages); the tab in
 * front takes the lock over, since one in the background is slowed down. Elsewhere a lease in localStorage does, and
 * without that every tab sends: the ids make that harmless.
 */

const lockName = 'nuanxun.outbox';
const patienceMs = 2_000;

/** Calls `may(true)` while this tab is the one. Gives back what ends it. */
export function beTheOne(may: (is: boolean) => void): () => void {
  if (typeof navigator !== 'undefined' && 'locks' in navigator && navigator.locks)
    return byLock(navigator.locks, may);
  return byLease(may);
}

function byLock(locks: LockManager, may: (is: boolean) => void): () => void {
  let stopped = false;
  let isMine = false;
  let release: () => void = () => undefined;
  let queue = new AbortController();

  const request = (options: LockOptions): void => {
    let held = false;
    const hold = (): Promise<void> | undefined => {
      if (stopped) return undefined;
      held = true;
      isMine = true;
      may(true);
      return new Promise((resolve) => {
        release = resolve;
      });
    };
    locks.request(lockName, options, hold).catch(() => {
      // Taken over by the tab in front: stand in line again.
      if (!held || stopped) return;
      isMine = false;
      may(false);
      wait();
    });
  };
  const wait = (): void => {
    queue = new AbortController();
    request({ signal: queue.signal });
  };
  const takeOver = (): void => {
    if (stopped || isMine || document.visibilityState !== 'visible') return;
    queue.abort();
    request({ steal: true });
  };
  wait();
  document.addEventListener('visibilitychange', takeOver);
  // Opened in front of one that may be asleep.
  const patience = setTimeout(takeOver, patienceMs);
  return () => {
    stopped = true;
    clearTimeout(patience);
    document.removeEventListener('visibilitychange', takeOver);
    queue.abort();
    release();
    if (isMine) may(false);
  };
}

const leaseKey = 'nuanxun.outbox.lease';
const leaseMs = 6_000;
const renewMs = 2_000;

function byLease(may: (is: boolean) => void): () => void {
  const self = Math.random().toString(36).slice(2);
  let isMine = false;
  const settle = (mine: boolean) => {
    if (mine !== isMine) may(mine);
    isMine = mine;
  };
  const renew = () => {
    try {
      const [holder = '', until = '0'] = (localStorage.getItem(leaseKey) ?? '').split(' ');
      const isFree =
        holder === self || Number(until) < Date.now() || Number(until) > Date.now() + leaseMs;
      if (isFree) localStorage.setItem(leaseKey, `${self} ${Date.now() + leaseMs}`);
      settle(isFree);
    } catch {
      settle(true);
    }
  };
  renew();
  const timer = setInterval(renew, renewMs);
  return () => {
    clearInterval(timer);
    if (isMine) {
      try {
        localStorage.removeItem(leaseKey);
      } catch {
        // it runs out by itself
      }
    }
    settle(false);
  };
}
