/** The line on top of the sheet: what just happened to this team's tasks, else whether its position is known. */
import {
  IconBellRinging,
  IconCurrentLocation,
  IconCurrentLocationOff,
  IconEyeOff,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../kernel/use-format.ts';
import type { OwnFix } from '../patrols/own-position.ts';
import type { WakeState } from '../tracks/use-wake-lock.ts';
import { BigButton } from '../ui/big-button.tsx';
import classes from './head-row.module.css';
import { choose } from './store.ts';
import { dismiss, useNoticeStore } from './use-notices.ts';

export interface Whereabouts {
  fix: OwnFix;
  /** the device is far outside the city */
  elsewhere: boolean;
  again: () => void;
  /** whether the screen stays on while the shift runs */
  wake: WakeState;
  /** the page was not to be seen, so there is no track of that time */
  gap: { lengthMs: number; dismiss: () => void } | null;
}

export function HeadRow(props: {
  whereabouts: Whereabouts;
  onShift: boolean;
  /** a form is open and needs the room */
  noticesOnly: boolean;
  /** the sheet is low: the first words must do */
  brief: boolean;
}) {
  const notice = useNoticeStore((store) => store.notices[0]);
  return (
    <div className={classes['rows']}>
      <div role="status" aria-live="assertive">
        {notice && <NoticeLine key={notice.key} />}
      </div>
      {!notice && !props.noticesOnly && <Location {...props} />}
    </div>
  );
}

function NoticeLine() {
  const { t } = useTranslation('patrol');
  const notices = useNoticeStore((store) => store.notices);
  const notice = notices[0];
  if (!notice) return null;
  return (
    <div className={classes['notice']}>
      <IconBellRinging size={24} aria-hidden />
      <p>
        {t(`notice.${notice.kind}`)}
        {notices.length > 1 && ` (${notices.length})`}
      </p>
      <span className={classes['buttons']}>
        {notice.kind !== 'gone' && (
          <BigButton
            full={false}
            onClick={() => {
              dismiss(notice.key);
              choose({ kind: 'cluster', id: notice.clusterId }, true);
            }}
          >
            {t('notice.show')}
          </BigButton>
        )}
        <BigButton tone="quiet" full={false} onClick={() => dismiss(notice.key)}>
          {t('notice.dismiss')}
        </BigButton>
      </span>
    </div>
  );
}

function Location({
  whereabouts,
  onShift,
  brief,
}: {
  whereabouts: Whereabouts;
  onShift: boolean;
  brief: boolean;
}) {
  const { t } = useTranslation(['patrol', 'common']);
  const format = useFormat();
  const { fix, elsewhere, again, wake, gap } = whereabouts;
  if (!onShift) return <p className={classes['line']}>{t('patrol:offDutyText')}</p>;
  if (fix.state === 'denied' || fix.state === 'failed')
    return (
      <div className={classes['off']} role="status">
        <IconCurrentLocationOff size={24} aria-hidden />
        <p>
          <strong>{t(`patrol:location.${fix.state}`)}</strong>{' '}
          {!brief && t(`patrol:location.${fix.state}Text`)}
        </p>
        <BigButton full={false} onClick={again}>
          {t('common:retry')}
        </BigButton>
      </div>
    );
  if (gap !== null)
    return (
      <div className={classes['off']} role="status">
        <IconEyeOff size={24} aria-hidden />
        <p>{t('patrol:recorder.gap', { duration: format.duration(gap.lengthMs) })}</p>
        <BigButton full={false} onClick={gap.dismiss}>
          {t('patrol:recorder.seen')}
        </BigButton>
      </div>
    );
  const sleepy = wake === 'refused' || wake === 'unsupported';
  return (
    <>
      <p className={classes['line']}>
        <IconCurrentLocation size={20} aria-hidden />
        {fix.state === 'finding'
          ? t('patrol:location.finding')
          : elsewhere
            ? t('patrol:location.elsewhere')
            : t('patrol:location.found', { distance: format.distance(fix.report.accuracyMeters) })}
      </p>
      {sleepy && !brief && (
        <p className={classes['line']}>
          <IconEyeOff size={20} aria-hidden />
          {t(`patrol:recorder.${wake}`)}
        </p>
      )}
    </>
  );
}
