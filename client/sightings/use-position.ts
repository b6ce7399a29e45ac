/** The phone's position, watched while the report is open: the newest fix that isn't much worse than the best. */
import { useCallback, useEffect, useState } from 'react';
import type { Position } from '../../shared/geo/position.ts';

export type Fix =
  | { state: 'finding' }
  | { state: 'found'; position: Position; accuracyMeters: number }
  | { state: 'denied' }
  | { state: 'failed' };

const patienceMs = 20_000;

export function usePosition(wanted: boolean): { fix: Fix; again: () => void } {
  const [fix, setFix] = useState<Fix>({ state: 'finding' });
  const [round, setRound] = useState(0);

  useEffect(() => {
    if (!wanted) return;
    if (!('geolocation' in navigator)) {
      setFix({ state: 'failed' });
      return;
    }
    const id = navigator.geolocation.watchPosition(
      ({ coords }) =>
        setFix((before) => {
          const accuracyMeters = Math.max(1, coords.accuracy);
          if (before.state === 'found' && accuracyMeters > before.accuracyMeters * 2) return before;
          const position = { lon: coords.longitude, lat: coords.latitude };
          return { state: 'found', position, accuracyMeters };
        }),
      (error) =>
        setFix((before) => {
          if (before.state === 'found') return before;
          return { state: error.code === error.PERMISSION_DENIED ? 'denied' : 'failed' };
        }),
      { enableHighAccuracy: true, timeout: patienceMs, maximumAge: 15_000 },
    );
    return () => navigator.geolocation.clearWatch(id);
  }, [wanted, round]);

  const again = useCallback(() => {
    setFix({ state: 'finding' });
    setRound((count) => count + 1);
  }, []);
  return { fix, again };
}
