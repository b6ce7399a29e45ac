import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Manoeuvre } from '../../shared/roads/schema.ts';
import { describeManoeuvre } from './describe-manoeuvre.ts';

export function useManoeuvreWords(): (manoeuvre: Manoeuvre) => string {
  const { t } = useTranslation('roads');
  return useCallback((manoeuvre: Manoeuvre) => describeManoeuvre(t, manoeuvre), [t]);
}
