/** Visits owed to people who stayed outside, the soonest due first. A recheck never closes by itself. */
import { useTranslation } from 'react-i18next';
import { useRechecks } from '../dispatch/store.ts';
import { useFormat } from '../kernel/use-format.ts';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './queue.module.css';
import { chooseCluster, useBoard } from './store.ts';

export function RecheckList() {
  const { t } = useTranslation(['dispatch', 'sightings']);
  const format = useFormat();
  const rechecks = useRechecks();
  const selected = useBoard((board) => board.clusterId);
  return (
    <div className={classes['list']}>
      {rechecks.length === 0 && <StateBlock kind="empty" title={t('dispatch:recheck.none')} />}
      {rechecks.map((recheck) => {
        const left = Date.parse(recheck.dueAt) - format.now;
        return (
          <button
            key={recheck.id}
            type="button"
            className={classes['row']}
            data-selected={recheck.clusterId === selected || undefined}
            onClick={() => chooseCluster(recheck.clusterId, true)}
          >
            <span className={classes['head']}>
              <strong>{t(`dispatch:outcome.${recheck.outcome}`)}</strong>
              <span
                className={`${classes['end']} ${left < 0 ? classes['late'] : classes['quiet']}`}
              >
                {left < 0
                  ? t('dispatch:recheck.overdue', { duration: format.duration(-left) })
                  : t('dispatch:recheck.due', { duration: format.duration(left) })}
              </span>
            </span>
            {recheck.flags.length > 0 && (
              <span className={classes['quiet']}>
                {recheck.flags.map((flag) => t(`sightings:flag.${flag}`)).join(' · ')}
              </span>
            )}
          </button>
        );
      })}
    </div>
  );
}
