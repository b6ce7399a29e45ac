import { useTranslation } from 'react-i18next';
import type { ClusterView } from '../../shared/clusters/schema.ts';

/** "about 3 people", "2–5 people": the estimate, never a false precision. */
export function useHeadcountWords(): (cluster: ClusterView) => string {
  const { t } = useTranslation('clusters');
  return ({ headcountLow, headcountLikely }) =>
    headcountLow === headcountLikely
      ? t('headcount.exact', { count: headcountLikely })
      : t('headcount.range', { low: headcountLow, likely: headcountLikely });
}
