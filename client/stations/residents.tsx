/** Who is in the house: which place, since when, long stays first said; and where somebody goes who leaves. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StayView } from '../../shared/stations/schema.ts';
import { api } from '../kernel/api.ts';
import { useFormat } from '../kernel/use-format.ts';
import type { Asked } from '../kernel/use-asked.ts';
import { AskedState } from '../ui/asked-state.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { notifyDone } from '../ui/notify.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { TextField } from '../ui/text-field.tsx';
import { FaultLine } from './fault-line.tsx';
import classes from './house.module.css';
import { useAct } from './use-act.ts';

export function Residents(props: { stays: Asked<StayView[]>; mayCheckOut: boolean }) {
  const { t } = useTranslation('house');
  const { answer, fault, reload } = props.stays;
  if (answer === null) return <AskedState fault={fault} onRetry={reload} />;
  const here = answer
    .filter(({ leftAt }) => leftAt === null)
    .toSorted((a, b) => (a.arrivedAt < b.arrivedAt ? -1 : 1));
  if (here.length === 0) return <StateBlock kind="empty" compact title={t('house.none')} />;
  return (
    <>
      {fault !== null && <AskedState fault={fault} onRetry={reload} />}
      <ul className={classes['rows']}>
        {here.map((stay) => (
          <li key={stay.id} className={classes['row']}>
            <Resident stay={stay} mayCheckOut={props.mayCheckOut} onLeft={reload} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Resident(props: { stay: StayView; mayCheckOut: boolean; onLeft: () => void }) {
  const { t } = useTranslation(['house', 'stations']);
  const format = useFormat();
  const { stay } = props;
  const [leaving, setLeaving] = useState(false);
  const label = stay.label === '' ? t('house:house.unlabelled') : stay.label;
  return (
    <>
      <div className={classes['head']}>
        <strong>{label}</strong>
        <span>{t(`stations:kind.${stay.kind}`)}</span>
        {!stay.withinPlaces && <span className={classes['tag']}>{t('house:house.extra')}</span>}
        {stay.longStay && <span className={classes['late']}>{t('house:house.longStay')}</span>}
        {props.mayCheckOut && !leaving && (
          <span className={classes['end']}>
            <BigButton
              full={false}
              label={t('house:house.checkOutOf', { label })}
              onClick={() => setLeaving(true)}
            >
              {t('house:house.checkOut')}
            </BigButton>
          </span>
        )}
      </div>
      <p className={classes['quiet']}>
        {[
          t(`house:arrival.${stay.how}`),
          t('house:house.since', { time: format.time(stay.arrivedAt) }),
          ...(stay.days > 0 ? [t('house:house.days', { count: stay.days })] : []),
          ...(stay.note === '' ? [] : [stay.note]),
        ].join(' · ')}
      </p>
      {leaving && <CheckOut stay={stay} onCancel={() => setLeaving(false)} onDone={props.onLeft} />}
    </>
  );
}

function CheckOut(props: { stay: StayView; onCancel: () => void; onDone: () => void }) {
  const { t } = useTranslation(['house', 'common']);
  const [leftTo, setLeftTo] = useState('');
  const { busy, fault, run } = useAct();
  const save = async () => {
    const { id } = props.stay;
    if (!(await run(() => api.stations.checkOut.mutate({ id, leftTo: leftTo.trim() })))) return;
    notifyDone(t('house:house.done'));
    props.onDone();
  };
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField
        label={t('house:house.leftTo')}
        hint={t('house:house.leftToHint')}
        maxLength={200}
        value={leftTo}
        onChange={setLeftTo}
      />
      <FaultLine fault={fault} />
      <div className={classes['pair']}>
        <BigButton tone="quiet" disabled={busy} onClick={props.onCancel}>
          {t('common:cancel')}
        </BigButton>
        <BigButton tone="main" type="submit" loading={busy}>
          {t('house:house.save')}
        </BigButton>
      </div>
    </form>
  );
}
