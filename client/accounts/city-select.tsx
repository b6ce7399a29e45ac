import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCity } from '../kernel/city.tsx';
import { useLanguage } from '../kernel/i18n.ts';

/** Which city to sign in to; nothing when there is only one. */
export function CitySelect() {
  const { t } = useTranslation('accounts');
  const { city, cities, choose } = useCity();
  const language = useLanguage();
  if (cities.length < 2) return null;
  return (
    <NativeSelect
      label={t('login.city')}
      size="lg"
      value={city?.id ?? ''}
      onChange={(event) => choose(event.currentTarget.value)}
      data={cities.map((each) => ({
        value: each.id,
        label: language === 'en' ? each.nameEn : each.nameZh,
      }))}
    />
  );
}
