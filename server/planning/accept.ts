/** A person's yes to what the plan proposes: each proposal is a dispatch with its places and its task, or is refused. */
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type {
  acceptPlanSchema,
  AcceptedStop,
  JobId,
  Lane,
  PlanView,
  TaskPlan,
} from '../../shared/planning/schema.ts';
import { recordAudit } from '../accounts/audit.ts';
import { cancelWithin, sendTeamWithin } from '../dispatch/actions.ts';
import { readDispatchView } from '../dispatch/queries.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { holdPlaces } from '../stations/holds.ts';
import { deletePin, readPlanView, upsertTask } from './queries.ts';
import { expectedAt, isVisit, taskOf } from './tasks.ts';
import type { Visit } from './tasks.ts';

type Acceptance = z.infer<typeof acceptPlanSchema>;
type Wanted = Acceptance['stops'][number];

/**
 * Each in a change of its own, in their order: what no longer holds is said and changes nothing, the others are sent.
 * The same `dispatchId` again answers the same.
 * @throws AppError no_plan
 */
export async function acceptPlan(
  db: Database,
  session: Session,
  { revision, stops }: Acceptance,
): Promise<AcceptedStop[]> {
  const view = await readPlanView(db.sql, session.cityId);
  if (view === null) throw new AppError('no_plan');
  const answers: AcceptedStop[] = [];
  for (const stop of stops)
    answers.push(await acceptStop(db, session, view, stop, { seenRevision: revision }));
  return answers;
}

/** @param details recorded with the decision, beside what it was */
export async function acceptStop(
  db: Database,
  session: Session,
  view: PlanView,
  wanted: Wanted,
  details: Record<string, string | number>,
): Promise<AcceptedStop> {
  const { teamId, dispatchId } = wanted;
  const jobId = wanted.jobId as JobId;
  const known = await readDispatchView(db.sql, session.cityId, dispatchId);
  if (known) return { jobId, teamId, dispatchId, refused: null };
  const proposal = findProposal(view, jobId, teamId);
  if (proposal === null)
    return { jobId, teamId, dispatchId: null, refused: { code: 'plan_changed' } };
  try {
    await changeCity(db, session.cityId, (change) =>
      send(change, session, proposal, { teamId, dispatchId }, { ...details, plan: view.revision }),
    );
    return { jobId, teamId, dispatchId, refused: null };
  } catch (error) {
    const code = error instanceof AppError ? refusals[error.code] : undefined;
    if (code === undefined) throw error;
    return { jobId, teamId, dispatchId: null, refused: { code } };
  }
}

/** What a proposal can fail of while it is on its way; anything else is a fault. */
const refusals: Partial<Record<ErrorCode, NonNullable<AcceptedStop['refused']>['code']>> = {
  cluster_taken: 'cluster_taken',
  cluster_ended: 'cluster_ended',
  recheck_done: 'cluster_ended',
  team_busy: 'team_busy',
  team_off_duty: 'team_off_duty',
  no_bed_free: 'no_bed',
  // The team that was to be called off is there already; or one of the two is gone.
  dispatch_edge: 'plan_changed',
  not_found: 'plan_changed',
};

interface Proposal {
  lane: Lane;
  stop: Visit;
  /** dispatches that this one takes the place of */
  instead: string[];
  /** what the team's own lane says, where the job is still in another's */
  arriveAt: string;
}

/** Sent to nobody yet, or to be taken from one team and given to this one. */
function findProposal(view: PlanView, jobId: JobId, teamId: string): Proposal | null {
  for (const lane of view.lanes) {
    const stop = lane.stops.filter(isVisit).find((visit) => visit.jobId === jobId);
    if (!stop) continue;
    if (lane.teamId === teamId && stop.state === 'proposed')
      return { lane, stop, instead: [], arriveAt: stop.arriveAt };
    if (stop.change?.toTeamId !== teamId) return null;
    const other = stop.alternatives.find((one) => one.teamId === teamId);
    const arriveAt = other?.arriveAt ?? stop.arriveAt;
    return { lane, stop, instead: [...leftBy(view, teamId), ...idOf(stop)], arriveAt };
  }
  return null;
}

/** What the team is on now, where the plan would have another do it. */
const leftBy = (view: PlanView, teamId: string): string[] =>
  (view.lanes.find((lane) => lane.teamId === teamId)?.stops ?? [])
    .filter(isVisit)
    .filter(({ change }) => change !== null)
    .flatMap(idOf);

const idOf = ({ dispatchId }: Visit): string[] => (dispatchId === null ? [] : [dispatchId]);

async function send(
  change: CityChange,
  session: Session,
  { lane, stop, instead, arriveAt }: Proposal,
  to: { teamId: string; dispatchId: string },
  details: Record<string, string | number>,
): Promise<void> {
  const { tx, cityId, now } = change;
  const { jobId, clusterId, recheckId } = stop;
  const { teamId, dispatchId: id } = to;
  for (const old of instead) {
    const dispatch = await readDispatchView(tx, cityId, old);
    if (dispatch?.endedAt === null) await cancelWithin(change, session, old);
  }
  const draft = { id, clusterId, recheckId, teamId, note: '' };
  await sendTeamWithin(change, session, draft, details);
  const task = shifted(taskOf(lane, stop, id), arriveAt);
  const holdId = await hold(change, task, teamId);
  const bed = task.stop.bed && { ...task.stop.bed, holdId };
  const sent = { ...task.stop, bed, dispatchId: id, state: 'sent', change: null } as const;
  await upsertTask(tx, cityId, { ...task, stop: sent }, now);
  await deletePin(tx, cityId, jobId);
  await recordAudit(tx, {
    cityId,
    userId: session.userId,
    action: 'planning.accepted',
    subject: jobId,
    details: { ...details, teamId, dispatchId: id, instead: instead.join(' ') },
  });
}

/** Another team is there at another time; until the next plan the rest of its way follows by as much. */
function shifted(task: TaskPlan, arriveAt: string): TaskPlan {
  const by = Date.parse(arriveAt) - Date.parse(task.stop.arriveAt);
  if (by === 0) return task;
  const later = (at: string) => new Date(Date.parse(at) + by).toISOString();
  const move = <T extends { arriveAt: string; leaveAt: string }>(stop: T): T => ({
    ...stop,
    arriveAt: later(stop.arriveAt),
    leaveAt: later(stop.leaveAt),
  });
  // oxlint-disable-next-line unicorn/no-thenable -- a stop, never a function: nothing waits for it
  return { ...task, stop: move(task.stop), then: task.then && move(task.then), next: null };
}

/** @throws AppError no_bed_free: then nobody is sent either */
async function hold(change: CityChange, task: TaskPlan, teamId: string): Promise<string | null> {
  const { bed, clusterId } = task.stop;
  if (bed === null) return null;
  const { stationId, kind, places } = bed;
  const { dispatchId } = task;
  const of = { stationId, kind, places, dispatchId, teamId, clusterId };
  const kept = await holdPlaces(change, { id: uuidv7(), ...of, expectedAt: expectedAt(task) });
  return kept.id;
}
