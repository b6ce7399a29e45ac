import { useState } from 'react';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { notifyDone, notifyFault } from '../ui/notify.tsx';

/** Does something on the server: busy meanwhile, said when done, and what went wrong stays to be shown. */
export function useDeed() {
  const { sentence } = useFaultWords();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const run = async (work: () => Promise<unknown>, done: string): Promise<boolean> => {
    setBusy(true);
    setFault(null);
    try {
      await work();
      notifyDone(done);
      return true;
    } catch (error) {
      const found = faultOf(error);
      setFault(found);
      if (found.fields.length === 0) notifyFault(sentence(found));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, fault, run };
}
