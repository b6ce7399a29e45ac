/** One place in a list: how urgent, why, since when, and who is on it. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Ago } from '../ui/ago.tsx';
import { PriorityMark } from '../ui/priority-mark.tsx';
import classes from './cluster-row.module.css';
import type { RankedCluster } from './store.ts';
import { useHeadcountWords } from './use-headcount-words.ts';
import { useReasonWords } from './use-reason-words.ts';

const reasonsShown = 3;

export function ClusterRow(props: {
  ranked: RankedCluster;
  selected: boolean;
  /** who is on it, e.g. team and state */
  status?: ReactNode;
  /** e.g. the distance from here */
  aside?: ReactNode;
  onSelect: (clusterId: string) => void;
}) {
  const { t } = useTranslation('clusters');
  const reasonWords = useReasonWords();
  const headcount = useHeadcountWords();
  const { cluster, priority } = props.ranked;
  // How many people, and how many reports, is said already.
  const reasons = priority.reasons.filter(
    ({ code, points }) => points > 0 && code !== 'headcount' && code !== 'reported',
  );
  return (
    <button
      type="button"
      className={classes['row']}
      data-selected={props.selected || undefined}
      data-emergency={priority.emergency || undefined}
      aria-pressed={props.selected}
      onClick={() => props.onSelect(cluster.id)}
    >
      <PriorityMark level={priority.level} label={t('priority.label', { level: priority.level })} />
      <span className={classes['body']}>
        <span className={classes['head']}>
          <strong>{headcount(cluster)}</strong>
          <span className={classes['time']}>
            <Ago at={cluster.firstSeenAt} />
          </span>
        </span>
        {priority.emergency && <span className={classes['emergency']}>{t('emergency')}</span>}
        <span className={classes['reasons']}>
          {[
            ...(cluster.reportCount === 0 ? [] : [t('reports', { count: cluster.reportCount })]),
            ...reasons.slice(0, reasonsShown).map(reasonWords),
          ].join(' · ')}
        </span>
        {(props.status !== undefined || props.aside !== undefined) && (
          <span className={classes['foot']}>
            {props.status}
            {props.aside}
          </span>
        )}
      </span>
    </button>
  );
}
