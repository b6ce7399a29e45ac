/** Language and day/night, on the spot. */
import { ActionIcon, Button, useMantineColorScheme } from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { changeLanguage, useLanguage } from '../kernel/i18n.ts';

export function LanguageSwitch() {
  const { t } = useTranslation('common');
  const language = useLanguage();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <Button
      variant="subtle"
      color="var(--nx-text)"
      h={48}
      px={12}
      lang={other}
      onClick={() => changeLanguage(other)}
    >
      {t('switchLanguage')}
    </Button>
  );
}

export function ThemeSwitch() {
  const { t } = useTranslation('common');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const isNight = colorScheme !== 'light';
  return (
    <ActionIcon
      variant="subtle"
      color="var(--nx-text)"
      size={48}
      aria-label={isNight ? t('toDay') : t('toNight')}
      onClick={() => setColorScheme(isNight ? 'light' : 'dark')}
    >
      {isNight ? <IconSun size={22} aria-hidden /> : <IconMoon size={22} aria-hidden />}
    </ActionIcon>
  );
}
