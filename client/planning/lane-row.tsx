/** One team's night on the time axis: way, visits, houses, breaks, the end of its shift. */
import { IconHomeHeart, IconPinFilled } from '@tabler/icons-react';
import { memo } from 'react';
import type { PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobId, Lane, PlanStop } from '../../shared/planning/schema.ts';
import { useFormat } from '../kernel/use-format.ts';
import classes from './lanes.module.css';
import { isPinned, visitsOf } from './plan-stops.ts';
import type { PlacedVisit } from './plan-stops.ts';
import { usePlaceWords, usePlanScene } from './scene.ts';
import { percent, shareOf, spanOf } from './time-axis.ts';
import type { Axis } from './time-axis.ts';

export interface LaneRowProps {
  lane: Lane;
  axis: Axis;
  emphasised: boolean;
  /** the job that Tab leads to */
  tabJobId: JobId | null;
  /** a job is carried over this lane: before which of its jobs it would come (null: at its end), and if that can be */
  drop: { beforeJobId: JobId | null; possible: boolean } | null;
  draggedJobId: JobId | null;
  onPress: (event: PointerEvent, visit: PlacedVisit) => void;
  onChoose: (visit: PlacedVisit) => void;
  onChooseLane: (teamId: string) => void;
  onFocusJob: (jobId: JobId) => void;
}

export const LaneRow = memo(function LaneRow(props: LaneRowProps) {
  const { t } = useTranslation('planDesk');
  const format = useFormat();
  const scene = usePlanScene();
  const { lane, axis, drop } = props;
  const visits = visitsOf(lane);
  const shiftEnd = lane.shiftEndsAt === null ? null : shareOf(axis, Date.parse(lane.shiftEndsAt));
  const name = scene.team(lane.teamId);
  return (
    <li
      className={classes['row']}
      data-lane={lane.teamId}
      data-emphasised={props.emphasised || undefined}
      data-drop={drop === null ? undefined : drop.possible ? 'can' : 'cannot'}
    >
      <button
        type="button"
        className={classes['team']}
        aria-pressed={props.emphasised}
        title={name}
        onClick={() => props.onChooseLane(lane.teamId)}
      >
        <strong>{name}</strong>
        <span>{t('lane.stops', { count: visits.length })}</span>
      </button>
      <ol className={classes['track']} data-track aria-label={t('lane.label', { team: name })}>
        {shiftEnd !== null && shiftEnd >= 0 && shiftEnd <= 1 && (
          <li className={classes['shiftEnd']} style={{ left: percent(shiftEnd) }}>
            <span>{t('lane.shiftEnds', { time: format.time(lane.shiftEndsAt ?? '') })}</span>
          </li>
        )}
        {lane.stops.map((stop, index) => (
          <StopMarks key={keyOf(stop, index)} stop={stop} axis={axis} />
        ))}
        {visits.map((visit) => (
          <VisitBlock key={visit.stop.jobId} visit={visit} row={props} />
        ))}
        {drop !== null && (
          <li
            className={classes['insert']}
            style={{ left: percent(insertAt(visits, drop.beforeJobId, axis)) }}
            aria-hidden
          />
        )}
      </ol>
    </li>
  );
});

const keyOf = (stop: PlanStop, index: number) =>
  stop.kind === 'visit' ? stop.jobId : `${stop.kind} ${index}`;

function insertAt(visits: readonly PlacedVisit[], beforeJobId: JobId | null, axis: Axis): number {
  const before = visits.find(({ stop }) => stop.jobId === beforeJobId);
  const moment = before
    ? Date.parse(before.stop.arriveAt)
    : Math.max(axis.from, ...visits.map(({ stop }) => Date.parse(stop.leaveAt)));
  return Math.min(1, Math.max(0, shareOf(axis, moment)));
}

/** What is not a visit: the way before each stop, a house, a break. */
function StopMarks({ stop, axis }: { stop: PlanStop; axis: Axis }) {
  const { t } = useTranslation('planDesk');
  const arrive = Date.parse(stop.arriveAt);
  const way = spanOf(axis, arrive - stop.wayMinutes * 60_000, arrive);
  const stay = spanOf(axis, arrive, Date.parse(stop.leaveAt));
  return (
    <>
      {way !== null && way.width > 0 && (
        <li
          className={classes['way']}
          data-estimated={stop.estimated || undefined}
          style={{ left: percent(way.left), width: percent(way.width) }}
          aria-hidden
        />
      )}
      {stop.kind === 'break' && stay !== null && (
        <li
          className={classes['break']}
          style={{ left: percent(stay.left), width: percent(stay.width) }}
        >
          <span>{t('lane.break')}</span>
        </li>
      )}
      {stop.kind === 'station' && stay !== null && (
        <li
          className={classes['station']}
          style={{ left: percent(stay.left), width: percent(stay.width) }}
        >
          <StationMark stop={stop} />
        </li>
      )}
    </>
  );
}

function StationMark({ stop }: { stop: PlanStop & { kind: 'station' } }) {
  const { t } = useTranslation('planDesk');
  const format = useFormat();
  const scene = usePlanScene();
  const label = t('lane.station', {
    station: scene.station(stop.stationId),
    time: format.time(stop.arriveAt),
    count: stop.people,
  });
  return (
    <span className={classes['house']} role="img" aria-label={label} title={label}>
      <IconHomeHeart size={16} aria-hidden />
      {stop.people > 0 && <span aria-hidden>{stop.people}</span>}
    </span>
  );
}

function VisitBlock({ visit, row }: { visit: PlacedVisit; row: LaneRowProps }) {
  const { t } = useTranslation(['planning', 'planDesk']);
  const format = useFormat();
  const scene = usePlanScene();
  const placeWords = usePlaceWords();
  const { stop } = visit;
  const span = spanOf(row.axis, Date.parse(stop.arriveAt), Date.parse(stop.leaveAt));
  if (span === null) return null;
  const place = scene.place(stop.clusterId);
  const placeText = placeWords(stop);
  const late = stop.lateMinutes >= 1;
  const pinned = isPinned(stop);
  const lateWords = late
    ? t('planning:late', { duration: format.duration(stop.lateMinutes * 60_000) })
    : null;
  const shortLate = (minutes: number) =>
    minutes < 60
      ? t('planDesk:lane.lateShort', { minutes: Math.round(minutes) })
      : t('planDesk:lane.lateHours', {
          hours: Math.floor(minutes / 60),
          minutes: String(Math.floor(minutes % 60)).padStart(2, '0'),
        });
  const name = [
    t('planDesk:lane.stop', { number: visit.number, place: placeText }),
    t(`planning:state.${stop.state}`),
    t('planDesk:lane.span', { from: format.time(stop.arriveAt), to: format.time(stop.leaveAt) }),
    lateWords,
    pinned ? t('planDesk:lane.pinned') : null,
    stop.change === null ? null : t('planDesk:lane.change'),
    stop.estimated ? t('planning:estimate') : null,
  ].filter((part) => part !== null);
  return (
    <li
      className={classes['visit']}
      style={{ left: percent(span.left), width: percent(span.width) }}
    >
      <button
        type="button"
        className={classes['block']}
        data-job={stop.jobId}
        data-at={stop.arriveAt}
        data-state={stop.state}
        data-late={late || undefined}
        data-level={place.level ?? undefined}
        data-movable={(scene.mayAct && stop.state === 'proposed') || undefined}
        data-carried={row.draggedJobId === stop.jobId || undefined}
        aria-pressed={scene.chosenClusterId === stop.clusterId}
        aria-label={name.join(', ')}
        title={name.join(' · ')}
        tabIndex={row.tabJobId === stop.jobId ? 0 : -1}
        onFocus={() => row.onFocusJob(stop.jobId)}
        onPointerDown={(event) => {
          if (scene.mayAct && stop.state === 'proposed') row.onPress(event, visit);
        }}
        onClick={() => row.onChoose(visit)}
      >
        <span className={classes['number']}>{visit.number}</span>
        {pinned && <IconPinFilled size={14} aria-hidden />}
        <span className={classes['text']}>{placeText}</span>
      </button>
      {(lateWords !== null || stop.change !== null) && (
        <span className={classes['tag']} aria-hidden>
          {late ? shortLate(stop.lateMinutes) : t('planDesk:lane.changeShort')}
        </span>
      )}
    </li>
  );
}
