/** How old the plan is, and what it rests on. */
import { useTranslation } from 'react-i18next';
import { useFormat } from '../kernel/use-format.ts';
import classes from './plan-state.module.css';
import { usePlan } from './store.ts';

export function PlanState() {
  const { t } = useTranslation('planDesk');
  const format = useFormat();
  const { plan, fault } = usePlan();
  if (plan === null) return null;
  const ago = format.ago(plan.madeAt);
  return (
    <p className={classes['state']} data-stale={fault !== null || undefined} role="status">
      {fault === null ? t('madeAt', { ago }) : t('stale', { ago })}
      {plan.solver === 'vroom' && ` · ${t('vroom')}`}
      {plan.estimated && ` · ${t('estimated')}`}
    </p>
  );
}
