/** Life in danger: the call comes before anything else, with the position ready to be read out. */
import { IconPhoneCall } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatPosition } from '../kernel/format.ts';
import { BigButton } from '../ui/big-button.tsx';
import classes from './emergency-panel.module.css';
import type { Place } from './report-form.ts';

export function EmergencyPanel(props: { place: Place | null; addressText: string }) {
  const { t } = useTranslation('sightings');
  const { place, addressText } = props;
  const known = place !== null && place.source !== 'address';
  return (
    <section className={classes['panel']} role="alert">
      <h2 className={classes['title']}>{t('emergency.title')}</h2>
      <p className={classes['text']}>{t('emergency.text')}</p>
      <BigButton tall href="tel:120" icon={<IconPhoneCall size={26} aria-hidden />} style={call}>
        {t('emergency.call')}
      </BigButton>
      {(known || addressText !== '') && (
        <p className={classes['text']}>
          {t('emergency.read')}
          {addressText !== '' && <strong className={classes['where']}>{addressText}</strong>}
          {known && <strong className={classes['where']}>{formatPosition(place.position)}</strong>}
        </p>
      )}
      <p className={classes['text']}>{t('emergency.stay')}</p>
    </section>
  );
}

const call = { background: '#ffffff', color: '#7a0008', fontSize: 22 };
