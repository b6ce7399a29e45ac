/** Who is on the way to a house: when, with whom, which place; and the check-in with one tap when they are at the door. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HoldView } from '../../shared/stations/schema.ts';
import { api } from '../kernel/api.ts';
import { newId } from '../kernel/id.ts';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { TextField } from '../ui/text-field.tsx';
import { FaultLine } from './fault-line.tsx';
import { useArrivals } from './holds.ts';
import classes from './house.module.css';
import { useAct } from './use-act.ts';

export function Arrivals(props: {
  stationId: string;
  teamName: (teamId: string) => string;
  mayCheckIn: boolean;
}) {
  const { t } = useTranslation('house');
  const holds = useArrivals(props.stationId);
  if (holds.length === 0)
    return (
      <StateBlock kind="empty" compact title={t('arrivals.none')} text={t('arrivals.noneText')} />
    );
  return (
    <ul className={classes['rows']}>
      {holds.map((hold) => (
        <li key={hold.id} className={classes['row']}>
          <ArrivalRow hold={hold} teamName={props.teamName} mayCheckIn={props.mayCheckIn} />
        </li>
      ))}
    </ul>
  );
}

/** Kind, places, when and with whom; said late when the time has passed. */
function useArrivalWords(hold: HoldView, teamName: (teamId: string) => string) {
  const { t } = useTranslation(['house', 'stations']);
  const format = useFormat();
  const late = format.now - Date.parse(hold.expectedAt);
  return {
    kind: t(`stations:kind.${hold.kind}`),
    from:
      hold.teamId === null
        ? t('house:arrivals.byHand')
        : t('house:arrivals.from', { team: teamName(hold.teamId) }),
    overdue:
      late > 60_000 ? t('house:arrivals.overdue', { duration: format.duration(late) }) : null,
    expected: t('house:arrivals.expected', { time: format.time(hold.expectedAt) }),
  };
}

function ArrivalRow(props: {
  hold: HoldView;
  teamName: (teamId: string) => string;
  mayCheckIn: boolean;
}) {
  const { t } = useTranslation(['house', 'stations']);
  const { hold } = props;
  const words = useArrivalWords(hold, props.teamName);
  return (
    <>
      <p className={classes['head']}>
        <strong>{words.expected}</strong>
        {words.overdue !== null && <span className={classes['late']}>{words.overdue}</span>}
        {hold.encounterId !== null && (
          <span className={classes['tag']}>{t('house:arrivals.aboard')}</span>
        )}
      </p>
      <p className={classes['quiet']}>
        {[words.kind, t('house:arrivals.places', { count: hold.places }), words.from].join(' · ')}
      </p>
      {!hold.withinPlaces && <p className={classes['late']}>{t('house:arrivals.beyond')}</p>}
      {props.mayCheckIn && <ArrivedForm hold={hold} from={words.from} kind={words.kind} />}
    </>
  );
}

function ArrivedForm({ hold, from, kind }: { hold: HoldView; from: string; kind: string }) {
  const { t } = useTranslation('house');
  // Kept over a failed try: sending again is the same stay.
  const [id, setId] = useState(newId);
  const [label, setLabel] = useState('');
  const { busy, fault, run } = useAct();
  const arrive = async () => {
    const done = await run(() =>
      api.stations.checkIn.mutate({
        id,
        stationId: hold.stationId,
        kind: hold.kind,
        how: 'escorted',
        holdId: hold.id,
        label: label.trim(),
        note: '',
      }),
    );
    if (!done) return;
    // One hold may be for several: the next of them is somebody else.
    setId(newId());
    setLabel('');
    notifyDone(t('checkIn.done'));
  };
  const release = async () => {
    const sure = await askToConfirm({
      title: t('arrivals.releaseTitle'),
      text: t('arrivals.releaseText'),
      confirm: t('arrivals.release'),
    });
    if (sure) await run(() => api.stations.releaseHold.mutate({ id: hold.id }));
  };
  return (
    <form
      className={classes['inline']}
      aria-label={t('arrivals.arriveOf', { kind, from })}
      onSubmit={(event) => {
        event.preventDefault();
        void arrive();
      }}
    >
      <TextField label={t('checkIn.label')} maxLength={40} value={label} onChange={setLabel} />
      <BigButton tone="main" type="submit" loading={busy}>
        {t('arrivals.arrive')}
      </BigButton>
      {hold.encounterId === null && (
        <BigButton tone="quiet" disabled={busy} onClick={() => void release()}>
          {t('arrivals.release')}
        </BigButton>
      )}
      <FaultLine fault={fault} />
    </form>
  );
}
