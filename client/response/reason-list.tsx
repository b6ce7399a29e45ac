import type { RuleReason } from '../../shared/response/schema.ts';
import classes from './response.module.css';
import { useRuleReasonWords } from './use-reason-words.ts';

export function ReasonList({ reasons }: { reasons: readonly RuleReason[] }) {
  const words = useRuleReasonWords();
  return (
    <ul className={classes['reasons']}>
      {reasons.map((reason) => (
        <li key={words(reason)} data-code={reason.code}>
          {words(reason)}
        </li>
      ))}
    </ul>
  );
}
