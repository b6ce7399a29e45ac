/** The chosen place, in this order: what it is, why it matters, what can be done next; then its reports and its story. */
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClusterDetail, ClusterView, TimelineEntry } from '../../shared/clusters/schema.ts';
import type { DispatchView, Outcome } from '../../shared/dispatch/schema.ts';
import { hasReports } from '../clusters/has-reports.ts';
import { survivorOf, useClusters, usePriority } from '../clusters/store.ts';
import { Timeline } from '../clusters/timeline.tsx';
import { useHeadcountWords } from '../clusters/use-headcount-words.ts';
import { WhyList } from '../clusters/why-list.tsx';
import { DispatchCard } from '../dispatch/dispatch-card.tsx';
import { SendPanel } from '../dispatch/send-panel.tsx';
import { isActive, useDispatchesOf } from '../dispatch/store.ts';
import { api } from '../kernel/api.ts';
import { faultOf } from '../kernel/fault.ts';
import type { Fault } from '../kernel/fault.ts';
import { useFaultWords } from '../kernel/use-fault-words.ts';
import { useFormat } from '../kernel/use-format.ts';
import { usePatrols } from '../patrols/store.ts';
import { PlacePlan } from '../planning/place-plan.tsx';
import { useSightingsOf } from '../sightings/store.ts';
import { CloseButton } from '../ui/close-button.tsx';
import { Ago } from '../ui/ago.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import classes from './place-detail.module.css';
import { OwedVisits } from './owed-visits.tsx';
import { PeopleMet } from './people-met.tsx';
import { ReportRows } from './report-rows.tsx';
import { chooseCluster } from './store.ts';

/** The story of a place; asked again whenever something about it changed. */
function useDetail(
  clusterId: string,
  version: unknown,
): { detail: ClusterDetail | null; fault: Fault | null; reload: () => void } {
  const [answer, setAnswer] = useState<{
    clusterId: string;
    detail: ClusterDetail | null;
    fault: Fault | null;
  }>({ clusterId, detail: null, fault: null });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let gone = false;
    api.clusters.read.query({ clusterId }).then(
      (detail) => !gone && setAnswer({ clusterId, detail, fault: null }),
      (error: unknown) =>
        !gone && setAnswer((before) => ({ ...before, clusterId, fault: faultOf(error) })),
    );
    return () => {
      gone = true;
    };
  }, [clusterId, version, round]);
  const current = answer.clusterId === clusterId ? answer : { detail: null, fault: null };
  return { ...current, reload: () => setRound((count) => count + 1) };
}

export function PlaceDetail(props: { cluster: ClusterView; mayAct: boolean }) {
  const { t } = useTranslation(['board', 'clusters', 'common']);
  const { cluster, mayAct } = props;
  return (
    <section className={classes['detail']} aria-label={t('board:detail')}>
      <header className={classes['top']}>
        <What cluster={cluster} />
        <CloseButton onClose={() => chooseCluster(null)} />
      </header>
      {cluster.open ? (
        <Open cluster={cluster} mayAct={mayAct} />
      ) : (
        <Ended cluster={cluster} mayAct={mayAct} />
      )}
      {!cluster.open && <PlacePlan clusterId={cluster.id} />}
      <OwedVisits clusterId={cluster.id} />
      {cluster.attendedAt !== null && <PeopleMet clusterId={cluster.id} />}
      <Story cluster={cluster} />
    </section>
  );
}

function What({ cluster }: { cluster: ClusterView }) {
  const { t } = useTranslation(['clusters', 'board', 'sightings']);
  const format = useFormat();
  const headcount = useHeadcountWords();
  return (
    <div className={classes['what']}>
      <h2>{cluster.open ? headcount(cluster) : t('clusters:place')}</h2>
      {hasReports(cluster) && (
        <p>
          {t('clusters:reports', { count: cluster.reportCount })}
          {' · '}
          {Object.entries(cluster.reportsByKind)
            .map(
              ([kind, count]) =>
                `${t(`sightings:kind.${kind as keyof ClusterView['reportsByKind']}`)} ${count}`,
            )
            .join(' · ')}
        </p>
      )}
      <p className={classes['quiet']}>
        {t('clusters:firstSeen')} <Ago at={cluster.firstSeenAt} tappable /> ·{' '}
        {t('clusters:lastSeen')} <Ago at={cluster.lastSeenAt} tappable />
        {cluster.radiusMeters >= 5 &&
          ` · ${t('clusters:radius', { distance: format.distance(cluster.radiusMeters) })}`}
      </p>
      {cluster.open && cluster.needs.length > 0 && (
        <p className={classes['quiet']}>
          {t('board:needs', {
            needs: cluster.needs.map((need) => t(`sightings:need.${need}`)).join(' · '),
          })}
        </p>
      )}
      {cluster.byHand && <p className={classes['hand']}>{t('clusters:byHandText')}</p>}
    </div>
  );
}

function Open({ cluster, mayAct }: { cluster: ClusterView; mayAct: boolean }) {
  const { t } = useTranslation(['board', 'clusters', 'sightings']);
  const priority = usePriority(cluster);
  const teams = usePatrols((store) => store.teams);
  const active = useDispatchesOf(cluster.id).filter(isActive);
  return (
    <>
      {!hasReports(cluster) && (
        <div className={classes['part']} role="status">
          <p>{t('board:ended.emptied')}</p>
          {active.length > 0 && <p>{t('board:ended.stillOnWay')}</p>}
        </div>
      )}
      {priority && hasReports(cluster) && (
        <div className={classes['part']}>
          <h3>{t('board:why')}</h3>
          {priority.emergency && (
            <BigButton tone="danger" href="tel:120">
              {t('sightings:emergency.call')}
            </BigButton>
          )}
          <WhyList priority={priority} />
        </div>
      )}
      <PlacePlan clusterId={cluster.id} />
      <div className={classes['part']}>
        <h3>{active.length > 0 ? t('board:next') : t('board:send.title')}</h3>
        <Tasks active={active} mayAct={mayAct} />
        {active.length === 0 && mayAct && <SendPanel clusterId={cluster.id} teams={teams} />}
        {active.length === 0 && !mayAct && (
          <p className={classes['quiet']}>{t('board:readOnly')}</p>
        )}
      </div>
    </>
  );
}

function Tasks({ active, mayAct }: { active: readonly DispatchView[]; mayAct: boolean }) {
  const teams = usePatrols((store) => store.teams);
  return active.map((dispatch) => (
    <DispatchCard
      key={dispatch.id}
      dispatch={dispatch}
      teamName={teams.get(dispatch.teamId)?.name ?? ''}
      mayCancel={mayAct}
    />
  ));
}

/** What became of it; a team that is still on its way can be called back. */
function Ended({ cluster, mayAct }: { cluster: ClusterView; mayAct: boolean }) {
  const { t } = useTranslation('board');
  const byId = useClusters((store) => store.byId);
  const survivor = survivorOf(byId, cluster);
  const active = useDispatchesOf(cluster.id).filter(isActive);
  return (
    <div className={classes['part']} role="status">
      <p>{t(`ended.${cluster.endReason ?? 'emptied'}`)}</p>
      {active.length > 0 && <p>{t('ended.stillOnWay')}</p>}
      <Tasks active={active} mayAct={mayAct} />
      {survivor && (
        <BigButton onClick={() => chooseCluster(survivor.id, true)}>{t('ended.goTo')}</BigButton>
      )}
      <BigButton tone="quiet" onClick={() => chooseCluster(null)}>
        {t('ended.close')}
      </BigButton>
    </div>
  );
}

function Story({ cluster }: { cluster: ClusterView }) {
  const { t } = useTranslation(['board', 'clusters']);
  const { sentence } = useFaultWords();
  const sightings = useSightingsOf(cluster.id);
  const dispatches = useDispatchesOf(cluster.id);
  const version = useMemo(() => ({ cluster, dispatches }), [cluster, dispatches]);
  const { detail, fault, reload } = useDetail(cluster.id, version);
  const describe = useDescribe();
  const entries = useMemo(() => detail?.timeline.toReversed() ?? [], [detail]);
  return (
    <>
      {sightings.length > 0 && (
        <div className={classes['part']}>
          <h3>{t('board:reports')}</h3>
          <ReportRows cluster={cluster} sightings={sightings} />
        </div>
      )}
      <div className={classes['part']}>
        <h3>{t('clusters:timeline.title')}</h3>
        {detail === null && fault === null && <StateBlock kind="loading" compact />}
        {detail === null && fault !== null && (
          <StateBlock kind="error" compact text={sentence(fault)} onRetry={reload} />
        )}
        {detail !== null && <Timeline entries={entries} describe={describe} />}
      </div>
    </>
  );
}

/** Team, outcome or reason of a timeline entry. */
function useDescribe(): (entry: TimelineEntry) => string {
  const { t } = useTranslation(['dispatch', 'board']);
  const teams = usePatrols((store) => store.teams);
  return useMemo(
    () =>
      ({ details }) => {
        const text = (key: string) => (typeof details[key] === 'string' ? details[key] : null);
        const team = text('teamName') ?? teams.get(text('teamId') ?? '')?.name ?? null;
        const outcome = text('outcome');
        return [
          team,
          outcome === null ? null : t(`dispatch:outcome.${outcome as Outcome}`),
          text('reason'),
        ]
          .filter((part) => part !== null)
          .join(' · ');
      },
    [t, teams],
  );
}
