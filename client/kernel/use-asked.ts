import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import { faultOf } from './fault.ts';
import type { Fault } from './fault.ts';

export interface Asked<Answer> {
  /** null until the first answer */
  answer: Answer | null;
  fault: Fault | null;
  reload: () => void;
}

/**
 * Something asked of the server once, and again on `reload` or when `about` is another; what is there stays until the
 * new answer comes.
 */
export function useAsked<Answer>(ask: () => Promise<Answer>, about: unknown = null): Asked<Answer> {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const run = useEffectEvent(ask);
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  useEffect(() => {
    let here = true;
    setFault(null);
    run().then(
      (found) => here && setAnswer(found),
      (error: unknown) => here && setFault(faultOf(error)),
    );
    return () => {
      here = false;
    };
  }, [round, about]);
  return { answer, fault, reload };
}
