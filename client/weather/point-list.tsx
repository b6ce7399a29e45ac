import { useTranslation } from 'react-i18next';
import { feltAt } from '../../shared/weather/measures.ts';
import type { HourTold } from '../../shared/weather/measures.ts';
import { floorToHour, hourAt } from '../../shared/weather/hours.ts';
import type { WeatherPoint, WeatherView } from '../../shared/weather/schema.ts';
import { useFormat } from '../kernel/use-format.ts';
import classes from './weather-panel.module.css';

interface Now {
  point: WeatherPoint;
  hour: HourTold;
  feltCelsius: number | null;
}

/** The coldest first; those that tell nothing of this hour last. */
const coldestFirst = (a: Now, b: Now): number =>
  (a.feltCelsius ?? Infinity) - (b.feltCelsius ?? Infinity);

export function PointList({ view }: { view: WeatherView }) {
  const { t } = useTranslation('weatherDesk');
  const format = useFormat();
  if (view.points.length === 0) return <p className={classes['quiet']}>{t('pointsEmpty')}</p>;
  const sources = new Map(view.sources.map((source) => [source.id, source]));
  const at = floorToHour(format.now);
  const rows = view.points
    .map((point): Now => {
      const hour = hourAt(point.hours, at);
      return { point, hour, feltCelsius: feltAt(hour).feltCelsius };
    })
    .sort(coldestFirst);
  const celsius = (value: number | null) =>
    value === null ? t('notTold') : format.temperature(value);
  return (
    <ul className={classes['list']}>
      {rows.map(({ point, hour, feltCelsius }) => {
        const source = sources.get(point.sourceId);
        const old = source !== undefined && source.state !== 'fresh';
        return (
          <li key={`${point.sourceId} ${point.id}`} data-old={old || undefined}>
            <span className={classes['row']}>
              <strong>{point.name === '' ? t(`pointKind.${point.kind}`) : point.name}</strong>
              <span className={classes['value']}>
                {t('felt')} {celsius(feltCelsius)}
              </span>
            </span>
            <p className={classes['quiet']}>
              {[
                `${t('temperature')} ${celsius(hour.temperatureCelsius)}`,
                `${t('wind')} ${hour.windKmh === null ? t('notTold') : t('windValue', { wind: Math.round(hour.windKmh) })}`,
                t('issued', { ago: format.ago(point.issuedAt) }),
                source?.name ?? '',
                old ? t(`state.${source.state}`) : '',
              ]
                .filter((text) => text !== '')
                .join(' · ')}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
