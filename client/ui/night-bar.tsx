/** What every screen wears while a cold night is in force: level with its word, felt temperature, and whether it is a drill. */
import { IconMoonStars } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResponseLevel } from '../../shared/response/levels.ts';
import { formatTemperature } from '../kernel/format.ts';
import { LevelBadge } from './level-badge.tsx';
import classes from './night-bar.module.css';

export interface Night {
  level: ResponseLevel;
  feltCelsius: number;
  drill?: boolean;
}

/**
 * Inline (`inline`) inside a top strip, else a full line. Null night: nothing at all, or calm words inline.
 * `children` stand in the place of the felt temperature, where a better one is known than what was declared.
 */
export function NightBar(props: { night: Night | null; inline?: boolean; children?: ReactNode }) {
  const { t } = useTranslation('response');
  const { night, inline = false, children } = props;
  if (night === null && !inline) return null;
  return (
    <div
      className={inline ? classes['inline'] : classes['bar']}
      data-level={night?.level}
      data-drill={night?.drill || undefined}
      role={night === null ? undefined : 'status'}
    >
      {night === null ? (
        <span className={classes['calm']}>{t('bar.none')}</span>
      ) : (
        <>
          {!inline && <IconMoonStars size={20} aria-hidden />}
          <LevelBadge level={night.level} drill={night.drill ?? false} />
        </>
      )}
      {children ??
        (night !== null && (
          <span className={classes['felt']}>
            {t('bar.felt', { felt: formatTemperature(night.feltCelsius) })}
          </span>
        ))}
    </div>
  );
}
