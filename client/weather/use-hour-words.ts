import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../kernel/use-format.ts';
import type { ShownHour } from './hours.ts';

/** What falls, in words: "snow 0.4 mm", "dry", "not told". */
export function useFallWords(): (hour: ShownHour) => string {
  const { t } = useTranslation('weatherDesk');
  return useCallback(
    ({ falling, precipitationMm, wet }) => {
      const mm = precipitationMm === null ? null : Math.round(precipitationMm * 10) / 10;
      const wetWords = wet === true ? ` · ${t('wet')}` : '';
      if (falling === null)
        return mm === null ? t('notTold') : `${t('fallsSome', { mm })}${wetWords}`;
      const what = t(`falling.${falling}`);
      return falling === 'none' || mm === null
        ? `${what}${wetWords}`
        : `${t('fallsValue', { what, mm })}${wetWords}`;
    },
    [t],
  );
}

/** "03:00: air −12 °C, felt −19 °C, wind 20 km/h, snow 0.4 mm" */
export function useHourWords(): (hour: ShownHour) => string {
  const { t } = useTranslation('weatherDesk');
  const format = useFormat();
  const falls = useFallWords();
  return (hour) => {
    const celsius = (value: number | null) =>
      value === null ? t('notTold') : format.temperature(value);
    return t('hourWords', {
      time: format.time(hour.at),
      temperature: celsius(hour.temperatureCelsius),
      felt: celsius(hour.feltCelsius),
      wind:
        hour.windKmh === null ? t('notTold') : t('windValue', { wind: Math.round(hour.windKmh) }),
      falls: falls(hour),
    });
  };
}
