/** The plan as lanes: one per team on a time axis. A job can be carried to another team; what that does shows before. */
import { SegmentedControl } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { JobId, PlanView } from '../../shared/planning/schema.ts';
import { useFormat } from '../kernel/use-format.ts';
import { StateBlock } from '../ui/state-block.tsx';
import { EffectView } from './effect-view.tsx';
import { LaneRow } from './lane-row.tsx';
import classes from './lanes.module.css';
import { askEffect, useMoveEffect } from './move-effect.ts';
import { notifyFault } from '../ui/notify.tsx';
import type { PlacedVisit } from './plan-stops.ts';
import { isVisit } from './plan-stops.ts';
import { usePlaceWords, usePlanScene, useSceneWords } from './scene.ts';
import { emphasisedTeam, lookAtLane, lookAtVisit, usePlanScreen } from './screen-store.ts';
import { axisHours, axisOf, percent, shareOf, ticksOf } from './time-axis.ts';
import type { Axis, AxisHours } from './time-axis.ts';
import { useLaneDrag } from './use-lane-drag.ts';
import type { LaneDrag } from './use-lane-drag.ts';
import { usePlanDeeds } from './use-plan-deeds.ts';

export function LanesPanel({ plan }: { plan: PlanView }) {
  const { t } = useTranslation('planDesk');
  const format = useFormat();
  const scene = usePlanScene();
  const hours = usePlanScreen((screen) => screen.hours);
  const laneTeamId = usePlanScreen((screen) => screen.laneTeamId);
  const axis = useMemo(() => axisOf(format.now, hours), [format.now, hours]);
  // One order whatever the plan says: nothing changes its place under a finger.
  const lanes = useMemo(
    () =>
      plan.lanes.toSorted((a, b) =>
        scene.team(a.teamId).localeCompare(scene.team(b.teamId), 'zh-CN', { numeric: true }),
      ),
    [plan, scene],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const onDrop = useDrop(plan.revision);
  const { drag, press } = useLaneDrag({ lanes, axis, scroller, onDrop });
  const shown = useMoveEffect(drag?.placing ?? null);
  const emphasised = emphasisedTeam(plan, scene.chosenClusterId, laneTeamId);
  const { tabJobId, onFocusJob, onKeyDown } = useRoving(lanes);
  const { choosePlace, chosenClusterId } = scene;
  const onChoose = useCallback(
    ({ stop, teamId }: PlacedVisit) => {
      lookAtVisit(teamId, stop.clusterId);
      choosePlace(stop.clusterId, false);
    },
    [choosePlace],
  );
  const onChooseLane = useCallback(
    (teamId: string) => {
      const again = chosenClusterId === null && usePlanScreen.getState().laneTeamId === teamId;
      lookAtLane(again ? null : teamId);
      choosePlace(null, false);
    },
    [choosePlace, chosenClusterId],
  );
  if (lanes.length === 0)
    return (
      <StateBlock kind="empty" compact title={t('empty.noTeams')} text={t('empty.teamsText')} />
    );
  return (
    <div className={classes['panel']} data-dragging={drag !== null || undefined}>
      <div className={classes['tools']}>
        <SegmentedControl
          size="xs"
          aria-label={t('lane.span_label')}
          value={String(hours)}
          onChange={(value) => usePlanScreen.setState({ hours: Number(value) as AxisHours })}
          data={axisHours.map((count) => ({
            value: String(count),
            label: t('lane.hours', { count }),
          }))}
        />
        <LaneKey />
      </div>
      <div className={classes['scroller']} ref={scroller}>
        <div className={classes['sheet']}>
          <Ticks axis={axis} hours={hours} now={format.now} />
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys go from job to job, Tab goes on */}
          <ul className={classes['lanes']} aria-label={t('lane.all')} onKeyDown={onKeyDown}>
            {lanes.map((lane) => (
              <LaneRow
                key={lane.teamId}
                lane={lane}
                axis={axis}
                emphasised={lane.teamId === emphasised}
                tabJobId={tabJobId}
                drop={
                  drag?.placing?.teamId === lane.teamId
                    ? {
                        beforeJobId: drag.placing.beforeJobId,
                        possible: shown.effect?.possible !== false,
                      }
                    : null
                }
                draggedJobId={drag?.visit.stop.jobId ?? null}
                onPress={press}
                onChoose={onChoose}
                onChooseLane={onChooseLane}
                onFocusJob={onFocusJob}
              />
            ))}
          </ul>
        </div>
      </div>
      {drag !== null && createPortal(<Carried drag={drag} shown={shown} />, document.body)}
    </div>
  );
}

/** What was let go: only what is possible is done; else it is said why not. */
function useDrop(revision: number): (drag: LaneDrag) => void {
  const { t } = useTranslation('planDesk');
  const deeds = usePlanDeeds();
  const words = useSceneWords();
  return ({ placing, visit }) => {
    if (placing === null) return;
    const decide = async () => {
      const effect = await askEffect(placing, revision).catch(() => null);
      if (effect !== null && !effect.possible) {
        notifyFault(
          effect.breaks.map(words.reason).join(' · ') || t('effect.impossible'),
          t('effect.impossible'),
        );
        return;
      }
      await deeds.move(placing, visit.stop.clusterId);
    };
    void decide();
  };
}

function Carried({ drag, shown }: { drag: LaneDrag; shown: ReturnType<typeof useMoveEffect> }) {
  const { t } = useTranslation('planDesk');
  const placeWords = usePlaceWords();
  const scene = usePlanScene();
  const width = 320;
  const left = Math.max(8, Math.min(drag.x + 14, window.innerWidth - width - 8));
  const above = drag.y > window.innerHeight / 2;
  return (
    <div
      className={classes['carried']}
      role="status"
      style={{
        width,
        left,
        ...(above ? { bottom: window.innerHeight - drag.y + 14 } : { top: drag.y + 14 }),
      }}
    >
      <strong>
        {drag.placing === null
          ? placeWords(drag.visit.stop)
          : t('effect.title', {
              place: placeWords(drag.visit.stop),
              team: scene.team(drag.placing.teamId),
            })}
      </strong>
      {drag.placing === null ? <p>{t('effect.aim')}</p> : <EffectView shown={shown} />}
    </div>
  );
}

/** A mark so near to "now" would lie under its word. */
const besideNow = 0.05;

function Ticks({ axis, hours, now }: { axis: Axis; hours: AxisHours; now: number }) {
  const { t } = useTranslation('planDesk');
  const format = useFormat();
  const nowAt = shareOf(axis, now);
  const ticks = ticksOf(axis, hours).map((at) => ({ at, share: shareOf(axis, at) }));
  return (
    <>
      <div className={classes['scale']} aria-hidden>
        {ticks
          .filter(({ share }) => Math.abs(share - nowAt) > besideNow && share < 1 - besideNow)
          .map(({ at, share }) => (
            <span key={at} className={classes['hour']} style={{ left: percent(share) }}>
              {format.time(new Date(at).toISOString()).slice(-5)}
            </span>
          ))}
        <span className={classes['nowWord']} style={{ left: percent(nowAt) }}>
          {t('lane.now')}
        </span>
      </div>
      <div className={classes['marks']} aria-hidden>
        {ticks.map(({ at, share }) => (
          <span key={at} className={classes['tick']} style={{ left: percent(share) }} />
        ))}
        <span className={classes['now']} style={{ left: percent(nowAt) }} />
      </div>
    </>
  );
}

/** What outline and fill mean, beside them. */
function LaneKey() {
  const { t } = useTranslation('planning');
  return (
    <ul className={classes['key']}>
      {(['proposed', 'sent', 'underway'] as const).map((state) => (
        <li key={state}>
          <span className={classes['sample']} data-state={state} aria-hidden />
          {t(`state.${state}`)}
        </li>
      ))}
    </ul>
  );
}

/** One job of all lanes can be reached with Tab, the others from there with the arrows. */
function useRoving(lanes: PlanView['lanes']): {
  tabJobId: JobId | null;
  onFocusJob: (jobId: JobId) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
} {
  const [focused, setFocused] = useState<JobId | null>(null);
  const tabJobId = useMemo(() => {
    const jobs = lanes.flatMap(({ stops }) => stops.filter(isVisit).map(({ jobId }) => jobId));
    return focused !== null && jobs.includes(focused) ? focused : (jobs[0] ?? null);
  }, [lanes, focused]);
  const onKeyDown = useCallback((event: KeyboardEvent<HTMLElement>) => {
    const from = document.activeElement;
    if (!(from instanceof HTMLElement) || from.dataset['job'] === undefined) return;
    const next = neighbour(event.currentTarget, from, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }, []);
  return { tabJobId, onFocusJob: setFocused, onKeyDown };
}

const jobsIn = (row: Element | null): HTMLElement[] => [
  ...(row?.querySelectorAll<HTMLElement>('[data-job]') ?? []),
];

function neighbour(list: Element, from: HTMLElement, key: string): HTMLElement | undefined {
  const row = from.closest('[data-lane]');
  const own = jobsIn(row);
  const index = own.indexOf(from);
  if (key === 'ArrowRight') return own[index + 1];
  if (key === 'ArrowLeft') return own[index - 1];
  if (key === 'Home') return own[0];
  if (key === 'End') return own.at(-1);
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined;
  const rows = [...list.querySelectorAll('[data-lane]')].filter(
    (other) => other === row || jobsIn(other).length > 0,
  );
  const other = rows[rows.indexOf(row!) + (key === 'ArrowDown' ? 1 : -1)];
  const at = Date.parse(from.dataset['at'] ?? '');
  const apart = (job: HTMLElement) => Math.abs(Date.parse(job.dataset['at'] ?? '') - at);
  return jobsIn(other ?? null).sort((a, b) => apart(a) - apart(b))[0];
}
