/** Visits owed to people who stayed outside, the soonest due first. A recheck never closes by itself. */
import { useTranslation } from 'react-i18next';
import { useRechecks } from '../dispatch/store.ts';
import { StateBlock } from '../ui/state-block.tsx';
import { RecheckFacts } from './recheck-facts.tsx';
import classes from './queue.module.css';
import { chooseCluster, useBoard } from './store.ts';

export function RecheckList() {
  const { t } = useTranslation('dispatch');
  const rechecks = useRechecks();
  const selected = useBoard((board) => board.clusterId);
  return (
    <div className={classes['list']}>
      {rechecks.length === 0 && <StateBlock kind="empty" title={t('recheck.none')} />}
      {rechecks.map((recheck) => (
        <button
          key={recheck.id}
          type="button"
          className={classes['row']}
          data-selected={recheck.clusterId === selected || undefined}
          aria-pressed={recheck.clusterId === selected}
          onClick={() => chooseCluster(recheck.clusterId, true)}
        >
          <RecheckFacts recheck={recheck} />
        </button>
      ))}
    </div>
  );
}
