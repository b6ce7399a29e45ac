/** On shift or not: without one a team is sent nowhere, and shares no position. */
import { useTranslation } from 'react-i18next';
import type { ShiftView } from '../../shared/shifts/schema.ts';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import { write } from './store.ts';
import classes from './top-strip.module.css';

export function StartButton() {
  const { t } = useTranslation('shifts');
  return (
    <BigButton tone="main" tall onClick={() => write({ kind: 'shift' })}>
      {t('start.open')}
    </BigButton>
  );
}

/** How long, how many, whether jointly; a tap opens the shift. */
export function ShiftButton({ shift }: { shift: ShiftView | null }) {
  const { t } = useTranslation('shifts');
  const format = useFormat();
  return (
    <button
      type="button"
      className={classes['duty']}
      data-on={shift !== null || undefined}
      onClick={() => write({ kind: 'shift' })}
    >
      <span className={classes['lamp']} aria-hidden />
      {shift === null ? (
        t('running.off')
      ) : (
        <span className={classes['shift']}>
          <strong>
            {t('running.strip', {
              duration: format.duration(format.now - Date.parse(shift.startedAt)),
            })}
          </strong>
          <span>
            {t('running.crew', { count: shift.memberCount })}
            {shift.agencies.length > 1 && ` · ${t('running.joint')}`}
          </span>
        </span>
      )}
    </button>
  );
}
