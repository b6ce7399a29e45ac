import { useTranslation } from 'react-i18next';
import type { ResponseLevel } from '../../shared/response/schema.ts';
import classes from './level-badge.module.css';

/** An official warning level: its colour and always its word. */
export function LevelBadge(props: { level: ResponseLevel; size?: 'small' | 'large' }) {
  const { t } = useTranslation('response');
  return (
    <span
      className={classes['badge']}
      data-size={props.size ?? 'small'}
      style={{
        background: `var(--nx-level-${props.level})`,
        color: `var(--nx-on-level-${props.level})`,
      }}
    >
      {t(`level.${props.level}`)}
    </span>
  );
}
