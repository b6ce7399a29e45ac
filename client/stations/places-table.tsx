/** The places of a house by kind: free, held, taken, out of use; and the count by hand where the book is wrong. */
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StationPlaces, StationView } from '../../shared/stations/schema.ts';
import { api } from '../kernel/api.ts';
import { BigButton } from '../ui/big-button.tsx';
import { CountStepper } from '../ui/count-stepper.tsx';
import { IconButton } from '../ui/icon-button.tsx';
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
    <div className={classes['places']}>
      <div className={classes['columns']} aria-hidden>
        <span />
        {parts.map((part) => (
          <span key={part}>{t(`places.${part}`)}</span>
        ))}
        <span />
      </div>
      {station.places.map((places) => (
        <Places key={places.kind} stationId={station.id} places={places} mayCorrect={mayCorrect} />
      ))}
      {station.extra > 0 && (
        <p className={classes['late']}>{t('house.extraCount', { count: station.extra })}</p>
      )}
    </div>
  );
}

const parts = ['free', 'held', 'taken', 'blocked'] as const;

function Places(props: { stationId: string; places: StationPlaces; mayCorrect: boolean }) {
  const { t } = useTranslation(['house', 'stations']);
  const { places } = props;
  const [open, setOpen] = useState(false);
  const kind = t(`stations:kind.${places.kind}`);
  return (
    <div className={classes['place']} role="group" aria-label={kind}>
      <div className={classes['columns']}>
        <span className={classes['kind']}>
          <strong>{kind}</strong>
          <span className={classes['quiet']}>
            {t('house:places.total', { count: places.total })}
          </span>
        </span>
        {parts.map((part) => (
          <span key={part} className={classes['number']} data-part={part}>
            <span className={classes['unseen']}>{t(`house:places.${part}`)} </span>
            {places[part]}
          </span>
        ))}
        {props.mayCorrect ? (
          <IconButton label={t('house:places.correctOf', { kind })} onClick={() => setOpen(!open)}>
            <IconPencil size={20} aria-hidden />
          </IconButton>
        ) : (
          <span />
        )}
      </div>
      {open && <Correction {...props} kind={kind} onDone={() => setOpen(false)} />}
    </div>
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
