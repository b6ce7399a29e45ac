/** Looking things up in a plan. */
import type {
  JobId,
  Lane,
  PlanStop,
  PlanView,
  Unserved,
  VisitStop,
} from '../../shared/planning/schema.ts';

export type Visit = PlanStop & VisitStop;

/** A visit, where it stands in whose night. */
export interface PlacedVisit {
  stop: Visit;
  teamId: string;
  /** of the visits of its team, from 1 */
  number: number;
}

/** A team that is to be told of a job. */
export interface Sending {
  jobId: JobId;
  clusterId: string;
  teamId: string;
}

export const sendingOf = ({ stop, teamId }: PlacedVisit): Sending => ({
  jobId: stop.jobId,
  clusterId: stop.clusterId,
  teamId,
});

export const isVisit = (stop: PlanStop): stop is Visit => stop.kind === 'visit';

export const visitsOf = (lane: Lane): PlacedVisit[] =>
  lane.stops.filter(isVisit).map((stop, index) => ({
    stop,
    teamId: lane.teamId,
    number: index + 1,
  }));

export function findVisit(plan: PlanView | null, jobId: JobId): PlacedVisit | null {
  for (const lane of plan?.lanes ?? [])
    for (const visit of visitsOf(lane)) if (visit.stop.jobId === jobId) return visit;
  return null;
}

/** What is planned for one place: its own visit, and visits that are owed there. */
export const visitsTo = (plan: PlanView | null, clusterId: string): PlacedVisit[] =>
  (plan?.lanes ?? [])
    .flatMap(visitsOf)
    .filter(({ stop }) => stop.clusterId === clusterId)
    .sort((a, b) => (a.stop.arriveAt < b.stop.arriveAt ? -1 : 1));

export const unservedAt = (plan: PlanView | null, clusterId: string): Unserved[] =>
  (plan?.unserved ?? []).filter((job) => job.clusterId === clusterId);

export const isPinned = (stop: Visit): boolean =>
  stop.reasons.some(({ code }) => code === 'chosen_by_hand');

export interface Proposals {
  /** teams that can be told now: each one's first visit, nothing sent before it */
  now: PlacedVisit[];
  /** what would come after that, if nothing changes */
  later: PlacedVisit[];
  /** teams that were sent, and would better go elsewhere */
  changes: PlacedVisit[];
}

const soonest = (a: PlacedVisit, b: PlacedVisit) => (a.stop.arriveAt < b.stop.arriveAt ? -1 : 1);

export function proposalsOf(plan: PlanView | null): Proposals {
  const found: Proposals = { now: [], later: [], changes: [] };
  for (const lane of plan?.lanes ?? []) {
    for (const visit of visitsOf(lane)) {
      if (visit.stop.change !== null) found.changes.push(visit);
      if (visit.stop.state !== 'proposed') continue;
      (visit.number === 1 ? found.now : found.later).push(visit);
    }
  }
  found.now.sort(soonest);
  found.later.sort(soonest);
  found.changes.sort(
    (a, b) => (b.stop.change?.gainMinutes ?? 0) - (a.stop.change?.gainMinutes ?? 0),
  );
  return found;
}

/** Which of a lane's visits a job dropped at `at` (ms) would come before; null = after all of them. */
export function dropBefore(lane: Lane, jobId: JobId, at: number): JobId | null {
  for (const { stop } of visitsOf(lane)) {
    // What a team was told already stays in front.
    if (stop.jobId === jobId || stop.state !== 'proposed') continue;
    if ((Date.parse(stop.arriveAt) + Date.parse(stop.leaveAt)) / 2 > at) return stop.jobId;
  }
  return null;
}

/** The job that follows one in its lane, so that "where it is now" can be told from elsewhere. */
export function nextJobOf(lane: Lane, jobId: JobId): JobId | null {
  const visits = visitsOf(lane);
  const at = visits.findIndex(({ stop }) => stop.jobId === jobId);
  return at === -1 ? null : (visits[at + 1]?.stop.jobId ?? null);
}
