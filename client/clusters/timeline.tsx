/** What happened at a place, newest first. */
import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '../../shared/clusters/schema.ts';
import { useFormat } from '../kernel/use-format.ts';
import { Ago } from '../ui/ago.tsx';
import classes from './timeline.module.css';

export function Timeline(props: {
  entries: readonly TimelineEntry[];
  /** the details of an entry in words, e.g. which team and which outcome */
  describe: (entry: TimelineEntry) => string;
}) {
  const { t } = useTranslation('clusters');
  const format = useFormat();
  if (props.entries.length === 0) return <p className={classes['empty']}>{t('timeline.empty')}</p>;
  return (
    <ol className={classes['list']}>
      {props.entries.map((entry) => {
        const details = props.describe(entry);
        const { heardAt } = entry.details;
        return (
          <li key={entry.id} className={classes['entry']}>
            <span className={classes['clock']}>{format.time(entry.at)}</span>
            <span>
              <strong>{t(`timeline.${entry.kind}`)}</strong>
              {details !== '' && <span> · {details}</span>}
              <span className={classes['quiet']}>
                {entry.userName === null || details.includes(entry.userName)
                  ? ''
                  : `${entry.userName} · `}
                <Ago at={entry.at} tappable />
                {typeof heardAt === 'string' &&
                  ` · ${t('heardLate', { time: format.time(heardAt) })}`}
              </span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
