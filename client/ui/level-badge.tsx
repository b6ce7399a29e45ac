import { useTranslation } from 'react-i18next';
import { responseLevels } from '../../shared/response/levels.ts';
import type { ResponseLevel } from '../../shared/response/levels.ts';
import classes from './level-badge.module.css';

/** Four steps, as many filled as the level is high: the rank without its colour. */
function Steps({ level }: { level: ResponseLevel }) {
  const rank = responseLevels.indexOf(level);
  return (
    <svg viewBox="0 0 16 14" width="16" height="14" aria-hidden>
      {responseLevels.map((one, index) => (
        <rect
          key={one}
          x={0.5 + index * 4}
          y={9.5 - index * 3}
          width="3"
          height={4 + index * 3}
          fill={index <= rank ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="0.8"
        />
      ))}
    </svg>
  );
}

/** An official warning level: its colour, its word and its rank; a drill has an outline in place of the filling. */
export function LevelBadge(props: {
  level: ResponseLevel;
  size?: 'small' | 'large';
  drill?: boolean;
}) {
  const { t } = useTranslation('response');
  const { level, drill = false } = props;
  return (
    <span
      className={classes['badge']}
      data-size={props.size ?? 'small'}
      data-level={level}
      data-drill={drill || undefined}
    >
      {drill && <b className={classes['drill']}>{t('drill')}</b>}
      <Steps level={level} />
      {t(`level.${level}`)}
    </span>
  );
}
