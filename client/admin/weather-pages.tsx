/** Where the weather of the city comes from, and how each source is doing. */
import { IconCloud, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Switch } from 'wouter';
import type { SourceTrial, SourceView } from '../../shared/weather/schema.ts';
import { api } from '../kernel/api.ts';
import { useCity } from '../kernel/city.tsx';
import { faultOf } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { BigButton } from '../ui/big-button.tsx';
import { notifyFault } from '../ui/notify.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { useFollowWeather } from '../weather/follow-weather.ts';
import { SourceHealth, SourceMark } from '../weather/source-list.tsx';
import { useWeatherStore } from '../weather/store.ts';
import night from './night-pages.module.css';
import classes from './page.module.css';
import { AddLink, Gone, Page, Row } from './page.tsx';
import { RemoveSource } from './remove-source.tsx';
import { SourceForm } from './weather-source-form.tsx';

const home = '/admin/weather';

export function WeatherPages() {
  const { t } = useTranslation('adminNight');
  const { sentence } = useFaultWords();
  const { city } = useCity();
  useFollowWeather(city?.id ?? null, null);
  const { view, fault } = useWeatherStore();
  if (view === null)
    return fault === null ? (
      <StateBlock kind="loading" />
    ) : (
      <StateBlock kind="error" text={sentence(fault)} />
    );
  const page = (id: string) => {
    const source = view.sources.find((one) => one.id === id && one.kind !== 'hand');
    return source ? <SourcePage source={source} sources={view.sources} /> : <Gone back={home} />;
  };
  return (
    <Switch>
      <Route path={`${home}/new`}>
        <Page title={t('sources.new')} back={home}>
          <SourceForm source={null} home={home} />
        </Page>
      </Route>
      <Route path={`${home}/:id`}>{({ id }) => page(id)}</Route>
      <Route>
        <SourceListPage sources={view.sources} />
      </Route>
    </Switch>
  );
}

function SourceListPage({ sources }: { sources: readonly SourceView[] }) {
  const { t } = useTranslation(['adminNight', 'weatherDesk', 'admin']);
  return (
    <Page
      title={t('admin:section.weather')}
      lead={t('adminNight:sources.lead')}
      action={<AddLink href={`${home}/new`}>{t('adminNight:sources.add')}</AddLink>}
    >
      {sources.length === 0 && (
        <StateBlock
          kind="empty"
          title={t('weatherDesk:sourcesEmpty')}
          text={t('weatherDesk:sourcesEmptyText')}
        />
      )}
      <ul className={classes['list']}>
        {sources.map((source) =>
          source.kind === 'hand' ? (
            <Row
              key={source.id}
              href="/admin/hours"
              before={<IconPencil size={24} aria-hidden />}
              name={t('weatherDesk:kind.hand')}
              about={t('adminNight:sources.handText')}
              mark={t(`weatherDesk:state.${source.state}`)}
            />
          ) : (
            <Row
              key={source.id}
              href={`${home}/${source.id}`}
              before={<IconCloud size={24} aria-hidden />}
              name={source.name}
              about={t(`weatherDesk:kind.${source.kind}`)}
              mark={t(`weatherDesk:state.${source.state}`)}
              off={!source.enabled}
            />
          ),
        )}
      </ul>
    </Page>
  );
}

function SourcePage(props: { source: SourceView; sources: readonly SourceView[] }) {
  const { t } = useTranslation(['adminNight', 'weatherDesk']);
  const { source } = props;
  return (
    <Page
      title={t('adminNight:sources.change')}
      lead={`${source.name} · ${t(`weatherDesk:kind.${source.kind}`)}`}
      back={home}
    >
      <section className={night['health']} aria-label={t('weatherDesk:sources')}>
        <SourceMark state={source.state} />
        <SourceHealth {...props} />
        <TryNow source={source} />
      </section>
      <SourceForm key={source.id} source={source} home={home} />
      <RemoveSource source={source} home={home} />
    </Page>
  );
}

/** Asks the source at once, and says what came. */
function TryNow({ source }: { source: SourceView }) {
  const { t } = useTranslation('adminNight');
  const { sentence } = useFaultWords();
  const [busy, setBusy] = useState(false);
  const [trial, setTrial] = useState<SourceTrial | null>(null);
  const ask = async () => {
    setBusy(true);
    setTrial(null);
    try {
      setTrial(await api.weather.tryNow.mutate({ id: source.id }));
    } catch (error) {
      notifyFault(sentence(faultOf(error)));
    } finally {
      setBusy(false);
    }
  };
  const nothing = trial !== null && trial.points === 0 && trial.warnings === 0;
  return (
    <>
      <span>
        <BigButton full={false} loading={busy} onClick={() => void ask()}>
          {t('sources.tryNow')}
        </BigButton>
      </span>
      <p role="status">
        {busy && t('sources.trying')}
        {trial !== null &&
          (nothing
            ? t('sources.triedNothing')
            : t('sources.tried', {
                points: trial.points,
                hours: trial.hoursAhead,
                warnings: trial.warnings,
              }))}
      </p>
      {trial !== null && <SourceHealth source={trial.source} sources={[trial.source]} />}
    </>
  );
}
