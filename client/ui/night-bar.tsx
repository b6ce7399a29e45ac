/** What every screen wears while a cold night is in force: level, word, felt temperature. */
import { IconMoonStars } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ResponseLevel } from '../../shared/response/schema.ts';
import { formatTemperature } from '../kernel/format.ts';
import { LevelBadge } from './level-badge.tsx';
import classes from './night-bar.module.css';

export interface Night {
  level: ResponseLevel;
  feltCelsius: number;
}

/** Inline (`inline`) inside a top strip, else a full line. Null night: nothing at all, or calm words inline. */
export function NightBar(props: { night: Night | null; inline?: boolean }) {
  const { t } = useTranslation('response');
  const { night, inline = false } = props;
  if (night === null)
    return inline ? <span className={classes['calm']}>{t('bar.none')}</span> : null;
  return (
    <div className={inline ? classes['inline'] : classes['bar']} role="status">
      {!inline && <IconMoonStars size={20} aria-hidden />}
      <LevelBadge level={night.level} />
      <span className={classes['felt']}>
        {t('bar.felt', { felt: formatTemperature(night.feltCelsius) })}
      </span>
    </div>
  );
}
