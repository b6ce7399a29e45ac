/** What the plan asks of the desk: whom to send now, what to change, what comes later, what nobody can do. */
import { IconArrowRight, IconPinFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanView, Unserved } from '../../shared/planning/schema.ts';
import { useFormat } from '../kernel/use-format.ts';
import { BigButton } from '../ui/big-button.tsx';
import { askToConfirm } from '../ui/confirm.tsx';
import { PriorityMark } from '../ui/priority-mark.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { NotSent } from './not-sent.tsx';
import { isPinned, proposalsOf, sendingOf } from './plan-stops.ts';
import type { PlacedVisit } from './plan-stops.ts';
import { ChangeRow, SendButtons } from './proposal-buttons.tsx';
import classes from './proposals.module.css';
import { usePlaceWords, usePlanScene, useSceneWords } from './scene.ts';
import { lookAtVisit } from './screen-store.ts';
import { usePlanDeeds } from './use-plan-deeds.ts';

const reasonsShown = 3;
const mostShown = 40;

export function Proposals({ plan }: { plan: PlanView }) {
  const { t } = useTranslation('planDesk');
  const scene = usePlanScene();
  const { now, later, changes } = proposalsOf(plan);
  const calm = now.length === 0 && changes.length === 0 && plan.unserved.length === 0;
  return (
    <>
      <NotSent />
      {calm && (
        <StateBlock
          kind="empty"
          compact
          title={plan.lanes.length === 0 ? t('empty.noTeams') : t('empty.noProposals')}
          text={plan.lanes.length === 0 ? t('empty.teamsText') : t('empty.proposalsText')}
        />
      )}
      {changes.length > 0 && (
        <section className={classes['group']} aria-label={t('changes')}>
          <h2>{t('changes')}</h2>
          {changes.map((visit) => (
            <ChangeRow key={visit.stop.jobId} visit={visit} />
          ))}
        </section>
      )}
      {now.length > 0 && (
        <section className={classes['group']} aria-label={t('now')}>
          <h2>{t('now')}</h2>
          {now.slice(0, mostShown).map((visit) => (
            <ProposalRow key={visit.stop.jobId} visit={visit} canSend />
          ))}
          {scene.mayAct && now.length > 1 && <SendAll visits={now.slice(0, mostShown)} />}
        </section>
      )}
      {plan.unserved.length > 0 && (
        <section className={classes['group']} aria-label={t('unservedTitle')}>
          <h2>{t('unservedTitle')}</h2>
          {plan.unserved.slice(0, mostShown).map((job) => (
            <UnservedRow key={job.jobId} job={job} />
          ))}
        </section>
      )}
      {later.length > 0 && (
        <details className={classes['later']}>
          <summary>{t('later', { count: later.length })}</summary>
          <p className={classes['quiet']}>{t('laterText')}</p>
          {later.slice(0, mostShown).map((visit) => (
            <ProposalRow key={visit.stop.jobId} visit={visit} canSend={false} />
          ))}
        </details>
      )}
    </>
  );
}

function SendAll({ visits }: { visits: readonly PlacedVisit[] }) {
  const { t } = useTranslation('planDesk');
  const placeWords = usePlaceWords();
  const scene = usePlanScene();
  const deeds = usePlanDeeds();
  const [busy, setBusy] = useState(false);
  const sendAll = async () => {
    const sure = await askToConfirm({
      title: t('sendAllTitle', { count: visits.length }),
      text: visits
        .map(({ stop, teamId }) => `${scene.team(teamId)} → ${placeWords(stop)}`)
        .join(' · '),
      confirm: t('send'),
    });
    if (!sure) return;
    setBusy(true);
    await deeds.accept(visits.map(sendingOf));
    setBusy(false);
  };
  return (
    <BigButton loading={busy} onClick={() => void sendAll()}>
      {t('sendAll', { count: visits.length })}
    </BigButton>
  );
}

function ProposalRow({ visit, canSend }: { visit: PlacedVisit; canSend: boolean }) {
  const { t } = useTranslation(['planDesk', 'planning']);
  const placeWords = usePlaceWords();
  const scene = usePlanScene();
  const words = useSceneWords();
  const { stop, teamId } = visit;
  const team = scene.team(teamId);
  return (
    <div className={classes['row']} data-selected={isChosen(scene, stop.clusterId) || undefined}>
      <RowHead visit={visit} />
      {stop.reasons.length > 0 && (
        <span className={classes['reasons']}>
          {stop.reasons.slice(0, reasonsShown).map(words.reason).join(' · ')}
        </span>
      )}
      {isPinned(stop) && (
        <span className={classes['pin']}>
          <IconPinFilled size={14} aria-hidden /> {t('planDesk:lane.pinned')}
        </span>
      )}
      {scene.mayAct && canSend && (
        <SendButtons visit={visit} of={`${team} → ${placeWords(stop)}`} />
      )}
    </div>
  );
}

const isChosen = (scene: { chosenClusterId: string | null }, clusterId: string) =>
  scene.chosenClusterId === clusterId;

/** Team → place, when, how far: leads to the whole reason. */
function RowHead({ visit }: { visit: PlacedVisit }) {
  const { t } = useTranslation(['planDesk', 'planning', 'clusters']);
  const format = useFormat();
  const placeWords = usePlaceWords();
  const scene = usePlanScene();
  const { stop, teamId } = visit;
  const place = scene.place(stop.clusterId);
  const late = stop.lateMinutes >= 1;
  return (
    <button
      type="button"
      className={classes['head']}
      aria-pressed={isChosen(scene, stop.clusterId)}
      onClick={() => {
        lookAtVisit(teamId, stop.clusterId);
        scene.choosePlace(stop.clusterId, false);
      }}
    >
      {place.level !== null && (
        <PriorityMark
          level={place.level}
          label={t('clusters:priority.label', { level: place.level })}
        />
      )}
      <span className={classes['words']}>
        <strong>
          {scene.team(teamId)} <IconArrowRight size={15} aria-label="→" /> {placeWords(stop)}
        </strong>
        <span className={classes['quiet']}>
          {t('planning:arrive', { time: format.time(stop.arriveAt) })}
          {' · '}
          {t('planDesk:way', { duration: format.duration(stop.wayMinutes * 60_000) })}
          {stop.estimated && ` (${t('planning:estimate')})`}
          {late && (
            <b className={classes['late']}>
              {' · '}
              {t('planning:late', { duration: format.duration(stop.lateMinutes * 60_000) })}
            </b>
          )}
        </span>
      </span>
    </button>
  );
}

function UnservedRow({ job }: { job: Unserved }) {
  const placeWords = usePlaceWords();
  const scene = usePlanScene();
  const words = useSceneWords();
  const { t } = useTranslation(['planDesk', 'clusters']);
  const place = scene.place(job.clusterId);
  const first = job.against[0];
  return (
    <div className={classes['row']} data-selected={isChosen(scene, job.clusterId) || undefined}>
      <button
        type="button"
        className={classes['head']}
        aria-pressed={isChosen(scene, job.clusterId)}
        onClick={() => scene.choosePlace(job.clusterId, true)}
      >
        {place.level !== null && (
          <PriorityMark
            level={place.level}
            label={t('clusters:priority.label', { level: place.level })}
          />
        )}
        <span className={classes['words']}>
          <strong>{placeWords(job)}</strong>
          {first && (
            <span className={classes['quiet']}>
              {scene.team(first.teamId)}: {first.against.map(words.reason).join(' · ')}
            </span>
          )}
        </span>
      </button>
    </div>
  );
}
