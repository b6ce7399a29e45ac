/** The sheet (on wide tablets a column): notice, tasks, lists, forms, and the main action at the thumb. */
import { useLayoutEffect, useRef } from 'react';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { ColdNight } from '../../shared/key-points/due.ts';
import type { TeamView } from '../../shared/patrols/schema.ts';
import type { ShiftView } from '../../shared/shifts/schema.ts';
import type { JudgedKeyPoint } from '../key-points/judged.ts';
import { BottomSheet } from '../ui/bottom-sheet.tsx';
import { Chosen } from './chosen.tsx';
import { StartButton } from './duty.tsx';
import { HeadRow } from './head-row.tsx';
import type { Whereabouts } from './head-row.tsx';
import { Overview } from './overview.tsx';
import type { OverviewProps } from './overview.tsx';
import classes from './panel.module.css';
import { ShiftWriting } from './shift-writing.tsx';
import { usePatrolScreen } from './store.ts';
import type { ColdAround } from './use-cold-around.ts';
import { TaskBar, currentTask } from './task-bar.tsx';
import { Packs, WhatWaits } from './kept-pages.tsx';
import { Declining, Recording, Visiting } from './writing.tsx';

export interface PanelProps extends Omit<OverviewProps, 'teamId' | 'picture'> {
  team: TeamView;
  shift: ShiftView | null;
  cold: ColdAround;
  keyPoints: readonly JudgedKeyPoint[];
  coldNight: ColdNight;
  wide: boolean;
  whereabouts: Whereabouts;
}

export function Panel(props: PanelProps) {
  const { t } = useTranslation('patrol');
  const { tasks } = props;
  const { writing, sheet } = usePatrolScreen();
  const task = currentTask(tasks);
  const bar =
    writing !== null ? null : task !== null ? (
      <TaskBar key={task.id} dispatch={task} />
    ) : props.shift !== null ? null : (
      <StartButton />
    );
  const head = (
    <HeadRow
      whereabouts={props.whereabouts}
      onShift={props.shift !== null}
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
  const { team, cold, keyPoints } = props;
  if (writing?.kind === 'record') return <Recording visit={writing.visit} />;
  if (writing?.kind === 'decline') return <Declining dispatchId={writing.dispatchId} />;
  if (writing?.kind === 'visit') return <Visiting keyPointId={writing.keyPointId} />;
  if (writing?.kind === 'shift')
    return (
      <ShiftWriting {...{ team, keyPoints }} shift={props.shift} openTasks={props.tasks.length} />
    );
  if (writing?.kind === 'queue') return <WhatWaits />;
  if (writing?.kind === 'packs') return <Packs areaId={team.areaId} />;
  if (choice !== null)
    return (
      <Chosen
        key={choice.id}
        {...{ choice, cold, keyPoints }}
        teamId={team.id}
        coldNight={props.coldNight}
        hasTask={props.hasTask}
      />
    );
  return (
    <Overview
      teamId={team.id}
      tasks={props.tasks}
      places={props.places}
      nearby={props.nearby}
      picture={cold.picture}
      ready={props.ready}
    />
  );
}
