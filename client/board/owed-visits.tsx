/** Rechecks owed at the chosen place: what happened before, and when somebody should look again. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useRechecks } from '../dispatch/store.ts';
import { RecheckFacts } from './recheck-facts.tsx';
import classes from './place-detail.module.css';

export function OwedVisits({ clusterId }: { clusterId: string }) {
  const { t } = useTranslation(['board', 'dispatch']);
  const rechecks = useRechecks();
  const owed = useMemo(
    () => rechecks.filter((recheck) => recheck.clusterId === clusterId),
    [rechecks, clusterId],
  );
  if (owed.length === 0) return null;
  return (
    <div className={classes['part']}>
      <h3>{t('dispatch:recheck.owed')}</h3>
      {owed.map((recheck) => (
        <div key={recheck.id} className={classes['owed']}>
          <RecheckFacts recheck={recheck} />
        </div>
      ))}
      <p className={classes['quiet']}>{t('board:recheckText')}</p>
    </div>
  );
}
