import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../kernel/use-format.ts';
import type { PlaceName } from './place-name.ts';

/** What a place is called; where nothing with a name is near, it is a cell. */
export function usePlaceWords(): (name: PlaceName | null) => string {
  const { t } = useTranslation('zones');
  const { distance } = useFormat();
  return useCallback(
    (name) => {
      if (name === null) return t('cell');
      if (name.kind !== 'near') return name.name;
      return t('place.near', {
        name: name.name,
        toward: t(`place.toward.${name.toward}`),
        distance: distance(name.meters),
      });
    },
    [t, distance],
  );
}
