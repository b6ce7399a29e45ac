import { useCallback, useEffect, useState } from 'react';
import type { TipStatus } from '../../shared/tips/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';

const everyMs = 15_000;

/** Asks what became of a tip, again every fifteen seconds while the page is visible. */
export function useTipStatus(
  cityId: string | null,
  code: string,
): { status: TipStatus | null; fault: Fault | null; ask: () => void } {
  const [status, setStatus] = useState<TipStatus | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const ask = useCallback(() => {
    if (cityId === null) return;
    api.tips.track.query({ cityId, code }).then(
      (answer) => {
        setStatus(answer);
        setFault(null);
      },
      (error: unknown) => setFault(faultOf(error)),
    );
  }, [cityId, code]);
  useEffect(() => {
    ask();
    const whenSeen = () => {
      if (document.visibilityState === 'visible') ask();
    };
    const timer = setInterval(whenSeen, everyMs);
    document.addEventListener('visibilitychange', whenSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', whenSeen);
    };
  }, [ask]);
  return { status, fault, ask };
}
