import { useEffect, useState } from 'react';

/** Shorter looks elsewhere cost the track next to nothing. */
const worthTellingMs = 60_000;

export interface HiddenGap {
  /** milliseconds since 1970 */
  from: number;
  to: number;
}

/** The last time this page was not to be seen for long, while `watching`: nothing was recorded then. */
export function useHiddenGap(watching: boolean): { gap: HiddenGap | null; dismiss: () => void } {
  const [gap, setGap] = useState<HiddenGap | null>(null);
  useEffect(() => {
    if (!watching) {
      setGap(null);
      return;
    }
    let hiddenAt: number | null = null;
    const turn = () => {
      if (document.visibilityState === 'hidden') hiddenAt = Date.now();
      else if (hiddenAt !== null) {
        const found = { from: hiddenAt, to: Date.now() };
        hiddenAt = null;
        if (found.to - found.from >= worthTellingMs) setGap(found);
      }
    };
    document.addEventListener('visibilitychange', turn);
    return () => document.removeEventListener('visibilitychange', turn);
  }, [watching]);
  return { gap, dismiss: () => setGap(null) };
}
