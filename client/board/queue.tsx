/** The left side of the board: what waits, who is there, where beds are; one list at a time. */
import { SegmentedControl, Tabs } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ClusterRow } from '../clusters/cluster-row.tsx';
import type { RankedCluster } from '../clusters/store.ts';
import { useActiveDispatches } from '../dispatch/store.ts';
import { usePatrols } from '../patrols/store.ts';
import { useCitySeen } from '../realtime/live.tsx';
import { BigButton } from '../ui/big-button.tsx';
import { StateBlock } from '../ui/state-block.tsx';
import { CoverageTab } from './coverage-tab.tsx';
import { PlanTab } from './plan-tab.tsx';
import { RecheckList } from './recheck-list.tsx';
import classes from './queue.module.css';
import { StationList } from './station-list.tsx';
import { chooseCluster, placeFilters, useBoard } from './store.ts';
import type { BoardTab } from './store.ts';
import { TeamList } from './team-list.tsx';
import { WhereList } from './where-list.tsx';

const tabs: readonly BoardTab[] = [
  'places',
  'plan',
  'rechecks',
  'where',
  'teams',
  'coverage',
  'stations',
];
const pageSize = 60;

export function Queue(props: {
  places: readonly RankedCluster[];
  anyPlace: boolean;
  mayAct: boolean;
}) {
  const { t } = useTranslation('board');
  const tab = useBoard((board) => board.tab);
  const seen = useCitySeen();
  return (
    <section className={classes['queue']} aria-label={t('queue')}>
      <Tabs
        value={tab}
        onChange={(value) => useBoard.setState({ tab: (value ?? 'places') as BoardTab })}
      >
        <Tabs.List className={classes['tabs'] ?? ''} grow>
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name} className={classes['tab'] ?? ''}>
              {t(`tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      {!seen && <StateBlock kind="loading" />}
      {seen && tab === 'places' && <Places places={props.places} anyPlace={props.anyPlace} />}
      {seen && tab === 'plan' && <PlanTab />}
      {seen && tab === 'rechecks' && <RecheckList />}
      {seen && tab === 'where' && <WhereList />}
      {seen && tab === 'teams' && <TeamList mayAct={props.mayAct} />}
      {seen && tab === 'coverage' && <CoverageTab />}
      {seen && tab === 'stations' && <StationList mayAct={props.mayAct} />}
    </section>
  );
}

function Places(props: { places: readonly RankedCluster[]; anyPlace: boolean }) {
  const { t } = useTranslation(['board', 'dispatch']);
  const filter = useBoard((board) => board.filter);
  const selected = useBoard((board) => board.clusterId);
  const teams = usePatrols((store) => store.teams);
  const { byCluster } = useActiveDispatches();
  const [shown, setShown] = useState(pageSize);
  const left = props.places.length - shown;
  return (
    <>
      <SegmentedControl
        className={classes['filter'] ?? ''}
        aria-label={t('board:filter.label')}
        value={filter}
        onChange={(value) => useBoard.setState({ filter: value })}
        data={placeFilters.map((name) => ({ value: name, label: t(`board:filter.${name}`) }))}
      />
      <div className={classes['list']}>
        {props.places.length === 0 && !props.anyPlace && (
          <StateBlock kind="empty" title={t('board:calm')} text={t('board:calmText')} />
        )}
        {props.places.length === 0 && props.anyPlace && (
          <StateBlock
            kind="empty"
            title={t('board:filter.none')}
            text={t('board:filter.noneText')}
          />
        )}
        {props.places.slice(0, shown).map((ranked) => {
          const active = byCluster.get(ranked.cluster.id)?.[0];
          const team = active && teams.get(active.teamId);
          return (
            <ClusterRow
              key={ranked.cluster.id}
              ranked={ranked}
              selected={ranked.cluster.id === selected}
              onSelect={(id) => chooseCluster(id, true)}
              {...(active && team
                ? {
                    status: (
                      <span
                        className={classes['team']}
                      >{`${team.name} · ${t(`dispatch:state.${active.state}`)}`}</span>
                    ),
                  }
                : {})}
            />
          );
        })}
        {left > 0 && (
          <BigButton tone="quiet" onClick={() => setShown((count) => count + pageSize)}>
            {t('board:moreShown', { count: Math.min(left, pageSize) })}
          </BigButton>
        )}
      </div>
    </>
  );
}
