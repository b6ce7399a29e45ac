import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type {
  dismissSchema,
  JobId,
  jobRefSchema,
  MoveEffect,
  placeJobSchema,
  PlanningSettings,
  PlanView,
  TaskPlan,
} from '../../shared/planning/schema.ts';
import { recordAudit } from '../accounts/audit.ts';
import { changePlanning } from '../cities/actions.ts';
import { readConfiguration } from '../cities/queries.ts';
import { readDispatchView } from '../dispatch/queries.ts';
import type { Session } from '../kernel/context.ts';
import { transact } from '../kernel/sql.ts';
import type { Database, Tx } from '../kernel/sql.ts';
import { readTeamView } from '../patrols/queries.ts';
import { changeCity } from '../realtime/change-city.ts';
import { officeOf } from './office.ts';
import { isWebAddress } from './vroom-server.ts';
import {
  askForPlan,
  deletePin,
  readAutoBy,
  readPlanView,
  readTask,
  updateAutoBy,
  upsertDismissal,
  upsertPin,
} from './queries.ts';

type Placing = z.infer<typeof placeJobSchema>;

/** The plan of this moment; null where none was made yet. */
export const readPlan = (db: Database, { cityId }: Session): Promise<PlanView | null> =>
  readPlanView(db.sql, cityId);

/** What a dispatch carries along; a patrol reads its own. @throws AppError not_found, dispatch_not_yours */
export async function readTaskOf(
  db: Database,
  { cityId, role, teamId }: Session,
  { dispatchId }: { dispatchId: string },
): Promise<TaskPlan | null> {
  const dispatch = await readDispatchView(db.sql, cityId, dispatchId);
  if (!dispatch) throw new AppError('not_found', { field: 'dispatchId' });
  if (role === 'patrol' && teamId !== dispatch.teamId) throw new AppError('dispatch_not_yours');
  return readTask(db.sql, cityId, dispatchId);
}

/** What would come of it, before anybody decides. @throws AppError no_plan */
export const tryMove = (db: Database, { cityId }: Session, placing: Placing): Promise<MoveEffect> =>
  officeOf(db).tryMove(cityId, placing);

/**
 * This team for this job, and where in its order: the plan keeps to it until it is sent, dismissed or undone.
 * @throws AppError not_found, team_off_duty, no_plan; cluster_taken for a job that was sent: that is a change to accept
 */
export async function moveJob(db: Database, session: Session, placing: Placing): Promise<void> {
  const { cityId, userId } = session;
  const jobId = placing.jobId as JobId;
  await decide(db, session, async (tx, at) => {
    const team = await readTeamView(tx, cityId, placing.teamId);
    if (!team || team.removed) throw new AppError('not_found', { field: 'teamId' });
    const params = { teamName: team.name };
    if (!team.onDuty) throw new AppError('team_off_duty', { field: 'teamId', params });
    await requirePlannedJob(tx, cityId, jobId);
    const beforeJobId = placing.beforeJobId as JobId | null;
    await upsertPin(tx, cityId, { jobId, teamId: team.id, beforeJobId, by: userId, at });
    await recordAudit(tx, {
      cityId,
      userId,
      action: 'planning.moved',
      subject: jobId,
      details: { teamId: team.id, before: beforeJobId },
    });
  });
}

/** A job that is in the plan and was sent to nobody yet. */
async function requirePlannedJob(tx: Tx, cityId: string, jobId: JobId): Promise<void> {
  const view = await readPlanView(tx, cityId);
  if (view === null) throw new AppError('no_plan');
  for (const { teamId, stops } of view.lanes)
    for (const stop of stops) {
      if (stop.kind !== 'visit' || stop.jobId !== jobId) continue;
      if (stop.state === 'proposed') return;
      const has = await readTeamView(tx, cityId, teamId);
      throw new AppError('cluster_taken', {
        field: 'jobId',
        params: { teamName: has?.name ?? '' },
      });
    }
  if (!view.unserved.some((left) => left.jobId === jobId))
    throw new AppError('not_found', { field: 'jobId' });
}

/** The planner decides again. Nothing to undo is no fault. */
export async function unpin(
  db: Database,
  session: Session,
  ref: z.infer<typeof jobRefSchema>,
): Promise<void> {
  const { cityId, userId } = session;
  await decide(db, session, async (tx) => {
    if (await deletePin(tx, cityId, ref.jobId as JobId))
      await recordAudit(tx, { cityId, userId, action: 'planning.unpinned', subject: ref.jobId });
  });
}

/** Not this team for this job, tonight. @throws AppError not_found */
export async function dismiss(
  db: Database,
  session: Session,
  dismissal: z.infer<typeof dismissSchema>,
): Promise<void> {
  const { cityId, userId } = session;
  const { teamId } = dismissal;
  const jobId = dismissal.jobId as JobId;
  await decide(db, session, async (tx, at) => {
    if (!(await readTeamView(tx, cityId, teamId)))
      throw new AppError('not_found', { field: 'teamId' });
    await upsertDismissal(tx, cityId, { jobId, teamId, by: userId, at });
    await deletePin(tx, cityId, jobId, teamId);
    await recordAudit(tx, {
      cityId,
      userId,
      action: 'planning.dismissed',
      subject: jobId,
      details: { teamId },
    });
  });
}

/** One decision about the plan: written down, and the planner takes it up at once. */
async function decide(
  db: Database,
  { cityId }: Session,
  work: (tx: Tx, at: string) => Promise<void>,
): Promise<void> {
  await transact(db.sql, async (tx) => {
    const [clock] = await tx<{ at: string }[]>`select clock_timestamp() as at`;
    await work(tx, clock!.at);
    await askForPlan(tx, cityId);
  });
}

export interface PlanningSetup {
  settings: PlanningSettings;
  /** who lets the city send by itself, since when */
  auto: { name: string; since: string } | null;
}

export async function readSettings(db: Database, { cityId }: Session): Promise<PlanningSetup> {
  const configuration = await readConfiguration(db.sql, cityId);
  if (!configuration) throw new AppError('not_found', { field: 'cityId' });
  const auto = await readAutoBy(db.sql, cityId);
  return {
    settings: configuration.planning,
    auto: auto && { name: auto.name, since: auto.since },
  };
}

/** Whoever switches sending by itself on, or to another level, is the one in whose name it is done. */
export function saveSettings(
  db: Database,
  session: Session,
  planning: PlanningSettings,
): Promise<PlanningSetup> {
  const { cityId, userId } = session;
  if (planning.vroomUrl !== '' && !isWebAddress(planning.vroomUrl))
    throw new AppError('invalid_input', { field: 'vroomUrl' });
  return changeCity(db, cityId, async (change) => {
    const { tx, now } = change;
    const before = await changePlanning(change, planning);
    if (planning.autoDispatch === 'off') await updateAutoBy(tx, cityId, null);
    else if (planning.autoDispatch !== before.autoDispatch)
      await updateAutoBy(tx, cityId, { userId, at: now });
    const details = differences(before, planning);
    await recordAudit(tx, { cityId, userId, action: 'planning.settings', details });
    await askForPlan(tx, cityId);
    const auto = await readAutoBy(tx, cityId);
    return { settings: planning, auto: auto && { name: auto.name, since: auto.since } };
  });
}

const differences = (before: PlanningSettings, after: PlanningSettings): Record<string, string> =>
  Object.fromEntries(
    (Object.keys(after) as (keyof PlanningSettings)[])
      .filter((key) => before[key] !== after[key])
      .map((key) => [key, `${before[key]} → ${after[key]}`]),
  );
