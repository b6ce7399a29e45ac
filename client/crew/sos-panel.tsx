/** After a call for help: whether it has left the tablet, whether somebody has it, and whom to phone meanwhile. */
import { IconAlertOctagon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AlarmView } from '../../shared/crew/schema.ts';
import { formatPosition } from '../kernel/format.ts';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import classes from './crew.module.css';

export interface RaisedSos {
  id: string;
  at: string;
  place: { lon: number; lat: number; accuracyMeters: number | null } | null;
  /** it still waits on this tablet */
  waiting: boolean;
  /** what the server made of it, once it has it */
  alarm: Pick<AlarmView, 'acknowledgedAt' | 'acknowledgedByName'> | null;
}

export function SosPanel(props: { sos: RaisedSos; hotline: string; onRetry: () => void }) {
  const { t } = useTranslation(['crew', 'common']);
  const format = useFormat();
  const { sos } = props;
  const acknowledged = sos.alarm?.acknowledgedAt ?? null;
  return (
    <section
      className={classes['sos']}
      data-state={acknowledged !== null ? 'heard' : sos.waiting ? 'waiting' : 'sent'}
      aria-label={t('crew:sos.title')}
    >
      <div className={classes['sosText']} role="alert">
        <IconAlertOctagon size={32} aria-hidden />
        <div>
          <strong>
            {acknowledged !== null
              ? t('crew:sos.acknowledged', {
                  name: sos.alarm?.acknowledgedByName ?? t('crew:sos.desk'),
                  time: format.time(acknowledged),
                })
              : sos.waiting
                ? t('crew:sos.waiting')
                : t('crew:sos.sent')}
          </strong>
          <p>
            {t('crew:sos.raised', { time: format.time(sos.at) })}
            {' · '}
            {sos.place === null
              ? t('crew:sos.noPlace')
              : t('crew:sos.place', { place: formatPosition(sos.place) })}
          </p>
        </div>
      </div>
      <div className={classes['calls']}>
        {sos.waiting && <BigButton onClick={props.onRetry}>{t('crew:sos.sendAgain')}</BigButton>}
        <BigButton href="tel:110">{t('crew:sos.police')}</BigButton>
        <BigButton href="tel:120">{t('crew:sos.ambulance')}</BigButton>
        <BigButton href={`tel:${props.hotline}`}>
          {t('crew:sos.hotline', { phone: props.hotline })}
        </BigButton>
      </div>
    </section>
  );
}
