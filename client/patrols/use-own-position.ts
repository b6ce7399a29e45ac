import { useCallback, useEffect, useRef, useState } from 'react';
import type { TeamPositionReport } from '../../shared/patrols/schema.ts';
import { serverNow } from '../kernel/clock.ts';
import { useLive } from '../realtime/live.tsx';
import { isWorthSending, reportOf } from './own-position.ts';
import type { OwnFix } from './own-position.ts';

const patienceMs = 20_000;
/** A parked vehicle reports no movement by itself; the others should still see that it is there. */
const askAgainMs = 60_000;

/** Watches the device's position. */
export function useOwnPosition(): { fix: OwnFix; again: () => void } {
  const [fix, setFix] = useState<OwnFix>({ state: 'finding' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!('geolocation' in navigator)) {
      setFix({ state: 'failed' });
      return;
    }
    const found = ({ coords, timestamp }: GeolocationPosition) => {
      const atMs = serverNow() - Math.max(0, Date.now() - timestamp);
      const report = reportOf(coords, new Date(atMs).toISOString());
      setFix({ state: 'found', report, coords, atMs });
    };
    const failed = (error: GeolocationPositionError) =>
      setFix((before) => {
        if (error.code === error.PERMISSION_DENIED) return { state: 'denied' };
        return before.state === 'found' ? before : { state: 'failed' };
      });
    const options = { enableHighAccuracy: true, timeout: patienceMs, maximumAge: 5_000 };
    const id = navigator.geolocation.watchPosition(found, failed, options);
    const timer = setInterval(
      () => navigator.geolocation.getCurrentPosition(found, failed, { ...options, maximumAge: 0 }),
      askAgainMs,
    );
    return () => {
      navigator.geolocation.clearWatch(id);
      clearInterval(timer);
    };
  }, [round]);
  const again = useCallback(() => {
    setFix({ state: 'finding' });
    setRound((count) => count + 1);
  }, []);
  return { fix, again };
}

/** Tells the others where this team is while it is on duty, and only then. */
export function useSentPosition(report: TeamPositionReport | null, onDuty: boolean): void {
  const live = useLive();
  const last = useRef<TeamPositionReport | null>(null);
  useEffect(() => {
    if (!onDuty) last.current = null;
    if (!onDuty || report === null || live === null || !isWorthSending(last.current, report))
      return;
    last.current = report;
    live.sendPosition(report);
  }, [report, onDuty, live]);
}
