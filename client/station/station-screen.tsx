/** The desk of a station: who is on the way, who is in, which places are free, how long they last, what lies in store. */
import { useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StationView } from '../../shared/stations/schema.ts';
import { useCity } from '../kernel/city.tsx';
import { useConnection } from '../kernel/connection.ts';
import { useSession } from '../kernel/session.tsx';
import { readStored, writeStored } from '../kernel/stored.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { usePatrols } from '../patrols/store.ts';
import { useCitySeen } from '../realtime/live.tsx';
import { Arrivals } from '../stations/arrivals.tsx';
import { useArrivals } from '../stations/holds.ts';
import { LightMark } from '../ui/light-mark.tsx';
import { PlacesTable } from '../stations/places-table.tsx';
import { Residents } from '../stations/residents.tsx';
import { Saturation } from '../stations/saturation.tsx';
import { Shelters } from '../stations/shelters.tsx';
import { useStations, useStationsStore } from '../stations/store.ts';
import { useSaturation, useStays } from '../stations/use-house.ts';
import { WalkIn } from '../stations/walk-in.tsx';
import { StockPanel } from '../supplies/stock-panel.tsx';
import { listStores } from '../supplies/store-choices.ts';
import { useSupplyStore } from '../supplies/store.ts';
import { AskedState } from '../ui/asked-state.tsx';
import { ConnectionBanner } from '../ui/connection-banner.tsx';
import { DemoBanner } from '../ui/demo-banner.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './station-screen.module.css';
import { TopStrip } from './top-strip.tsx';

const storageKey = 'nuanxun.station';

/** A manager has one station; whoever works for all of them chooses, and finds the same one next time. */
function useOwnStation(): {
  station: StationView | null;
  choices: StationView[];
  choose: (stationId: string) => void;
} {
  const { session, role } = useSession();
  const stations = useStations().filter(({ removed }) => !removed);
  // From the board one comes for a certain house.
  const [chosen, setChosen] = useState<unknown>(
    () => location.hash.slice(1) || readStored(storageKey),
  );
  const own = session?.user.stationId ?? null;
  const bound = role === 'station_manager';
  const station =
    stations.find(({ id }) => id === (bound ? own : (chosen ?? own))) ??
    (bound ? null : (stations[0] ?? null));
  const choose = (stationId: string) => {
    setChosen(stationId);
    writeStored(storageKey, stationId);
  };
  return { station, choices: bound ? [] : stations, choose };
}

export function StationScreen() {
  const { t } = useTranslation('house');
  const { city, fault, reload } = useCity();
  const { sentence } = useFaultWords();
  const seen = useCitySeen();
  const { station, choices, choose } = useOwnStation();
  return (
    <div className={classes['screen']}>
      <TopStrip title={station?.name ?? null} />
      {city?.demo && <DemoBanner />}
      <ConnectionBanner />
      <main id="main" className={classes['main']}>
        {choices.length > 1 && station && (
          <div className={classes['choice']}>
            <SelectField
              label={t('choose')}
              value={station.id}
              options={choices.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={choose}
            />
          </div>
        )}
        {station ? (
          <House key={station.id} station={station} />
        ) : fault !== null ? (
          <StateBlock kind="error" text={sentence(fault)} onRetry={reload} />
        ) : seen ? (
          <StateBlock kind="empty" title={t('none')} text={t('noneText')} />
        ) : (
          <Waiting />
        )}
      </main>
    </div>
  );
}

const patienceMs = 8_000;

/** A desk keeps nothing: without a network there is nothing to show, and that is said. */
function Waiting() {
  const offline = useConnection(({ state }) => state === 'offline');
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return <StateBlock kind={offline && late ? 'offline' : 'loading'} />;
}

const Card = (props: { title: string; aside?: ReactNode; children: ReactNode }) => (
  <section className={classes['card']} aria-label={props.title}>
    <header className={classes['cardHead']}>
      <h2>{props.title}</h2>
      {props.aside}
    </header>
    {props.children}
  </section>
);

function House({ station }: { station: StationView }) {
  const { t } = useTranslation(['house', 'stations']);
  const { role } = useSession();
  const format = useFormat();
  const teams = usePatrols((store) => store.teams);
  const stays = useStays(station.id);
  const saturations = useSaturation();
  const arrivals = useArrivals(station.id);
  const here = stays.answer?.filter(({ leftAt }) => leftAt === null).length;
  // A dispatcher sees the house; who comes and goes is the station's to write down.
  const mayCheckIn = role === 'station_manager' || role === 'administrator';
  const count = (n: number | undefined) =>
    n === undefined ? null : (
      <span className={classes['count']}>{t('house:house.count', { count: n })}</span>
    );
  const saturation = saturations.answer?.get(station.id);
  return (
    <>
      <div className={classes['facts']}>
        <LightMark light={station.light} />
        <strong>
          {t('stations:bedsFree', { free: station.bedsFree, total: station.bedsTotal })}
        </strong>
        <span className={classes['quiet']}>
          {[station.address, station.phone].filter((text) => text !== '').join(' · ')}
        </span>
        <span className={classes['quiet']}>
          {t('stations:updated', { ago: format.ago(station.bedsUpdatedAt) })}
        </span>
      </div>
      <div className={classes['columns']}>
        <div className={classes['column']}>
          <Card
            title={t('house:arrivals.title')}
            aside={arrivals.length > 0 && count(placesOf(arrivals))}
          >
            <Arrivals
              stationId={station.id}
              teamName={(id) => teams.get(id)?.name ?? ''}
              mayCheckIn={mayCheckIn}
            />
            {mayCheckIn && <WalkIn station={station} />}
          </Card>
          <Card title={t('house:house.title')} aside={count(here)}>
            <Residents stays={stays} mayCheckOut={mayCheckIn} />
          </Card>
        </div>
        <div className={classes['column']}>
          <Card title={t('house:places.title')}>
            <PlacesTable station={station} mayCorrect />
          </Card>
          <Card title={t('house:saturation.title')}>
            {saturations.answer === null ? (
              <AskedState fault={saturations.fault} onRetry={saturations.reload} />
            ) : saturation === undefined ? (
              <p className={classes['quiet']}>{t('house:saturation.steadyNow')}</p>
            ) : (
              <Saturation station={station} saturation={saturation} mayDecide />
            )}
          </Card>
          <Card title={t('house:stock')}>
            <Stock stationId={station.id} />
          </Card>
          <Shelters renderIn={(list) => <Card title={t('house:shelter.title')}>{list}</Card>} />
        </div>
      </div>
    </>
  );
}

function Stock({ stationId: id }: { stationId: string }) {
  const depots = useSupplyStore((store) => store.depots);
  const stations = useStationsStore((store) => store.byId);
  const teams = usePatrols((store) => store.teams);
  const stores = useMemo(
    () =>
      listStores({ depots: depots.values(), stations: stations.values(), teams: teams.values() }),
    [depots, stations, teams],
  );
  return <StockPanel store={{ kind: 'station', id }} stores={stores} mayRecord />;
}

const placesOf = (holds: readonly { places: number }[]): number =>
  holds.reduce((sum, { places }) => sum + places, 0);
