import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { countsAtHour, localHour } from '../../shared/zones/rules.ts';
import type { ZoneView } from '../../shared/zones/schema.ts';
import { useCity } from '../kernel/city.tsx';
import { useNow } from '../kernel/clock.ts';
import { clockHour } from './use-cell-words.ts';

/** The hours of a zone, and whether it counts now. */
export function useZoneWords(): (zone: ZoneView) => { hours: string; counts: boolean } {
  const { t } = useTranslation('zones');
  const { city } = useCity();
  const now = useNow();
  const hour = localHour(new Date(now).toISOString(), city?.timeZone ?? 'Asia/Shanghai');
  return useCallback(
    (zone) => {
      const { fromHour, toHour } = zone;
      const hours =
        fromHour === toHour
          ? t('allDay')
          : t('hours', { from: clockHour(fromHour), to: clockHour(toHour) });
      return { hours, counts: countsAtHour(zone, hour) };
    },
    [t, hour],
  );
}
