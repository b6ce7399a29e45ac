/** `/`: the city's public page. Calm and short: what to do, one large button, where to warm up, whom to call. */
import { IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DemoEntry } from '../accounts/demo-entry.tsx';
import { useCity } from '../kernel/city.tsx';
import { homeOf, useSession } from '../kernel/session.tsx';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { PublicPlaces } from '../tips/public-places.tsx';
import { TrackForm } from '../tips/track-form.tsx';
import { usePublicPlaces } from '../tips/use-public-places.ts';
import { BigButton } from '../ui/big-button.tsx';
import { Frame } from '../ui/frame.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { ColdNight } from './cold-night.tsx';
import classes from './landing.module.css';

function StaffDoor() {
  const { t } = useTranslation(['tips', 'accounts', 'common']);
  const { session, role } = useSession();
  if (session && role)
    return (
      <p className={classes['door']}>
        <a href={homeOf[role]} className={classes['link']}>
          {t('accounts:signedInAs', {
            name: session.user.displayName,
            role: t(`accounts:role.${role}`),
          })}
        </a>
      </p>
    );
  return (
    <p className={classes['door']}>
      <a href="/login" className={classes['link']}>
        {t('tips:staff')}
      </a>
    </p>
  );
}

export function LandingScreen() {
  const { t } = useTranslation(['tips', 'common']);
  const { city, name, loading, fault, reload } = useCity();
  const { sentence } = useFaultWords();
  const places = usePublicPlaces(city?.id ?? null);
  const night = places.places?.night ?? null;
  const hotline = city?.hotline ?? '';
  return (
    <Frame title={name} night={night} demo={city?.demo ?? false}>
      <h1 className={classes['title']}>{t('common:tagline')}</h1>
      {loading && <StateBlock kind="loading" compact />}
      {fault && <StateBlock kind="offline" text={sentence(fault)} onRetry={reload} />}
      {!loading && !fault && city === null && (
        <StateBlock kind="empty" title={t('tips:noCity')} text={t('tips:noCityText')} />
      )}
      {night && <ColdNight night={night} hotline={hotline} />}
      {city && (
        <>
          <BigButton tall tone="main" href="/report">
            {t('tips:report')}
          </BigButton>
          <p className={classes['under']}>{t('tips:reportText')}</p>
          {night === null && (
            <div className={classes['calls']}>
              <BigButton href="tel:120" icon={<IconPhone size={20} aria-hidden />}>
                {t('tips:emergency')}
              </BigButton>
              {hotline !== '' && (
                <BigButton href={`tel:${hotline}`} icon={<IconPhone size={20} aria-hidden />}>
                  {t('tips:hotline', { phone: hotline })}
                </BigButton>
              )}
            </div>
          )}
          {city.demo && <DemoEntry cityId={city.id} />}
          <div id="places">
            <PublicPlaces state={places} cityId={city.id} />
          </div>
          {night === null && (
            <section>
              <h2 className={classes['heading']}>{t('tips:whatToDo')}</h2>
              <ol className={classes['steps']}>
                <li>{t('tips:step.look')}</li>
                <li>{t('tips:step.tell')}</li>
                <li>{t('tips:step.kind')}</li>
              </ol>
            </section>
          )}
          <TrackForm />
        </>
      )}
      <StaffDoor />
    </Frame>
  );
}
