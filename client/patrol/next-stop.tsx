/**
 * The next stop of a task: the way and when they will be there, what to take and what is missing, the bed that is kept,
 * where to afterwards, and why. Without a network it is what was known last, with its age.
 */
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DispatchView } from '../../shared/dispatch/schema.ts';
import type { PlanStop, TaskPlan, VisitStop } from '../../shared/planning/schema.ts';
import { useConnection } from '../kernel/connection.ts';
import { useFormat } from '../kernel/use-format.ts';
import { usePatrols } from '../patrols/store.ts';
import { usePlanReasonWords } from '../planning/use-plan-reason-words.ts';
import type { PlanNames } from '../planning/use-plan-reason-words.ts';
import { useHoldsOf } from '../stations/holds.ts';
import { useStation, useStationsStore } from '../stations/store.ts';
import { useVehicleStore } from '../vehicles/store.ts';
import { BigButton } from '../ui/big-button.tsx';
import classes from './next-stop.module.css';
import { useTaskPlans } from './task-plans.ts';
import { ToTake } from './to-take.tsx';
import { WayLine } from './way-line.tsx';

const minuteMs = 60_000;
/** Younger than this it is as good as now. */
const freshMs = 3 * minuteMs;

export function NextStop({ dispatch }: { dispatch: DispatchView }) {
  const { t } = useTranslation('patrol');
  const news = useTaskPlans((store) => store.byDispatch.get(dispatch.id));
  const format = useFormat();
  const offline = useConnection(({ state }) => state === 'offline');
  if (!news) return null;
  const { stop, then, next } = news.task;
  const onScene = dispatch.state === 'on_scene';
  const old = format.now - Date.parse(news.at) > freshMs;
  return (
    <section className={classes['next']} aria-label={t('next.title')}>
      {!onScene && <WayLine dispatch={dispatch} stop={stop} />}
      {!onScene && <Deadline stop={stop} />}
      {stop.items.length > 0 && <ToTake items={stop.items} teamId={dispatch.teamId} />}
      <Bed dispatchId={dispatch.id} stop={stop} />
      {then !== null && <Then then={then} />}
      {onScene && then !== null && <WayLine dispatch={dispatch} stop={then} />}
      {next !== null && (
        <Line word={t('next.after')}>
          {t('next.afterAt', { time: format.time(next.arriveAt), count: next.headcount })}
        </Line>
      )}
      <Reasons stop={stop} open={dispatch.state === 'offered'} />
      {(old || offline) && (
        <p className={classes['quiet']} role="status">
          {t('next.age', { ago: format.ago(news.at) })}
        </p>
      )}
    </section>
  );
}

const Line = (props: { word: string; late?: boolean; children: ReactNode }) => (
  <p className={classes['line']} data-late={props.late || undefined}>
    <span>{props.word}</span>
    <strong>{props.children}</strong>
  </p>
);

/** By when somebody has to be there, and whether that can still be. */
function Deadline({ stop }: { stop: PlanStop & VisitStop }) {
  const { t } = useTranslation('patrol');
  const format = useFormat();
  if (stop.deadlineAt === null) return null;
  const left = Date.parse(stop.deadlineAt) - format.now;
  const time = format.time(stop.deadlineAt);
  if (left < 0)
    return (
      <Line word={t('next.deadline')} late>
        {t('next.passed', { time, duration: format.duration(-left) })}
      </Line>
    );
  const late = stop.lateMinutes >= 1;
  return (
    <Line word={t('next.deadline')} late={late}>
      {late
        ? t('next.lateBy', { time, duration: format.duration(stop.lateMinutes * minuteMs) })
        : t('next.inTime', { time, duration: format.duration(left) })}
    </Line>
  );
}

function Bed({ dispatchId, stop }: { dispatchId: string; stop: PlanStop & VisitStop }) {
  const { t } = useTranslation(['patrol', 'stations']);
  const format = useFormat();
  const holds = useHoldsOf(dispatchId);
  const hold = holds.find(({ id }) => id === stop.bed?.holdId) ?? holds[0];
  const bed = hold ?? stop.bed;
  const station = useStation(bed?.stationId);
  if (!bed || !station) return null;
  const kind = t(`stations:kind.${bed.kind}`);
  const where = t('patrol:next.bedAt', { station: station.name, kind, count: bed.places });
  if (!hold)
    return (
      <Line word={t('patrol:next.bedWanted')}>
        {where} · {t('stations:freeOfKind', { kind, free: freeOf(station.places, bed.kind) })}
      </Line>
    );
  return (
    <Line word={t('patrol:next.bedHeld')}>
      {where}
      {hold.encounterId === null &&
        ` · ${t('patrol:next.until', { time: format.time(hold.expiresAt) })}`}
    </Line>
  );
}

const freeOf = (places: readonly { kind: string; free: number }[], kind: string): number =>
  places.find((each) => each.kind === kind)?.free ?? 0;

function Then({ then }: { then: NonNullable<TaskPlan['then']> }) {
  const { t } = useTranslation('patrol');
  const format = useFormat();
  const station = useStation(then.stationId);
  if (!station) return null;
  return (
    <>
      <Line word={t('next.onward')}>
        {t('next.onwardAt', { station: station.name, time: format.time(then.arriveAt) })}
      </Line>
      {station.phone !== '' && (
        <BigButton href={`tel:${station.phone}`}>
          {t('station.callOf', { name: station.name, phone: station.phone })}
        </BigButton>
      )}
    </>
  );
}

/** Why this team, why now: open while they decide, a tap away afterwards. */
function Reasons({ stop, open }: { stop: PlanStop & VisitStop; open: boolean }) {
  const { t } = useTranslation('patrol');
  const { reason } = usePlanReasonWords(useNames());
  if (stop.reasons.length === 0) return null;
  return (
    <details className={classes['why']} open={open}>
      <summary>{t('next.why')}</summary>
      <ul>
        {stop.reasons.map((each) => (
          <li key={JSON.stringify(each)}>{reason(each)}</li>
        ))}
      </ul>
    </details>
  );
}

function useNames(): PlanNames {
  const { t } = useTranslation('patrol');
  const teams = usePatrols((store) => store.teams);
  const stations = useStationsStore((store) => store.byId);
  const vehicles = useVehicleStore((store) => store.byId);
  return useMemo(
    () => ({
      team: (id) => teams.get(id)?.name ?? '',
      station: (id) => stations.get(id)?.name ?? '',
      vehicle: (id) => vehicles.get(id)?.name ?? '',
      job: () => t('next.otherPlace'),
    }),
    [teams, stations, vehicles, t],
  );
}
