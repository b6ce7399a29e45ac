/** What the plan says about one place, and why: who, when, with what, where to afterwards, and why nobody else. */
import { IconPinFilled } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Alternative, JobId } from '../../shared/planning/schema.ts';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import { MoveMenu } from './move-menu.tsx';
import classes from './place-plan.module.css';
import { isPinned, unservedAt, visitsTo } from './plan-stops.ts';
import type { PlacedVisit } from './plan-stops.ts';
import { ChangeRow, SendButtons } from './proposal-buttons.tsx';
import { usePlanScene, useSceneWords } from './scene.ts';
import { usePlanScreen } from './screen-store.ts';
import { usePlan } from './store.ts';
import { usePlanDeeds } from './use-plan-deeds.ts';

export function PlacePlan({ clusterId }: { clusterId: string }) {
  const { t } = useTranslation('planDesk');
  const scene = usePlanScene();
  const plan = usePlan((store) => store.plan);
  const visits = visitsTo(plan, clusterId);
  const unserved = unservedAt(plan, clusterId);
  const part = useRef<HTMLElement>(null);
  const asked = usePlanScreen((screen) =>
    screen.asked?.clusterId === clusterId ? screen.asked.count : 0,
  );
  useEffect(() => {
    // Chosen for its reasons: they come first, whatever else there is to say.
    if (asked > 0) part.current?.scrollIntoView?.({ block: 'start' });
  }, [asked]);
  if (visits.length === 0 && unserved.length === 0) return null;
  return (
    <section ref={part} className={classes['plan']} aria-label={t('place.title')}>
      <h3>{t('place.title')}</h3>
      {visits.map((visit) => (
        <VisitPlan key={visit.stop.jobId} visit={visit} />
      ))}
      {unserved.map((job) => (
        <div key={job.jobId} className={classes['visit']}>
          <p className={classes['none']}>
            {job.recheckId !== null && `${t('place.recheck')} · `}
            {t('unserved')}
          </p>
          <Alternatives all={job.against} open />
          {scene.mayAct && <Placement jobId={job.jobId} clusterId={clusterId} teamId={null} />}
        </div>
      ))}
    </section>
  );
}

function VisitPlan({ visit }: { visit: PlacedVisit }) {
  const { t } = useTranslation(['planDesk', 'planning', 'sightings']);
  const scene = usePlanScene();
  const words = useSceneWords();
  const { stop, teamId, number } = visit;
  const team = scene.team(teamId);
  const proposed = stop.state === 'proposed';
  return (
    <div className={classes['visit']}>
      <p className={classes['head']}>
        <strong>{t('planDesk:place.stop', { team, number })}</strong>
        <span className={classes['state']} data-state={stop.state}>
          {t(`planning:state.${stop.state}`)}
        </span>
        {stop.recheckId !== null && <span>{t('planDesk:place.recheck')}</span>}
      </p>
      <Times visit={visit} />
      {stop.reasons.length > 0 && (
        <>
          <h4>{t('planning:why')}</h4>
          <ul className={classes['reasons']}>
            {stop.reasons.map((reason) => (
              <li key={JSON.stringify(reason)}>{words.reason(reason)}</li>
            ))}
          </ul>
        </>
      )}
      <Takes visit={visit} />
      <Alternatives all={stop.alternatives} open={false} />
      {stop.change !== null && <ChangeRow visit={visit} />}
      {scene.mayAct && proposed && (
        <>
          {number === 1 ? (
            <SendButtons visit={visit} of={team} />
          ) : (
            <p className={classes['quiet']}>{t('planDesk:place.waits', { team })}</p>
          )}
          <Placement
            jobId={stop.jobId}
            clusterId={stop.clusterId}
            teamId={teamId}
            pinned={isPinned(stop)}
          />
        </>
      )}
    </div>
  );
}

function Times({ visit: { stop } }: { visit: PlacedVisit }) {
  const { t } = useTranslation(['planDesk', 'planning']);
  const format = useFormat();
  const minutes = (count: number) => format.duration(count * 60_000);
  return (
    <p className={classes['times']}>
      {t('planning:arrive', { time: format.time(stop.arriveAt) })}
      {' · '}
      {t('planDesk:way', { duration: minutes(stop.wayMinutes) })}
      {stop.wayMeters > 0 && ` · ${format.distance(stop.wayMeters)}`}
      {stop.estimated && (
        <span className={classes['estimate']} title={t('planning:estimateText')}>
          {t('planning:estimate')}
        </span>
      )}
      {stop.deadlineAt !== null && (
        <span className={stop.lateMinutes >= 1 ? classes['late'] : classes['quiet']}>
          {t('planning:deadline', { time: format.time(stop.deadlineAt) })}
          {stop.lateMinutes >= 1 &&
            `, ${t('planning:late', { duration: minutes(stop.lateMinutes) })}`}
        </span>
      )}
    </p>
  );
}

function Takes({ visit: { stop } }: { visit: PlacedVisit }) {
  const { t } = useTranslation(['planning', 'sightings']);
  const scene = usePlanScene();
  if (stop.items.length === 0 && stop.bed === null) return null;
  return (
    <dl className={classes['facts']}>
      {stop.items.length > 0 && (
        <div>
          <dt>{t('planning:take')}</dt>
          <dd>
            {stop.items
              .map(({ item, quantity }) =>
                t('planning:item', { item: t(`sightings:need.${item}`), count: quantity }),
              )
              .join(' · ')}
          </dd>
        </div>
      )}
      {stop.bed !== null && (
        <div>
          <dt>{stop.bed.holdId === null ? t('planning:bedWanted') : t('planning:bedHeld')}</dt>
          <dd>
            {t('planning:bedOf', {
              station: scene.station(stop.bed.stationId),
              kind: t(`planning:beds.${stop.bed.kind}`),
              count: stop.bed.places,
            })}
          </dd>
        </div>
      )}
    </dl>
  );
}

function Alternatives({ all, open }: { all: readonly Alternative[]; open: boolean }) {
  const { t } = useTranslation('planDesk');
  const format = useFormat();
  const scene = usePlanScene();
  const words = useSceneWords();
  if (all.length === 0) return null;
  return (
    <details className={classes['alternatives']} open={open}>
      <summary>{t('place.alternatives')}</summary>
      <ul>
        {all.map(({ teamId, arriveAt, against }) => (
          <li key={teamId}>
            <strong>
              {arriveAt === null
                ? t('place.cannot', { team: scene.team(teamId) })
                : t('place.can', { team: scene.team(teamId), time: format.time(arriveAt) })}
            </strong>
            <span>{against.map(words.reason).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Another team or another order, by keyboard as by hand; and letting go of what was fixed by hand. */
function Placement(props: {
  jobId: JobId;
  clusterId: string;
  teamId: string | null;
  pinned?: boolean;
}) {
  const { t } = useTranslation('planDesk');
  const deeds = usePlanDeeds();
  const [moving, setMoving] = useState(false);
  const [busy, setBusy] = useState(false);
  const release = async () => {
    setBusy(true);
    await deeds.unpin(props.jobId);
    setBusy(false);
  };
  if (moving) return <MoveMenu {...props} onDone={() => setMoving(false)} />;
  return (
    <span className={classes['placement']}>
      {props.pinned === true && (
        <BigButton
          full={false}
          loading={busy}
          icon={<IconPinFilled size={18} aria-hidden />}
          onClick={() => void release()}
        >
          {t('release')}
        </BigButton>
      )}
      <BigButton full={false} onClick={() => setMoving(true)}>
        {t('place.move')}
      </BigButton>
    </span>
  );
}
