/**
 * Whether this screen is up to date. `navigator.onLine` stays true when only the server is gone, so a small request
 * asks every ten seconds; a screen that follows events is live only while its socket is, too.
 */
import { useEffect, useEffectEvent } from 'react';
import { create } from 'zustand';
import { hearServerDate } from './clock.ts';

export type Reach = 'connecting' | 'live' | 'offline';
export interface Connection {
  state: Reach;
  /** ISO; the last moment what is on screen was known to be current */
  lastHeardAt: string | null;
}

export const useConnection = create<Connection>(() => ({ state: 'connecting', lastHeardAt: null }));

let probed: Reach = 'connecting';
/** null = this screen follows no events */
let link: Reach | null = null;

function settle(): void {
  const state = link === null ? probed : probed === 'offline' ? 'offline' : link;
  if (state === 'live') useConnection.setState({ state, lastHeardAt: new Date().toISOString() });
  else if (useConnection.getState().state !== state) useConnection.setState({ state });
}

/** What the socket says; null when there is none. */
export function setLink(state: Reach | null): void {
  link = state;
  if (state === 'live') probed = 'live';
  settle();
}

export function setProbed(state: Reach): void {
  probed = state;
  settle();
}

const everyMs = 10_000;
const patienceMs = 4_000;

async function probe(): Promise<void> {
  const askedAt = Date.now();
  try {
    const answer = await fetch('/healthz', {
      cache: 'no-store',
      signal: AbortSignal.timeout(patienceMs),
    });
    // The page a hotel's network puts before everything answers too, with another clock.
    const isOurs = answer.ok && (await answer.text()) === 'ok';
    if (isOurs) hearServerDate(answer.headers.get('date'), askedAt, Date.now());
    setProbed(isOurs ? 'live' : 'offline');
  } catch {
    setProbed('offline');
  }
}

/** Asks while the page is visible, and at once when something hints at a change. */
export function startProbe(): () => void {
  const ask = () => {
    if (document.visibilityState === 'visible') void probe();
  };
  ask();
  const timer = setInterval(ask, everyMs);
  window.addEventListener('online', ask);
  window.addEventListener('offline', ask);
  document.addEventListener('visibilitychange', ask);
  return () => {
    clearInterval(timer);
    window.removeEventListener('online', ask);
    window.removeEventListener('offline', ask);
    document.removeEventListener('visibilitychange', ask);
  };
}

/** Runs when the server can be reached again, while something `failed`. */
export function useWhenBack(failed: boolean, run: () => void): void {
  const again = useEffectEvent(run);
  useEffect(() => {
    if (!failed) return undefined;
    return useConnection.subscribe((now, before) => {
      if (now.state === 'live' && before.state !== 'live') again();
    });
  }, [failed]);
}

/** What is on screen was right then: it was kept from an earlier run. */
export function heardAt(at: string): void {
  if (useConnection.getState().lastHeardAt === null) useConnection.setState({ lastHeardAt: at });
}
