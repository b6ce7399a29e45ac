/** Stations: where people can be taken, with their beds and their place on the map. */
import { useTranslation } from 'react-i18next';
import { Route, Switch, useLocation } from 'wouter';
import { useCity } from '../kernel/city.tsx';
import { CityMap } from '../map/city-map.tsx';
import { useCitySeen } from '../realtime/live.tsx';
import { StationMarkers } from '../stations/station-markers.tsx';
import { useStations } from '../stations/store.ts';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './page.module.css';
import { AddLink, Gone, Page, Row } from './page.tsx';
import { StationForm } from './station-form.tsx';

const home = '/admin/stations';

export function StationPages() {
  const { t } = useTranslation('admin');
  const seen = useCitySeen();
  const stations = useStations().filter((station) => !station.removed);
  if (!seen) return <StateBlock kind="loading" />;
  const page = (id: string) => {
    const station = stations.find((candidate) => candidate.id === id);
    if (!station) return <Gone back={home} />;
    return (
      <Page title={t('stations.change')} lead={station.name} back={home} wide>
        <StationForm key={id} station={station} />
      </Page>
    );
  };
  return (
    <Switch>
      <Route path="/admin/stations/new">
        <Page title={t('stations.new')} back={home} wide>
          <StationForm station={null} />
        </Page>
      </Route>
      <Route path="/admin/stations/:id">{({ id }) => page(id)}</Route>
      <Route>
        <StationList />
      </Route>
    </Switch>
  );
}

function StationList() {
  const { t } = useTranslation(['admin', 'stations']);
  const { city } = useCity();
  const stations = useStations();
  const [, go] = useLocation();
  return (
    <Page
      title={t('admin:section.stations')}
      lead={t('admin:stations.lead')}
      action={<AddLink href={`${home}/new`}>{t('admin:stations.add')}</AddLink>}
      wide
    >
      <div className={classes['split']}>
        <ul className={classes['list']}>
          {stations.length === 0 && (
            <li>
              <StateBlock
                kind="empty"
                title={t('admin:stations.empty')}
                text={t('admin:stations.emptyText')}
              />
            </li>
          )}
          {stations.map((station) => (
            <Row
              key={station.id}
              href={`${home}/${station.id}`}
              name={station.name}
              about={[
                station.address,
                station.phone,
                t('stations:bedsFree', { free: station.bedsFree, total: station.bedsTotal }),
              ]
                .filter((words) => words !== '')
                .join(' · ')}
              off={!station.open}
              mark={station.open ? null : t('stations:shut')}
            />
          ))}
        </ul>
        {city && (
          <div className={classes['map']}>
            <CityMap city={city}>
              <StationMarkers stations={stations} onSelect={(id) => go(`${home}/${id}`)} />
            </CityMap>
          </div>
        )}
      </div>
    </Page>
  );
}
