/** Keeps the screen awake while something is recorded: with a dark screen the browser hears no positions. */
import { useEffect, useState } from 'react';

export type WakeState = 'off' | 'held' | 'refused' | 'unsupported';

export function useWakeLock(wanted: boolean): WakeState {
  const [state, setState] = useState<WakeState>('off');
  useEffect(() => {
    if (!wanted) {
      setState('off');
      return;
    }
    if (!('wakeLock' in navigator)) {
      setState('unsupported');
      return;
    }
    let over = false;
    let lock: WakeLockSentinel | null = null;
    const ask = async () => {
      if (document.visibilityState !== 'visible' || (lock !== null && !lock.released)) return;
      try {
        const next = await navigator.wakeLock.request('screen');
        if (over) return void next.release();
        lock = next;
        setState('held');
      } catch {
        if (!over) setState('refused');
      }
    };
    // The browser lets go of the lock whenever the page is hidden.
    const again = () => void ask();
    void ask();
    document.addEventListener('visibilitychange', again);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', again);
      void lock?.release();
    };
  }, [wanted]);
  return state;
}
