/** One owed visit in words: what came of the last one, when the next is due, and about whom. */
import { useTranslation } from 'react-i18next';
import type { RecheckView } from '../../shared/dispatch/schema.ts';
import { useFormat } from '../kernel/use-format.ts';
import classes from './queue.module.css';

export function RecheckFacts({ recheck }: { recheck: RecheckView }) {
  const { t } = useTranslation(['dispatch', 'sightings']);
  const format = useFormat();
  const left = Date.parse(recheck.dueAt) - format.now;
  return (
    <>
      <span className={classes['head']}>
        <strong>{t(`dispatch:outcome.${recheck.outcome}`)}</strong>
        <span className={`${classes['end']} ${left < 0 ? classes['late'] : classes['quiet']}`}>
          {left < 0
            ? t('dispatch:recheck.overdue', { duration: format.duration(-left) })
            : t('dispatch:recheck.due', { duration: format.duration(left) })}
        </span>
      </span>
      <span className={classes['quiet']}>
        {[
          format.ago(recheck.createdAt),
          ...recheck.flags.map((flag) => t(`sightings:flag.${flag}`)),
        ].join(' · ')}
      </span>
    </>
  );
}
