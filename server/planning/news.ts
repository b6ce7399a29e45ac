/** Whether somebody who looks at two plans would see another one: the clock alone makes none, until a minute is over. */
import type { Lane, PlanStop, PlanView, TaskPlan } from '../../shared/planning/schema.ts';

const toleranceMs = 60_000;

export function isNews(before: PlanView | null, now: PlanView): boolean {
  if (before === null) return true;
  return (
    shapeOf(before) !== shapeOf(now) ||
    before.lanes.some((lane, i) =>
      lane.stops.some((stop, k) => moved(stop, now.lanes[i]!.stops[k]!)),
    )
  );
}

/** A task tells its crew something else than it did. */
export function isOtherTask(before: TaskPlan | undefined, now: TaskPlan): boolean {
  if (before === undefined || taskShape(before) !== taskShape(now)) return true;
  return (
    moved(before.stop, now.stop) ||
    (before.then !== null && now.then !== null && moved(before.then, now.then))
  );
}

const moved = (a: Pick<PlanStop, 'arriveAt'>, b: Pick<PlanStop, 'arriveAt'>): boolean =>
  Math.abs(Date.parse(a.arriveAt) - Date.parse(b.arriveAt)) >= toleranceMs;

/** All that is seen but the times, and the minutes in the reasons, which go with them. */
function shapeOf({ lanes, unserved, shortfalls, estimated, solver }: PlanView): string {
  return JSON.stringify([
    estimated,
    solver,
    lanes.map(laneShape),
    unserved.map(({ jobId, against }) => [jobId, against.map((one) => one.against.map(codeOf))]),
    shortfalls.map(({ withinMinutes: _minutes, remedies, ...shortfall }) => [
      shortfall,
      remedies.map((remedy) => ({ ...remedy, minutes: 0 })),
    ]),
  ]);
}

const laneShape = ({ teamId, stops, shiftEndsAt }: Lane): unknown => [
  teamId,
  shiftEndsAt,
  stops.map(stopShape),
];

function stopShape(stop: PlanStop): unknown {
  if (stop.kind !== 'visit')
    return stop.kind === 'station' ? [stop.stationId, stop.jobIds, stop.people] : 'break';
  const { jobId, dispatchId, state, change, headcount, items, bed, deadlineAt, reasons } = stop;
  const seen = [jobId, dispatchId, state, change?.toTeamId, headcount, items, bed, deadlineAt];
  return [...seen, stop.lateMinutes > 0, reasons.map(codeOf)];
}

const codeOf = ({ code }: { code: string }): string => code;

const taskShape = ({ stop, then, next }: TaskPlan): string =>
  JSON.stringify([stopShape(stop), then && stopShape(then), next?.jobId]);
