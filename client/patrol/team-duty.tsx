/** What the planner has to know of a crew: when its shift ends, whether it rests, whether its vehicle runs. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TeamView } from '../../shared/patrols/schema.ts';
import { serverNow } from '../kernel/clock.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { usePatrols } from '../patrols/store.ts';
import { useStationsStore } from '../stations/store.ts';
import { listStores } from '../supplies/store-choices.ts';
import { useSupplyStore } from '../supplies/store.ts';
import { VehicleStock } from '../supplies/vehicle-stock.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { notifyDone, notifyFault } from '../ui/notify.tsx';
import { useVehicleStore } from '../vehicles/store.ts';
import classes from './kept.module.css';

const minuteMs = 60_000;
const halfHourMs = 30 * minuteMs;
const hoursToChoose = [2, 4, 6, 8] as const;
const breaks = [15, 30, 45] as const;

type Duty = Pick<TeamView, 'shiftEndsAt' | 'breakFromAt' | 'breakMinutes'>;

function useTell() {
  const { t } = useTranslation('patrol');
  const { sentence } = useFaultWords();
  const [busy, setBusy] = useState(false);
  const tell = async (work: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await work();
      notifyDone(t('duty.saved'));
    } catch (error) {
      notifyFault(sentence(faultOf(error)));
    } finally {
      setBusy(false);
    }
  };
  return { busy, tell };
}

export function TeamDuty({ team }: { team: TeamView }) {
  const { t } = useTranslation('patrol');
  const { busy, tell } = useTell();
  const change = (part: Partial<Duty>) => {
    const { id: teamId, shiftEndsAt, breakFromAt, breakMinutes } = team;
    const duty = { teamId, shiftEndsAt, breakFromAt, breakMinutes, ...part };
    void tell(() => api.patrols.setTeamDuty.mutate(duty));
  };
  return (
    <section className={classes['crewDuty']} aria-label={t('duty.title')}>
      <h3>{t('duty.title')}</h3>
      <ShiftEnd team={team} busy={busy} onChange={change} />
      <Break team={team} busy={busy} onChange={change} />
      <OwnVehicle teamId={team.id} />
      <Aboard teamId={team.id} />
    </section>
  );
}

function Aboard({ teamId }: { teamId: string }) {
  const { t } = useTranslation('patrol');
  const depots = useSupplyStore((store) => store.depots);
  const stations = useStationsStore((store) => store.byId);
  const teams = usePatrols((store) => store.teams);
  const stores = useMemo(
    () =>
      listStores({ depots: depots.values(), stations: stations.values(), teams: teams.values() }),
    [depots, stations, teams],
  );
  return (
    <>
      <h3>{t('duty.aboard')}</h3>
      <VehicleStock teamId={teamId} stores={stores} />
    </>
  );
}

interface PartProps {
  team: TeamView;
  busy: boolean;
  onChange: (part: Partial<Duty>) => void;
}

const isoAt = (ms: number): string => new Date(ms).toISOString();
const toHalfHour = (ms: number): number => Math.round(ms / halfHourMs) * halfHourMs;

function ShiftEnd({ team, busy, onChange }: PartProps) {
  const { t } = useTranslation('patrol');
  const format = useFormat();
  const { shiftEndsAt } = team;
  if (shiftEndsAt === null)
    return (
      <>
        <p>{t('duty.endsUnknown')}</p>
        <div className={classes['choices']}>
          {hoursToChoose.map((count) => (
            <BigButton
              key={count}
              full={false}
              disabled={busy}
              onClick={() =>
                onChange({ shiftEndsAt: isoAt(toHalfHour(serverNow() + count * 60 * minuteMs)) })
              }
            >
              {t('duty.inHours', { count })}
            </BigButton>
          ))}
        </div>
      </>
    );
  const move = (by: number) => onChange({ shiftEndsAt: isoAt(Date.parse(shiftEndsAt) + by) });
  return (
    <>
      <p>{t('duty.ends', { time: format.time(shiftEndsAt) })}</p>
      <div className={classes['choices']}>
        <BigButton full={false} disabled={busy} onClick={() => move(-halfHourMs)}>
          {t('duty.earlier')}
        </BigButton>
        <BigButton full={false} disabled={busy} onClick={() => move(halfHourMs)}>
          {t('duty.later')}
        </BigButton>
      </div>
    </>
  );
}

function Break({ team, busy, onChange }: PartProps) {
  const { t } = useTranslation('patrol');
  const format = useFormat();
  const from = team.breakFromAt === null ? null : Date.parse(team.breakFromAt);
  const until = from === null ? null : from + team.breakMinutes * minuteMs;
  if (from !== null && until !== null && from <= format.now && format.now < until)
    return (
      <>
        <p>{t('duty.onBreak', { time: format.time(isoAt(until)) })}</p>
        <BigButton disabled={busy} onClick={() => onChange({ breakFromAt: null, breakMinutes: 0 })}>
          {t('duty.endBreak')}
        </BigButton>
      </>
    );
  return (
    <>
      <p>{t('duty.break')}</p>
      <div className={classes['choices']}>
        {breaks.map((count) => (
          <BigButton
            key={count}
            full={false}
            disabled={busy}
            onClick={() => onChange({ breakFromAt: isoAt(serverNow()), breakMinutes: count })}
          >
            {t('duty.breakFor', { count })}
          </BigButton>
        ))}
      </div>
    </>
  );
}

function OwnVehicle({ teamId }: { teamId: string }) {
  const { t } = useTranslation('patrol');
  const { busy, tell } = useTell();
  const vehicle = useVehicleStore(({ byId }) =>
    [...byId.values()].find((each) => each.teamId === teamId && !each.removed),
  );
  if (!vehicle) return <p>{t('duty.noVehicle')}</p>;
  const { id, name, seats: count } = vehicle;
  const set = (state: typeof vehicle.state) =>
    tell(() => api.vehicles.setState.mutate({ id, state }));
  const report = async () => {
    const sure = await askToConfirm({
      title: t('duty.brokenTitle', { vehicle: name }),
      text: t('duty.brokenText'),
      confirm: t('duty.broken'),
    });
    if (sure) await set('broken');
  };
  if (vehicle.state === 'broken')
    return (
      <>
        <p className={classes['broken']}>{t('duty.isBroken', { vehicle: name })}</p>
        <BigButton loading={busy} onClick={() => void set('ready')}>
          {t('duty.ready')}
        </BigButton>
      </>
    );
  return (
    <>
      <p>{t('duty.seats', { vehicle: name, count })}</p>
      <BigButton loading={busy} onClick={() => void report()}>
        {t('duty.broken')}
      </BigButton>
    </>
  );
}
