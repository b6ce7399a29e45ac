/** The plan in the list on the left: how it stands, what is missing, what it proposes. */
import { useTranslation } from 'react-i18next';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { readPlanNow } from '../planning/follow-plan.ts';
import { PlanState } from '../planning/plan-state.tsx';
import { Proposals } from '../planning/proposals.tsx';
import { Shortfalls } from '../planning/shortfalls.tsx';
import { usePlan } from '../planning/store.ts';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './queue.module.css';

export function PlanTab() {
  const { t } = useTranslation('planDesk');
  const { plan, fault, first } = usePlan();
  const { sentence } = useFaultWords();
  return (
    <section className={classes['list']} aria-label={t('list')}>
      {plan === null && fault !== null && (
        <StateBlock kind="error" text={sentence(fault)} onRetry={readPlanNow} />
      )}
      {plan === null && fault === null && first && <StateBlock kind="loading" />}
      {plan === null && fault === null && !first && (
        <StateBlock kind="empty" title={t('empty.none')} text={t('empty.noneText')} />
      )}
      {plan !== null && (
        <>
          <PlanState />
          <Shortfalls all={plan.shortfalls} />
          <Proposals plan={plan} />
        </>
      )}
    </section>
  );
}
