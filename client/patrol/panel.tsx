/** The sheet (on wide tablets a column): notice, tasks, lists, forms, and the main action at the thumb. */
import { useLayoutEffect, useRef } from 'react';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { distanceMeters } from '../../shared/geo/ellipsoid.ts';
import type { StationView } from '../../shared/stations/schema.ts';
import type { TeamView } from '../../shared/patrols/schema.ts';
import { DeclineForm } from '../dispatch/decline-form.tsx';
import { RecordEncounter } from '../dispatch/record-encounter.tsx';
import type { Visit } from '../dispatch/record-draft.ts';
import { useDispatchStore } from '../dispatch/store.ts';
import { useCity } from '../kernel/city.tsx';
import { useStations } from '../stations/store.ts';
import { BottomSheet } from '../ui/bottom-sheet.tsx';
import { Chosen } from './chosen.tsx';
import { DutyButton } from './duty.tsx';
import { HeadRow } from './head-row.tsx';
import type { Whereabouts } from './head-row.tsx';
import { useDistanceWords, useHere } from './here.ts';
import { Overview } from './overview.tsx';
import type { OverviewProps } from './overview.tsx';
import classes from './panel.module.css';
import { stopWriting, usePatrolScreen } from './store.ts';
import { TaskBar, currentTask } from './task-bar.tsx';
import { expectEndOf } from './use-notices.ts';

export interface PanelProps extends Omit<OverviewProps, 'teamId'> {
  team: TeamView;
  wide: boolean;
  whereabouts: Whereabouts;
}

export function Panel(props: PanelProps) {
  const { t } = useTranslation('patrol');
  const { team, tasks } = props;
  const { writing, sheet } = usePatrolScreen();
  const task = currentTask(tasks);
  const bar =
    writing !== null ? null : task !== null ? (
      <TaskBar key={task.id} dispatch={task} />
    ) : team.onDuty ? null : (
      <DutyButton team={team} />
    );
  const head = (
    <HeadRow
      whereabouts={props.whereabouts}
      onDuty={team.onDuty}
      noticesOnly={writing !== null}
      brief={!props.wide && sheet === 'low'}
    />
  );
  const { choice } = usePatrolScreen();
  const listTop = useRef(0);
  const page = writing?.kind ?? choice?.id ?? 'list';
  const content = (
    <Page key={page} listTop={page === 'list' ? listTop : null}>
      <Content {...props} hasTask={task !== null} />
    </Page>
  );
  if (props.wide)
    return (
      <section className={classes['column']} aria-label={t('sheet')}>
        {head}
        <Scroll>{content}</Scroll>
        {bar && <div className={classes['foot']}>{bar}</div>}
      </section>
    );
  return (
    <BottomSheet
      height={sheet}
      onHeight={(height) => usePatrolScreen.setState({ sheet: height })}
      label={t('sheet')}
      header={
        <>
          {head}
          {bar && <div className={classes['top']}>{bar}</div>}
        </>
      }
    >
      {content}
    </BottomSheet>
  );
}

/** Each page starts at its top; the list comes back where it was left. */
function Page(props: { listTop: RefObject<number> | null; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const { listTop } = props;
  useLayoutEffect(() => {
    const scroller = box.current?.parentElement;
    if (!scroller) return;
    scroller.scrollTop = listTop?.current ?? 0;
    if (listTop === null) {
      // What opened this page is gone: keyboard and screen reader go on from here.
      box.current?.focus({ preventScroll: true });
      return;
    }
    const keep = () => {
      listTop.current = scroller.scrollTop;
    };
    scroller.addEventListener('scroll', keep, { passive: true });
    return () => scroller.removeEventListener('scroll', keep);
  }, [listTop]);
  return (
    <div ref={box} tabIndex={-1} className={classes['page']}>
      {props.children}
    </div>
  );
}

function Scroll({ children }: { children: ReactNode }) {
  return <div className={classes['scroll']}>{children}</div>;
}

function Content(props: PanelProps & { hasTask: boolean }) {
  const { choice, writing } = usePatrolScreen();
  const teamId = props.team.id;
  if (writing?.kind === 'record') return <Recording visit={writing.visit} />;
  if (writing?.kind === 'decline')
    return (
      <DeclineForm
        dispatchId={writing.dispatchId}
        onSend={() => expectEndOf(writing.dispatchId)}
        onDone={stopWriting}
        onBack={stopWriting}
      />
    );
  if (choice !== null)
    return (
      <Chosen
        key={choice.id}
        choice={choice}
        teamId={teamId}
        debts={props.debts}
        hasTask={props.hasTask}
      />
    );
  return (
    <Overview
      teamId={teamId}
      tasks={props.tasks}
      places={props.places}
      debts={props.debts}
      ready={props.ready}
    />
  );
}

function Recording({ visit }: { visit: Visit }) {
  const { city } = useCity();
  const { here, measured } = useHere();
  const away = useDistanceWords();
  const stations = useStations();
  const dispatch = useDispatchStore((store) =>
    visit.dispatchId === null ? null : store.byId.get(visit.dispatchId),
  );
  const recheck = useDispatchStore((store) =>
    visit.recheckId === null ? null : store.rechecks.get(visit.recheckId),
  );
  const place = dispatch?.target ?? recheck ?? city?.center ?? { lon: 0, lat: 0 };
  const position = measured && here !== null ? here : place;
  const isFull = (station: StationView) => Number(!station.open || station.bedsFree === 0);
  const nearest = stations.toSorted(
    (a, b) => isFull(a) - isFull(b) || distanceMeters(position, a) - distanceMeters(position, b),
  );
  const done = () => {
    if (visit.recheckId !== null) usePatrolScreen.setState({ choice: null });
    stopWriting();
  };
  return (
    <RecordEncounter
      visit={visit}
      position={position}
      stations={nearest.map((station) => ({ ...station, away: away(station) }))}
      knownFlags={recheck?.flags ?? []}
      onSaved={done}
      onBack={stopWriting}
    />
  );
}
