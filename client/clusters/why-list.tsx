import { useTranslation } from 'react-i18next';
import type { Priority } from '../../shared/clusters/priority.ts';
import { PriorityMark } from '../ui/priority-mark.tsx';
import { useReasonWords } from './use-reason-words.ts';
import classes from './why-list.module.css';

/** Why a place matters: its level and every reason, heaviest first; what lowers it stands apart. */
export function WhyList(props: { priority: Priority }) {
  const { t } = useTranslation('clusters');
  const reasonWords = useReasonWords();
  const { priority } = props;
  return (
    <div className={classes['why']}>
      <PriorityMark level={priority.level} label={t('priority.label', { level: priority.level })} />
      <strong>{t(`priority.${priority.level}`)}</strong>
      <ul className={classes['reasons']}>
        {priority.reasons.map((reason) => (
          <li
            key={`${reason.code}${reason.code === 'flag' ? reason.flag : ''}`}
            data-lowers={reason.points < 0 || undefined}
          >
            {reasonWords(reason)}
          </li>
        ))}
      </ul>
    </div>
  );
}
