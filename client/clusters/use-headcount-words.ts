import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClusterView } from '../../shared/clusters/schema.ts';

/** "about 3 people", "2–5 people": the estimate, never a false precision; words once nothing is reported any more. */
export function useHeadcountWords(): (cluster: ClusterView) => string {
  const { t } = useTranslation('clusters');
  return useCallback(
    ({ headcountLow, headcountLikely, reportCount }) =>
      reportCount === 0
        ? t('headcount.none')
        : headcountLow === headcountLikely
          ? t('headcount.exact', { count: headcountLikely })
          : t('headcount.range', { low: headcountLow, likely: headcountLikely }),
    [t],
  );
}
