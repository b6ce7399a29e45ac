import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { CellReason } from '../../shared/zones/rules.ts';
import { useFormat } from '../kernel/use-format.ts';

/** Says one reason of a cold cell's step. */
export function useCellWords(): (reason: CellReason) => string {
  const { t } = useTranslation('zones');
  const format = useFormat();
  return useCallback(
    (reason) => {
      switch (reason.code) {
        case 'live_people':
          return t('why.people', { count: reason.params.people });
        case 'recent_sightings':
          return t('why.recent', { count: reason.params.sightings });
        case 'felt':
          return t('why.felt', { felt: format.temperature(reason.params.feltCelsius) });
        case 'no_night':
          return t('why.noNight');
        case 'never_visited':
          return t('why.never');
        case 'hours_since_visit':
          return t('why.unvisited', { duration: format.duration(reason.params.hours * 3_600_000) });
        case 'seen_since_visit':
          return t('why.seenSince');
        case 'zone':
          return t('why.zone', { weight: reason.params.weight });
      }
    },
    [t, format],
  );
}
