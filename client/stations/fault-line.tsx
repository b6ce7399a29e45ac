import type { Fault } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import classes from './house.module.css';

export function FaultLine({ fault }: { fault: Fault | null }) {
  const { sentence } = useFaultWords();
  if (fault === null) return null;
  return (
    <p className={classes['fault']} role="alert">
      {sentence(fault)}
    </p>
  );
}
