import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../kernel/use-format.ts';
import type { JudgedKeyPoint } from './judged.ts';

/** "overdue by 40 min", "due in 12 min", "never seen". */
export function useDueWords(): (judged: JudgedKeyPoint) => string {
  const { t } = useTranslation('keyPoints');
  const format = useFormat();
  return useCallback(
    ({ due }) => {
      if (due.state === 'off') return t('state.off');
      if (due.dueAt === null) return t('neverDue');
      const left = Date.parse(due.dueAt) - format.now;
      return left > 0
        ? t('dueIn', { duration: format.duration(left) })
        : t('overdueBy', { duration: format.duration(-left) });
    },
    [t, format],
  );
}
