import type { Fault } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { StateBlock } from './state-block.tsx';

/** In the place of what was asked and isn't there: it is on its way, or why it didn't come. */
export function AskedState(props: { fault: Fault | null; onRetry: () => void }) {
  const { sentence } = useFaultWords();
  if (props.fault === null) return <StateBlock kind="loading" compact />;
  return <StateBlock kind="error" compact text={sentence(props.fault)} onRetry={props.onRetry} />;
}
