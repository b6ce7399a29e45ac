/** One thing asked of the server by a button: busy while it runs; a fault stays with what was typed. */
import { useState } from 'react';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';

export function useAct() {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setFault(null);
    try {
      await work();
      return true;
    } catch (error) {
      setFault(faultOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, fault, run };
}
