/** The list: own tasks on top, then visits owed, then places by urgency, then where to go now. */
import { cellToLatLng } from 'h3-js';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DispatchView } from '../../shared/dispatch/schema.ts';
import { ClusterRow } from '../clusters/cluster-row.tsx';
import type { RankedCluster } from '../clusters/store.ts';
import { useActiveDispatches } from '../dispatch/store.ts';
import { usePatrols } from '../patrols/store.ts';
import { BigButton } from '../ui/big-button.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import type { DebtCell } from '../zones/cell-layer.tsx';
import { useCellWords } from '../zones/use-cell-words.ts';
import { Task } from './chosen.tsx';
import { useDistanceWords } from './here.ts';
import classes from './panel.module.css';
import { RecheckRows } from './recheck-rows.tsx';
import { choose, usePatrolScreen } from './store.ts';

export interface OverviewProps {
  teamId: string;
  tasks: readonly DispatchView[];
  places: readonly RankedCluster[];
  debts: readonly DebtCell[];
  /** the first picture of the city is there */
  ready: boolean;
}

export function Overview(props: OverviewProps) {
  const { t } = useTranslation('patrol');
  const { tasks } = props;
  if (!props.ready) return <StateBlock kind="loading" />;
  return (
    <>
      <Part title={t('tasks')}>
        {tasks.length === 0 && (
          <StateBlock kind="empty" compact title={t('noTasks')} text={t('noTasksText')} />
        )}
        {tasks.map((dispatch) => (
          <Task key={dispatch.id} dispatch={dispatch} />
        ))}
      </Part>
      <Part title={t('rechecks')}>
        <RecheckRows />
      </Part>
      <Part title={t('places')}>
        <Places places={props.places} teamId={props.teamId} />
      </Part>
      <Part title={t('where')}>
        <Where debts={props.debts} />
      </Part>
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
/** After a touch the order holds still this long: nothing moves under a finger. */
const holdMs = 6_000;

/** The same things in the order they were shown in, while a finger is at them; new ones come last. */
function useSteadyOrder(places: readonly RankedCluster[]) {
  const touchedAt = useRef(0);
  const shown = useRef<readonly string[]>([]);
  let ordered = places;
  if (Date.now() - touchedAt.current < holdMs) {
    const rank = new Map(shown.current.map((id, index) => [id, index]));
    const at = ({ cluster }: RankedCluster) => rank.get(cluster.id) ?? rank.size;
    ordered = places.toSorted((a, b) => at(a) - at(b));
  }
  shown.current = ordered.map(({ cluster }) => cluster.id);
  return {
    ordered,
    touch: () => {
      touchedAt.current = Date.now();
    },
  };
}

function Places(props: { places: readonly RankedCluster[]; teamId: string }) {
  const { t } = useTranslation(['patrol', 'dispatch']);
  const choice = usePatrolScreen((screen) => screen.choice);
  const { byCluster } = useActiveDispatches();
  const teams = usePatrols((store) => store.teams);
  const away = useDistanceWords();
  const [shown, setShown] = useState(page);
  const { ordered, touch } = useSteadyOrder(props.places);
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

const mostCells = 6;

function Where({ debts }: { debts: readonly DebtCell[] }) {
  const { t } = useTranslation(['patrol', 'zones']);
  const cellWords = useCellWords();
  const away = useDistanceWords();
  const choice = usePatrolScreen((screen) => screen.choice);
  if (debts.length === 0) return <p className={classes['quiet']}>{t('patrol:noWhere')}</p>;
  return debts.slice(0, mostCells).map((debt) => {
    const [lat, lon] = cellToLatLng(debt.cell);
    const distance = away({ lon, lat });
    return (
      <button
        key={debt.cell}
        type="button"
        className={classes['row']}
        data-selected={choice?.id === debt.cell || undefined}
        onClick={() => choose({ kind: 'cell', id: debt.cell }, true)}
      >
        <span className={classes['facts']}>
          <span className={classes['cellHead']}>
            <span
              className={classes['swatch']}
              data-step={debt.step}
              style={{ background: `var(--nx-cold-${debt.step})` }}
              aria-hidden
            >
              {debt.step}
            </span>
            <strong>
              {t('zones:legend')}: {t(`zones:step.${debt.step as 1 | 2 | 3 | 4}`)}
            </strong>
            <span className={classes['end']}>{distance}</span>
          </span>
          <span className={classes['quiet']}>{debt.reasons.map(cellWords).join(' · ')}</span>
        </span>
      </button>
    );
  });
}
