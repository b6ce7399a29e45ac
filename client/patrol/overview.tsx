/** The list: own tasks on top, then where to go now, then places by urgency and the visits owed later. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconMessageReport } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import type { DispatchView } from '../../shared/dispatch/schema.ts';
import type { NearbyVisit } from '../../shared/patrols/nearby.ts';
import { ClusterRow } from '../clusters/cluster-row.tsx';
import type { RankedCluster } from '../clusters/store.ts';
import { useActiveDispatches } from '../dispatch/store.ts';
import { ConflictNotices } from '../field/conflict-notices.tsx';
import { usePatrols } from '../patrols/store.ts';
import { BigButton } from '../ui/big-button.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { ColdState } from '../zones/cold-state.tsx';
import type { ColdPicture } from '../zones/picture.ts';
import { Task } from './chosen.tsx';
import { useDistanceWords } from './here.ts';
import classes from './panel.module.css';
import { KeyPointFilter } from './key-point-filter.tsx';
import { NearbyList } from './nearby-list.tsx';
import { RecheckRows } from './recheck-rows.tsx';
import { choose, usePatrolScreen } from './store.ts';
import type { NearbyThing } from './use-nearby.ts';
import { useSteadyOrder } from '../ui/use-steady-order.ts';

export interface OverviewProps {
  teamId: string;
  tasks: readonly DispatchView[];
  places: readonly RankedCluster[];
  nearby: readonly NearbyVisit<NearbyThing>[];
  /** of the cells; null until they have come */
  picture: ColdPicture | null;
  /** the first picture of the city is there */
  ready: boolean;
}

export function Overview(props: OverviewProps) {
  const { t } = useTranslation('patrol');
  const { tasks } = props;
  const [, go] = useLocation();
  const teams = usePatrols((store) => store.teams);
  if (!props.ready) return <StateBlock kind="loading" />;
  return (
    <>
      <ConflictNotices teamId={props.teamId} teamName={(id) => teams.get(id)?.name ?? null} />
      <Part title={t('tasks')}>
        {tasks.length === 0 && (
          <StateBlock kind="empty" compact title={t('noTasks')} text={t('noTasksText')} />
        )}
        {tasks.map((dispatch) => (
          <Task key={dispatch.id} dispatch={dispatch} />
        ))}
      </Part>
      <Part title={t('where')}>
        <ColdState />
        <NearbyList nearby={props.nearby} picture={props.picture} />
        <KeyPointFilter />
      </Part>
      <Part title={t('places')}>
        <Places places={props.places} teamId={props.teamId} />
      </Part>
      <Part title={t('rechecks')}>
        <RecheckRows />
      </Part>
      <BigButton icon={<IconMessageReport size={24} aria-hidden />} onClick={() => go('/report')}>
        {t('report')}
      </BigButton>
    </>
  );
}

const Part = (props: { title: string; children: ReactNode }) => (
  <section className={classes['part']}>
    <h2 className={classes['heading']}>{props.title}</h2>
    {props.children}
  </section>
);

const page = 12;
const idOf = ({ cluster }: RankedCluster): string => cluster.id;

function Places(props: { places: readonly RankedCluster[]; teamId: string }) {
  const { t } = useTranslation(['patrol', 'dispatch']);
  const choice = usePatrolScreen((screen) => screen.choice);
  const { byCluster } = useActiveDispatches();
  const teams = usePatrols((store) => store.teams);
  const away = useDistanceWords();
  const [shown, setShown] = useState(page);
  const { ordered, touch } = useSteadyOrder(props.places, idOf);
  if (ordered.length === 0)
    return (
      <StateBlock
        kind="empty"
        compact
        title={t('patrol:noPlaces')}
        text={t('patrol:noPlacesText')}
      />
    );
  const statusOf = (clusterId: string): string | undefined => {
    const dispatch = byCluster.get(clusterId)?.[0];
    if (!dispatch) return undefined;
    const state = t(`dispatch:state.${dispatch.state}`);
    if (dispatch.teamId === props.teamId) return t('patrol:ownOn', { state });
    return t('patrol:someoneOn', { team: teams.get(dispatch.teamId)?.name ?? '', state });
  };
  return (
    <div className={classes['list']} onPointerDown={touch} onWheel={touch}>
      {ordered.slice(0, shown).map((ranked) => {
        const { cluster } = ranked;
        const status = statusOf(cluster.id);
        return (
          <ClusterRow
            key={cluster.id}
            ranked={ranked}
            selected={choice?.id === cluster.id}
            {...(status === undefined
              ? {}
              : { status: <span className={classes['team']}>{status}</span> })}
            aside={<span>{away(cluster)}</span>}
            onSelect={(id) => choose({ kind: 'cluster', id }, true)}
          />
        );
      })}
      {ordered.length > shown && (
        <BigButton tone="quiet" onClick={() => setShown((count) => count + page)}>
          {t('patrol:moreShown', { count: Math.min(page, ordered.length - shown) })}
        </BigButton>
      )}
    </div>
  );
}
