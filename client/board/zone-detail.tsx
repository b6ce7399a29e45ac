/** A drawn area that was chosen on the map or in the list. */
import { useTranslation } from 'react-i18next';
import type { ZoneView } from '../../shared/zones/schema.ts';
import { CloseButton } from '../ui/close-button.tsx';
import { ZoneCard } from '../zones/zone-card.tsx';
import classes from './place-detail.module.css';
import { chooseZone, drawZone } from './store.ts';

export function ZoneDetail({ zone, mayAct }: { zone: ZoneView; mayAct: boolean }) {
  const { t } = useTranslation('zones');
  return (
    <section className={classes['detail']} aria-label={t('zoneCard.title')}>
      <header className={classes['top']}>
        <div className={classes['what']}>
          <h2>{zone.name}</h2>
          <p className={classes['quiet']}>{t('zoneCard.title')}</p>
        </div>
        <CloseButton onClose={() => chooseZone(null)} />
      </header>
      <div className={classes['part']}>
        <ZoneCard
          zone={zone}
          onEdit={mayAct ? () => drawZone(zone.id) : undefined}
          onRemoved={() => chooseZone(null)}
        />
      </div>
    </section>
  );
}
