/** Stations with their free beds, kept by hand for now; the number says how old it is. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StationView } from '../../shared/stations/schema.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { useStations } from '../stations/store.ts';
import { BigButton } from '../ui/big-button.tsx';
import { CountStepper } from '../ui/count-stepper.tsx';
import { notifyDone, notifyFault } from '../ui/notify.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './queue.module.css';

export function StationList(props: { mayAct: boolean }) {
  const { t } = useTranslation('stations');
  const stations = useStations();
  return (
    <div className={classes['list']}>
      {stations.length === 0 && <StateBlock kind="empty" title={t('none')} />}
      {stations.map((station) => (
        <StationRow key={station.id} station={station} mayAct={props.mayAct} />
      ))}
    </div>
  );
}

function StationRow({ station, mayAct }: { station: StationView; mayAct: boolean }) {
  const { t } = useTranslation(['stations', 'board', 'common']);
  const format = useFormat();
  const { sentence } = useFaultWords();
  const [typed, setTyped] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  // By hand, one kind at a time: here that of most places.
  const [place] = station.places.toSorted((a, b) => b.total - a.total);
  const save = async (free: number) => {
    if (!place) return;
    setBusy(true);
    try {
      await api.stations.setFreeBeds.mutate({ stationId: station.id, kind: place.kind, free });
      setTyped(null);
      notifyDone(t('board:station.saved'));
    } catch (error) {
      notifyFault(sentence(faultOf(error)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={classes['row']}>
      <span className={classes['head']}>
        <strong>{station.name}</strong>
        <span className={classes['end']}>
          {station.open
            ? t('stations:bedsFree', { free: station.bedsFree, total: station.bedsTotal })
            : t('stations:shut')}
        </span>
      </span>
      <span className={classes['quiet']}>
        {[station.address, station.phone].filter((text) => text !== '').join(' · ')}
        {' · '}
        {t('stations:updated', { ago: format.ago(station.bedsUpdatedAt) })}
      </span>
      {mayAct && place && typed === null && (
        <BigButton
          full={false}
          label={`${station.name}: ${t('board:station.setBeds')}`}
          onClick={() => setTyped(place.free)}
        >
          {t('board:station.setBeds')}
        </BigButton>
      )}
      {place && typed !== null && (
        <>
          <CountStepper
            label={t('stations:freeBeds')}
            value={typed}
            min={0}
            max={place.free + place.blocked}
            onChange={setTyped}
          />
          <span className={classes['head']}>
            <BigButton tone="main" loading={busy} onClick={() => void save(typed)}>
              {t('common:save')}
            </BigButton>
            <BigButton tone="quiet" onClick={() => setTyped(null)}>
              {t('common:cancel')}
            </BigButton>
          </span>
        </>
      )}
    </div>
  );
}
