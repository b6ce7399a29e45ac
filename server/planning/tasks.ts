/** What each dispatch of a plan carries along for its crew. */
import type {
  Lane,
  PlanStop,
  PlanView,
  StationStop,
  TaskPlan,
  VisitStop,
} from '../../shared/planning/schema.ts';

export type Visit = PlanStop & VisitStop;
export type House = PlanStop & StationStop;

export const isVisit = (stop: PlanStop): stop is Visit => stop.kind === 'visit';

/** The visit, the house its people are brought to, and the visit after it. */
export function taskOf(lane: Lane, stop: Visit, dispatchId: string): TaskPlan {
  const after = lane.stops.slice(lane.stops.indexOf(stop) + 1);
  const then = after.find(
    (one): one is House => one.kind === 'station' && one.jobIds.includes(stop.jobId),
  );
  // oxlint-disable-next-line unicorn/no-thenable -- a stop, never a function: nothing waits for it
  return { dispatchId, stop, then: then ?? null, next: after.find(isVisit) ?? null };
}

/** The tasks of all that was sent. */
export const tasksOf = ({ lanes }: PlanView): TaskPlan[] =>
  lanes.flatMap((lane) =>
    lane.stops
      .filter(isVisit)
      .flatMap((stop) => (stop.dispatchId === null ? [] : [taskOf(lane, stop, stop.dispatchId)])),
  );

/** When its people are expected at their house. */
export function expectedAt({ stop, then }: Pick<TaskPlan, 'stop' | 'then'>): string {
  return then?.arriveAt ?? stop.leaveAt;
}
