/** Language and day/night, on the spot. */
import { IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { changeLanguage, useLanguage } from '../kernel/i18n.ts';
import { setColourScheme, useColourScheme } from './colour-scheme.ts';
import { IconButton } from './icon-button.tsx';
import { notifyFault } from './notify.tsx';
import classes from './switches.module.css';

export function LanguageSwitch() {
  const { t } = useTranslation(['common', 'errors']);
  const language = useLanguage();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <button
      type="button"
      className={classes['language']}
      lang={other}
      onClick={() => {
        changeLanguage(other).catch(() => notifyFault(t('errors:unreachable')));
      }}
    >
      {t('switchLanguage')}
    </button>
  );
}

export function ThemeSwitch() {
  const { t } = useTranslation('common');
  const isNight = useColourScheme() === 'dark';
  return (
    <IconButton
      label={isNight ? t('toDay') : t('toNight')}
      onClick={() => setColourScheme(isNight ? 'light' : 'dark')}
    >
      {isNight ? <IconSun size={22} aria-hidden /> : <IconMoon size={22} aria-hidden />}
    </IconButton>
  );
}
