/** For a patrol: what of its own came late and met a changed city; gone once the desk has looked at it. */
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../kernel/use-format.ts';
import classes from './conflicts.module.css';
import { useConflicts } from './store.ts';
import { useConflictWords } from './use-conflict-words.ts';
import type { TeamName } from './use-conflict-words.ts';

export function ConflictNotices(props: { teamId: string | null; teamName: TeamName }) {
  const { t } = useTranslation('field');
  const format = useFormat();
  const words = useConflictWords(props.teamName);
  const own = useConflicts().filter(({ teamId }) => teamId !== null && teamId === props.teamId);
  if (own.length === 0) return null;
  return (
    <ul className={classes['notices']} aria-label={t('list')} aria-live="polite">
      {own.map((conflict) => (
        <li key={conflict.id} className={classes['notice']}>
          <IconArrowsSplit2 size={24} aria-hidden />
          <div>
            <p>{words.own(conflict)}</p>
            <p className={classes['when']}>
              {t('did', {
                action: t(`action.${conflict.action}`),
                time: format.time(conflict.at),
              })}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
