/** The narrow one-column frame of public and report pages: a slim top line, the night, the banner, the content. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ConnectionBanner } from './connection-banner.tsx';
import { DemoBanner } from './demo-banner.tsx';
import classes from './frame.module.css';
import { NightBar } from './night-bar.tsx';
import type { Night } from './night-bar.tsx';
import { LanguageSwitch, ThemeSwitch } from './switches.tsx';

export function Frame(props: {
  /** the city, or what the page is */
  title: string;
  night: Night | null;
  /** at the right end of the top line, before the switches */
  aside?: ReactNode;
  demo?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation('common');
  return (
    <div className={classes['page']}>
      <a className="nx-skip" href="#main">
        {t('skip')}
      </a>
      <header className={classes['top']}>
        <a className={classes['brand']} href="/" aria-label={`${t('product')}: ${t('home')}`}>
          <span className={classes['lamp']} aria-hidden />
          {t('product')}
        </a>
        <span className={classes['title']}>{props.title}</span>
        <span className={classes['aside']}>
          {props.aside}
          <LanguageSwitch />
          <ThemeSwitch />
        </span>
      </header>
      {props.demo === true && <DemoBanner />}
      <NightBar night={props.night} />
      <ConnectionBanner />
      <main id="main" className={classes['main']}>
        {props.children}
      </main>
    </div>
  );
}
