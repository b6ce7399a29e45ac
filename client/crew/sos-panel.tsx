/** After a call for help: whether it has left the tablet, whether somebody has it, and whom to phone meanwhile. */
import { IconAlertOctagon, IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
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
  const state = acknowledged !== null ? 'heard' : sos.waiting ? 'waiting' : 'sent';
  // On a phone it would hide the rest; whatever changes opens it again.
  const [folded, setFolded] = useState(false);
  useEffect(() => setFolded(false), [state, sos.id]);
  return (
    <section className={classes['sos']} data-state={state} aria-label={t('crew:sos.title')}>
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
          {!folded && (
            <p>
              {t('crew:sos.raised', { time: format.time(sos.at) })}
              {' · '}
              {sos.place === null
                ? t('crew:sos.noPlace')
                : t('crew:sos.place', { place: formatPosition(sos.place) })}
            </p>
          )}
        </div>
        <button
          type="button"
          className={classes['fold']}
          aria-expanded={!folded}
          aria-label={t(folded ? 'common:more' : 'common:less')}
          onClick={() => setFolded(!folded)}
        >
          {folded ? (
            <IconChevronDown size={24} aria-hidden />
          ) : (
            <IconChevronUp size={24} aria-hidden />
          )}
        </button>
      </div>
      {!folded && (
        <div className={classes['calls']}>
          {sos.waiting && <BigButton onClick={props.onRetry}>{t('crew:sos.sendAgain')}</BigButton>}
          <BigButton href="tel:110">{t('crew:sos.police')}</BigButton>
          <BigButton href="tel:120">{t('crew:sos.ambulance')}</BigButton>
          {props.hotline !== '110' && props.hotline !== '' && (
            <BigButton href={`tel:${props.hotline}`}>
              {t('crew:sos.hotline', { phone: props.hotline })}
            </BigButton>
          )}
        </div>
      )}
    </section>
  );
}
