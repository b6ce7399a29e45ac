/** Visits owed to people who stayed outside: overdue first, how far, and why. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecheckView } from '../../shared/dispatch/schema.ts';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import { useDistanceWords } from './here.ts';
import classes from './panel.module.css';
import { choose, usePatrolScreen } from './store.ts';
import { useOwedRechecks } from './use-owed-rechecks.ts';

const first = 4;

export function RecheckRows() {
  const { t } = useTranslation(['dispatch', 'patrol']);
  const rechecks = useOwedRechecks();
  const away = useDistanceWords();
  const choice = usePatrolScreen((screen) => screen.choice);
  const [shown, setShown] = useState(first);
  return (
    <>
      {rechecks.length === 0 && <p className={classes['quiet']}>{t('dispatch:recheck.none')}</p>}
      {rechecks.slice(0, shown).map((recheck) => (
        <button
          key={recheck.id}
          type="button"
          className={classes['row']}
          data-selected={choice?.id === recheck.id || undefined}
          onClick={() => choose({ kind: 'recheck', id: recheck.id }, true)}
        >
          <RecheckFacts recheck={recheck} aside={away(recheck)} />
        </button>
      ))}
      {rechecks.length > shown && (
        <BigButton tone="quiet" onClick={() => setShown((count) => count + 20)}>
          {t('patrol:moreShown', { count: Math.min(20, rechecks.length - shown) })}
        </BigButton>
      )}
    </>
  );
}

export function RecheckFacts(props: { recheck: RecheckView; aside?: string | null }) {
  const { t } = useTranslation(['dispatch', 'sightings']);
  const format = useFormat();
  const { recheck, aside = null } = props;
  const left = Date.parse(recheck.dueAt) - format.now;
  const flags = recheck.flags.map((flag) => t(`sightings:flag.${flag}`));
  return (
    <span className={classes['facts']}>
      <strong className={left < 0 ? classes['late'] : undefined}>
        {left < 0
          ? t('dispatch:recheck.overdue', { duration: format.duration(-left) })
          : t('dispatch:recheck.due', { duration: format.duration(left) })}
      </strong>
      <span className={classes['quiet']}>
        {[
          t(`dispatch:outcome.${recheck.outcome}`),
          ...flags,
          ...(aside === null ? [] : [aside]),
        ].join(' · ')}
      </span>
    </span>
  );
}
