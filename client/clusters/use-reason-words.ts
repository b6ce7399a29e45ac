import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { PriorityReason } from '../../shared/clusters/priority.ts';
import { useFormat } from '../kernel/use-format.ts';

/** Says one reason of a priority: "minor", "−21 °C felt", "reported 3 times", "40 min unattended". */
export function useReasonWords(): (reason: PriorityReason) => string {
  const { t } = useTranslation(['clusters', 'sightings']);
  const format = useFormat();
  return useCallback(
    (reason) => {
      const minutes = (count: number) => format.duration(count * 60_000);
      switch (reason.code) {
        case 'flag':
          return t(`sightings:flag.${reason.flag}`);
        case 'felt':
          return t('clusters:reason.felt', { felt: format.temperature(reason.celsius) });
        case 'reported':
          return t('clusters:reason.reported', { count: reason.times });
        case 'headcount':
          return t('clusters:reason.headcount', { count: reason.people });
        case 'not_found':
          return t('clusters:reason.not_found', { count: reason.times });
        case 'unattended':
          return t('clusters:reason.unattended', { duration: minutes(reason.minutes) });
        case 'attended':
          if (reason.minutesAgo < 1) return t('clusters:reason.attendedNow');
          return t('clusters:reason.attended', { duration: minutes(reason.minutesAgo) });
      }
    },
    [t, format],
  );
}
