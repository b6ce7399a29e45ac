import { useTranslation } from 'react-i18next';
import type { WarningView } from '../../shared/weather/schema.ts';
import { useFormat } from '../kernel/use-format.ts';
import classes from './weather-panel.module.css';

/** About cold first, the sooner first. */
const ordered = (warnings: readonly WarningView[]): WarningView[] =>
  warnings.toSorted((a, b) => Number(b.cold) - Number(a.cold) || (a.fromAt < b.fromAt ? -1 : 1));

export function WarningList({ warnings }: { warnings: readonly WarningView[] }) {
  const { t } = useTranslation('weatherDesk');
  const format = useFormat();
  if (warnings.length === 0) return <p className={classes['quiet']}>{t('warningsEmpty')}</p>;
  return (
    <ul className={classes['list']}>
      {ordered(warnings).map((warning) => (
        <li key={warning.id}>
          <strong>{warning.headline === '' ? warning.event : warning.headline}</strong>
          <p className={classes['quiet']}>
            {[
              t(`severity.${warning.severity}`),
              warning.cold ? t('aboutCold') : '',
              t('warningSpan', {
                from: format.time(warning.fromAt),
                to: format.time(warning.untilAt),
              }),
              warning.sender,
              warning.areaText,
            ]
              .filter((text) => text !== '')
              .join(' · ')}
          </p>
          {!warning.placed && <p className={classes['notice']}>{t('notPlaced')}</p>}
          {warning.text !== '' && (
            <details>
              <summary>{t('warningText')}</summary>
              <p className={classes['long']}>{warning.text}</p>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
