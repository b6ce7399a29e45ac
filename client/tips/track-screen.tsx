/** `/t/CODE`: what became of a public tip; nothing about the person. */
import { useTranslation } from 'react-i18next';
import { useCity } from '../kernel/city.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { Frame } from '../ui/frame.tsx';
import { TipStatusCard } from './tip-status-card.tsx';
import { TrackForm } from './track-form.tsx';
import classes from './tips.module.css';
import { usePublicPlaces } from './use-public-places.ts';

export function TrackScreen(props: { code: string }) {
  const { t } = useTranslation('tips');
  const { city, name } = useCity();
  const { places } = usePublicPlaces(city?.id ?? null);
  return (
    <Frame title={name} night={places?.night ?? null} demo={city?.demo ?? false}>
      <h1 className={classes['heading']}>{t('status.title')}</h1>
      <TipStatusCard key={props.code} cityId={city?.id ?? null} code={props.code} />
      <p className={classes['aside']}>{t('status.privacy')}</p>
      <TrackForm />
      <div className={classes['heading']}>
        <BigButton href="/report">{t('report')}</BigButton>
      </div>
    </Frame>
  );
}
