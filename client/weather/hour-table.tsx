/** The same hours as a table: for screen readers, for copying, and for whoever wants the numbers. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../kernel/use-format.ts';
import type { ShownHour } from './hours.ts';
import { useFallWords } from './use-hour-words.ts';
import classes from './weather-chart.module.css';

export function HourTable({ hours }: { hours: readonly ShownHour[] }) {
  const { t } = useTranslation('weatherDesk');
  const [open, setOpen] = useState(false);
  return (
    <details className={classes['table']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('hours')}</summary>
      {open && <Rows hours={hours} />}
    </details>
  );
}

function Rows({ hours }: { hours: readonly ShownHour[] }) {
  const { t } = useTranslation('weatherDesk');
  const format = useFormat();
  const falls = useFallWords();
  const celsius = (value: number | null) =>
    value === null ? t('notTold') : format.temperature(value);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className={classes['scroll']} tabIndex={0} role="region" aria-label={t('hours')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('time')}</th>
            <th scope="col">{t('temperature')}</th>
            <th scope="col">{t('felt')}</th>
            <th scope="col">{t('wind')}</th>
            <th scope="col">{t('falls')}</th>
          </tr>
        </thead>
        <tbody>
          {hours.map((hour) => (
            <tr key={hour.at} data-night={hour.night || undefined}>
              <th scope="row">{format.time(hour.at)}</th>
              <td>{celsius(hour.temperatureCelsius)}</td>
              <td>{celsius(hour.feltCelsius)}</td>
              <td>
                {hour.windKmh === null
                  ? t('notTold')
                  : t('windValue', { wind: Math.round(hour.windKmh) })}
              </td>
              <td>{falls(hour)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
