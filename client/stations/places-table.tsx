/** The places of a house by kind: free, held, taken, out of use; and the count by hand where the book is wrong. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StationPlaces, StationView } from '../../shared/stations/schema.ts';
import { api } from '../kernel/api.ts';
import { BigButton } from '../ui/big-button.tsx';
import { CountStepper } from '../ui/count-stepper.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { FaultLine } from './fault-line.tsx';
import classes from './house.module.css';
import { useAct } from './use-act.ts';

export function PlacesTable({
  station,
  mayCorrect,
}: {
  station: StationView;
  mayCorrect: boolean;
}) {
  const { t } = useTranslation('house');
  if (station.places.length === 0)
    return <StateBlock kind="empty" compact title={t('places.none')} text={t('places.noneText')} />;
  return (
    <>
      <ul className={classes['rows']}>
        {station.places.map((places) => (
          <li key={places.kind} className={classes['row']}>
            <Places stationId={station.id} places={places} mayCorrect={mayCorrect} />
          </li>
        ))}
      </ul>
      {station.extra > 0 && (
        <p className={classes['late']}>{t('house.extraCount', { count: station.extra })}</p>
      )}
    </>
  );
}

function Places(props: { stationId: string; places: StationPlaces; mayCorrect: boolean }) {
  const { t } = useTranslation(['house', 'stations']);
  const { places } = props;
  const [open, setOpen] = useState(false);
  const kind = t(`stations:kind.${places.kind}`);
  return (
    <>
      <div className={classes['head']}>
        <strong>{kind}</strong>
        <span className={classes['quiet']}>{t('house:places.total', { count: places.total })}</span>
        {props.mayCorrect && !open && (
          <span className={classes['end']}>
            <BigButton
              tone="quiet"
              full={false}
              label={t('house:places.correctOf', { kind })}
              onClick={() => setOpen(true)}
            >
              {t('house:places.correct')}
            </BigButton>
          </span>
        )}
      </div>
      <dl className={classes['counts']}>
        {(['free', 'held', 'taken', 'blocked'] as const).map((part) => (
          <div key={part} data-part={part}>
            <dt>{t(`house:places.${part}`)}</dt>
            <dd>{places[part]}</dd>
          </div>
        ))}
      </dl>
      {open && <Correction {...props} kind={kind} onDone={() => setOpen(false)} />}
    </>
  );
}

function Correction(props: {
  stationId: string;
  places: StationPlaces;
  kind: string;
  onDone: () => void;
}) {
  const { t } = useTranslation(['house', 'common']);
  const { stationId, places } = props;
  const [free, setFree] = useState(places.free);
  const { busy, fault, run } = useAct();
  const save = async () => {
    const { kind } = places;
    if (!(await run(() => api.stations.setFreeBeds.mutate({ stationId, kind, free })))) return;
    notifyDone(t('house:places.saved'));
    props.onDone();
  };
  return (
    <div className={classes['form']} role="group" aria-label={props.kind}>
      <CountStepper
        label={t('house:places.count')}
        value={free}
        min={0}
        max={places.total}
        onChange={setFree}
      />
      <FaultLine fault={fault} />
      <div className={classes['pair']}>
        <BigButton tone="quiet" disabled={busy} onClick={props.onDone}>
          {t('common:cancel')}
        </BigButton>
        <BigButton tone="main" loading={busy} onClick={() => void save()}>
          {t('common:save')}
        </BigButton>
      </div>
    </div>
  );
}
