/** The phone's position, watched while the report is open: the newest fix, unless a better one is of the same place. */
import { useCallback, useEffect, useState } from 'react';
import type { Position } from '../../shared/geo/position.ts';

export type Fix =
  | { state: 'finding' }
  | { state: 'found'; position: Position; accuracyMeters: number }
  | { state: 'denied' }
  | { state: 'failed' };

type Found = Extract<Fix, { state: 'found' }>;

const patienceMs = 20_000;
/** Out of sight this long, a phone may be anywhere; a call to 120 or a photo is shorter, and keeps the place in sight. */
const awayMs = 5 * 60_000;

const metersPerDegree = 111_195;
/** Good enough for a street's length. */
function metersBetween(a: Position, b: Position): number {
  const east = (a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(east, a.lat - b.lat) * metersPerDegree;
}

/** The newer one, unless it is much worse and may be the same place. */
export function betterFix(before: Fix, next: Found): Found {
  if (before.state !== 'found' || next.accuracyMeters <= before.accuracyMeters * 2) return next;
  const far = metersBetween(before.position, next.position);
  return far > before.accuracyMeters + next.accuracyMeters ? next : before;
}

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
        setFix((before) =>
          betterFix(before, {
            state: 'found',
            position: { lon: coords.longitude, lat: coords.latitude },
            accuracyMeters: Math.max(1, coords.accuracy),
          }),
        ),
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
  useEffect(() => {
    let hiddenAt = 0;
    const turn = () => {
      if (document.visibilityState === 'hidden') hiddenAt = Date.now();
      else if (hiddenAt > 0 && Date.now() - hiddenAt > awayMs) again();
    };
    document.addEventListener('visibilitychange', turn);
    return () => document.removeEventListener('visibilitychange', turn);
  }, [again]);
  return { fix, again };
}
