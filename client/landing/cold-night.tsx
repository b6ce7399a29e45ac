/** It will be dangerously cold: how cold and until when, what to do, where to warm up, whom to call, and the city's own words. */
import { IconHomeHeart, IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../kernel/use-format.ts';
import { useLanguage } from '../kernel/i18n.ts';
import type { PublicPlacesView } from '../tips/use-public-places.ts';
import { BigButton } from '../ui/big-button.tsx';
import { LevelBadge } from '../ui/level-badge.tsx';
import classes from './landing.module.css';

type PublicNight = NonNullable<PublicPlacesView['night']>;

export function ColdNight({ night, hotline }: { night: PublicNight; hotline: string }) {
  const { t } = useTranslation('landing');
  const language = useLanguage();
  const ownText = (language === 'en' ? night.textEn : night.textZh).trim();
  return (
    <section className={classes['cold']} data-level={night.level} aria-label={t('danger')}>
      <h2 className={classes['coldTitle']}>
        {t('danger')} <LevelBadge level={night.level} size="large" />
      </h2>
      <HowCold night={night} />
      {ownText !== '' && (
        <blockquote className={classes['own']}>
          <span>{t('fromCity')}</span>
          {ownText}
        </blockquote>
      )}
      <div className={classes['calls']}>
        {hotline !== '' && (
          <BigButton tall href={`tel:${hotline}`} icon={<IconPhone size={24} aria-hidden />}>
            {t('callHotline')} {hotline}
          </BigButton>
        )}
        <BigButton tone="danger" href="tel:120" icon={<IconPhone size={22} aria-hidden />}>
          {t('call120')}
        </BigButton>
        <BigButton href="#places" icon={<IconHomeHeart size={22} aria-hidden />}>
          {t('places')}
        </BigButton>
      </div>
      <h3 className={classes['subHeading']}>{t('outside')}</h3>
      <ul className={classes['steps']}>
        <li>{t('insideFirst')}</li>
        <li>{t('noPlace')}</li>
        <li>{t('keep')}</li>
      </ul>
      <h3 className={classes['subHeading']}>{t('others')}</h3>
      <ul className={classes['steps']}>
        <li>{t('wake')}</li>
        <li>{t('tell')}</li>
      </ul>
    </section>
  );
}

function HowCold({ night }: { night: PublicNight }) {
  const { t } = useTranslation(['landing', 'response']);
  const format = useFormat();
  const { coldest, untilAt } = night;
  return (
    <p className={classes['text']}>
      {[
        t('landing:feels', {
          felt: format.temperature(night.feltCelsius),
          level: t(`response:level.${night.level}`).toLowerCase(),
        }),
        coldest &&
          coldest.feltCelsius < night.feltCelsius &&
          t('landing:coldest', {
            time: format.time(coldest.at),
            felt: format.temperature(coldest.feltCelsius),
          }),
        untilAt !== null &&
          Date.parse(untilAt) > format.now &&
          t('landing:until', { time: format.time(untilAt) }),
      ]
        .filter(Boolean)
        .join(' ')}
    </p>
  );
}
