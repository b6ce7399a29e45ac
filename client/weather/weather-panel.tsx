/** All that is known of the weather: the hours ahead, place by place, the official warnings, and how the sources are doing. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { WeatherView } from '../../shared/weather/schema.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { StateBlock } from '../ui/state-block.tsx';
import type { LocalNight } from './hours.ts';
import { PointList } from './point-list.tsx';
import { SourceList } from './source-list.tsx';
import { useWeatherNews, useWeatherStore } from './store.ts';
import { WarningList } from './warning-list.tsx';
import { WeatherChart } from './weather-chart.tsx';
import type { Threshold } from './chart-shape.ts';
import classes from './weather-panel.module.css';

interface ChartProps {
  local: LocalNight;
  thresholds?: readonly Threshold[];
  covers?: { fromAt: string; untilAt: string } | null;
}

/** How old what is shown is; said loudly where it is older than it should be. */
export function WeatherAge() {
  const { t } = useTranslation('weatherDesk');
  const news = useWeatherNews();
  const fault = useWeatherStore((store) => store.fault);
  const format = useFormat();
  const toldAt = news?.toldAt ?? null;
  return (
    <>
      {fault !== null && <p className={classes['notice']}>{t('offline')}</p>}
      {toldAt === null ? (
        <p className={classes['notice']}>{t('staleNever')}</p>
      ) : news?.stale === true ? (
        <p className={classes['notice']} role="status">
          {t('stale', { ago: format.ago(toldAt) })}
        </p>
      ) : (
        <p className={classes['quiet']}>
          {t('told', { ago: format.ago(toldAt) })} · {t('chartLead')}
        </p>
      )}
    </>
  );
}

/** The chart with its states: on its way, not to be had, empty, stale. */
export function CityChart(props: ChartProps) {
  const { t } = useTranslation('weatherDesk');
  const { sentence } = useFaultWords();
  const { view, fault } = useWeatherStore();
  if (view === null)
    return fault === null ? (
      <StateBlock kind="loading" compact />
    ) : (
      <StateBlock kind="error" compact text={sentence(fault)} />
    );
  if (view.city.temperatureCelsius.length === 0)
    return <StateBlock kind="empty" compact title={t('summaryNone')} text={t('staleNever')} />;
  return (
    <section className={classes['part']} aria-label={t('chart')}>
      <h3>{t('chart')}</h3>
      <WeatherAge />
      <WeatherChart series={view.city} {...props} />
    </section>
  );
}

const Part = (props: { title: string; children: ReactNode }) => (
  <section className={classes['part']} aria-label={props.title}>
    <h3>{props.title}</h3>
    {props.children}
  </section>
);

/** @param props.children what can be done about the hours */
export function WeatherPanel({ children, ...props }: ChartProps & { children?: ReactNode }) {
  const { view } = useWeatherStore();
  return (
    <div className={classes['panel']}>
      <CityChart {...props} />
      {children}
      {view !== null && <Lists view={view} />}
    </div>
  );
}

function Lists({ view }: { view: WeatherView }) {
  const { t } = useTranslation('weatherDesk');
  return (
    <>
      <Part title={t('warnings')}>
        <WarningList warnings={view.warnings} />
      </Part>
      <Part title={t('points')}>
        <PointList view={view} />
      </Part>
      <Part title={t('sources')}>
        <SourceList sources={view.sources} />
      </Part>
    </>
  );
}
