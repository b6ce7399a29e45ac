/** The sign of life a crew owes: quiet until it is near, plain when it is due, and calm when it is late. */
import { IconHeartHandshake } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import classes from './crew.module.css';

const minuteMs = 60_000;
/** From here on the button comes by itself. */
const nearMs = 5 * minuteMs;
const buzzMs = 300;

export type CheckInStage = 'quiet' | 'near' | 'late' | 'missed';

/** @param missed the desk has been told already */
export function checkInStage(dueAt: string | null, now: number, missed: boolean): CheckInStage {
  if (dueAt === null) return 'quiet';
  const left = Date.parse(dueAt) - now;
  if (left > nearMs) return 'quiet';
  if (left > 0) return 'near';
  return missed ? 'missed' : 'late';
}

export function CheckInBanner(props: {
  dueAt: string | null;
  missed: boolean;
  onCheckIn: () => void;
}) {
  const { t } = useTranslation('crew');
  const format = useFormat();
  const stage = checkInStage(props.dueAt, format.now, props.missed);
  const late = stage === 'late' || stage === 'missed';
  useEffect(() => {
    if (late) navigator.vibrate?.(buzzMs);
  }, [late]);
  if (stage === 'quiet' || props.dueAt === null) return null;
  const left = Date.parse(props.dueAt) - format.now;
  return (
    <section className={classes['checkIn']} data-stage={stage} aria-label={t('checkIn.title')}>
      <p role="status">
        {stage === 'near'
          ? t('checkIn.near', { duration: format.duration(left) })
          : t(`checkIn.${stage}`, { duration: format.duration(-left) })}
      </p>
      <BigButton
        tone="main"
        tall
        icon={<IconHeartHandshake size={26} aria-hidden />}
        onClick={props.onCheckIn}
      >
        {t('checkIn.fine')}
      </BigButton>
    </section>
  );
}
