/** The plan along the foot of the board: one line that says how it stands, and the lanes when they are wanted. */
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LanesPanel } from '../planning/lanes-panel.tsx';
import { PlanState } from '../planning/plan-state.tsx';
import { proposalsOf } from '../planning/plan-stops.ts';
import { useSceneWords } from '../planning/scene.ts';
import { usePlanScreen } from '../planning/screen-store.ts';
import { usePlan } from '../planning/store.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { readPlanNow } from '../planning/follow-plan.ts';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './plan-drawer.module.css';
import { useBoard } from './store.ts';

export function PlanDrawer() {
  const { t } = useTranslation('planDesk');
  const { sentence } = useFaultWords();
  const open = usePlanScreen((screen) => screen.lanesOpen);
  const { plan, fault, first } = usePlan();
  return (
    <section className={classes['drawer']} data-open={open || undefined} aria-label={t('title')}>
      <div className={classes['bar']}>
        <button
          type="button"
          className={classes['toggle']}
          aria-expanded={open}
          onClick={() => usePlanScreen.setState({ lanesOpen: !open })}
        >
          {open ? (
            <IconChevronDown size={20} aria-hidden />
          ) : (
            <IconChevronUp size={20} aria-hidden />
          )}
          {open ? t('shut') : t('open')}
        </button>
        <Summary />
        {open && <PlanState />}
      </div>
      {open && plan !== null && <LanesPanel plan={plan} />}
      {open && plan === null && (
        <div className={classes['none']}>
          {fault !== null ? (
            <StateBlock kind="error" compact text={sentence(fault)} onRetry={readPlanNow} />
          ) : first ? (
            <StateBlock kind="loading" compact />
          ) : (
            <StateBlock kind="empty" compact title={t('empty.none')} text={t('empty.noneText')} />
          )}
        </div>
      )}
    </section>
  );
}

/** In one line: what waits for a decision, and what is missing; leads to the list. */
function Summary() {
  const { t } = useTranslation('planDesk');
  const words = useSceneWords();
  const plan = usePlan((store) => store.plan);
  const fault = usePlan((store) => store.fault);
  const first = usePlan((store) => store.first);
  if (plan === null)
    return (
      <span className={classes['summary']}>
        {t(first && fault === null ? 'reading' : 'empty.none')}
      </span>
    );
  const { now, changes } = proposalsOf(plan);
  const parts = [
    now.length > 0 ? t('summary.proposals', { count: now.length }) : null,
    changes.length > 0 ? t('summary.changes', { count: changes.length }) : null,
    plan.unserved.length > 0 ? t('summary.unserved', { count: plan.unserved.length }) : null,
  ].filter((part) => part !== null);
  const shortfall = plan.shortfalls[0];
  return (
    <button
      type="button"
      className={classes['summary']}
      onClick={() => useBoard.setState({ tab: 'plan' })}
    >
      {parts.length > 0 && <strong>{parts.join(' · ')}</strong>}
      {shortfall && (
        <span className={classes['short']}>
          {words.shortfall(shortfall)}
          {plan.shortfalls.length > 1 &&
            ` · ${t('summary.shortfalls', { count: plan.shortfalls.length })}`}
        </span>
      )}
      {parts.length === 0 && !shortfall && t('summary.calm')}
    </button>
  );
}
