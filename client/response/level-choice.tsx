import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { responseLevels } from '../../shared/response/levels.ts';
import type { ResponseLevel } from '../../shared/response/levels.ts';
import { LevelBadge } from '../ui/level-badge.tsx';
import classes from './declare-dialog.module.css';

/** One of the four levels, by a tap or by the arrow keys. */
export function LevelChoice(props: {
  value: ResponseLevel;
  onChange: (level: ResponseLevel) => void;
}) {
  const { t } = useTranslation('responseDesk');
  const group = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step =
      event.key === 'ArrowRight' || event.key === 'ArrowDown'
        ? 1
        : event.key === 'ArrowLeft' || event.key === 'ArrowUp'
          ? -1
          : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = (responseLevels.indexOf(props.value) + step + 4) % 4;
    props.onChange(responseLevels[next]!);
    group.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div
      ref={group}
      className={classes['levels']}
      role="radiogroup"
      aria-label={t('levels')}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {responseLevels.map((one) => (
        <button
          key={one}
          type="button"
          role="radio"
          aria-checked={one === props.value}
          tabIndex={one === props.value ? 0 : -1}
          className={classes['level']}
          onClick={() => props.onChange(one)}
        >
          <LevelBadge level={one} size="large" />
        </button>
      ))}
    </div>
  );
}
