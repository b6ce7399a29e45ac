import { useTranslation } from 'react-i18next';
import { stateOf } from './report-form.ts';
import type { ReportForm } from './report-form.ts';

/** What was seen of the person's state, as a line of the report; empty when nobody looked or nothing was seen. */
export function useStateWords(form: Pick<ReportForm, 'state'>): string {
  const { t } = useTranslation('personState');
  const end = stateOf(form);
  if (end === null || end.signs.length === 0) return '';
  const signs = end.signs.map((sign) => t(`sign.${sign}`)).join(t('join'));
  return t('outcome', { signs });
}
