import type { z } from 'zod';
import { leavesPlaceLive, mayGo } from '../../shared/dispatch/rules.ts';
import type {
  Candidate,
  declineSchema,
  DispatchState,
  DispatchView,
  sendTeamSchema,
} from '../../shared/dispatch/schema.ts';
import { AppError } from '../../shared/errors.ts';
import type { SightingProgress } from '../../shared/sightings/schema.ts';
import { closeAttended, endIfEmpty, setProgress } from '../clusters/actions.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { readTeamView } from '../patrols/queries.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { visitCells } from '../zones/actions.ts';
import { readOutcomes } from './encounter-queries.ts';
import { markAttended, noteOnTimeline, requireOpenCluster } from './place.ts';
import {
  findRivals,
  insertDispatch,
  readActiveDispatchesOf,
  readCandidates,
  readDispatchView,
  updateDispatchState,
} from './queries.ts';

/** All teams for one cluster, nearest first. */
export function listCandidates(
  db: Database,
  { cityId }: Session,
  { clusterId }: { clusterId: string },
): Promise<Candidate[]> {
  return readCandidates(db.sql, cityId, clusterId);
}

async function announce(change: CityChange, id: string): Promise<DispatchView> {
  const dispatch = await readDispatchView(change.tx, change.cityId, id);
  if (!dispatch) throw new AppError('not_found', { field: 'id' });
  // To the whole city, as in a snapshot: a team must hear of its task wherever its map happens to look.
  change.emit({ kind: 'dispatch.changed', dispatch }, 'staff');
  return dispatch;
}

/**
 * Offers the cluster to a team. A resend answers the same.
 * @throws AppError cluster_ended, team_off_duty, cluster_taken (with the name of the team that has it), team_busy
 */
export function sendTeam(
  db: Database,
  session: Session,
  draft: z.infer<typeof sendTeamSchema>,
): Promise<DispatchView> {
  const { cityId, userId } = session;
  return changeCity(db, cityId, async (change) => {
    const known = await readDispatchView(change.tx, cityId, draft.id);
    if (known) return known;
    const place = await requireOpenCluster(change, draft.clusterId);
    const team = await readTeamView(change.tx, cityId, draft.teamId);
    if (!team || team.removed) throw new AppError('not_found', { field: 'teamId' });
    if (!team.onDuty)
      throw new AppError('team_off_duty', { field: 'teamId', params: { teamName: team.name } });
    const rivals = await findRivals(change.tx, cityId, draft.clusterId, draft.teamId);
    if (rivals.takenByTeam !== null) throw clusterTaken(rivals.takenByTeam);
    const won = await insertDispatch(change.tx, {
      ...draft,
      cityId,
      target: place,
      offeredBy: userId,
      at: change.now,
    });
    if (!won) throw new AppError('team_busy', { field: 'teamId', params: { teamName: team.name } });
    await noteOnTimeline(change, session, draft.clusterId, 'offered', {
      dispatchId: draft.id,
      teamId: draft.teamId,
      teamName: team.name,
    });
    return announce(change, draft.id);
  });
}

const clusterTaken = (teamName: string): AppError =>
  new AppError('cluster_taken', { field: 'clusterId', params: { teamName } });

interface Step {
  to: Exclude<DispatchState, 'offered'>;
  reason?: string;
  /** what else has to hold, before the state changes */
  before?: (change: CityChange, dispatch: DispatchView) => Promise<void>;
  /** what the step brings about, after it */
  after?: (change: CityChange, dispatch: DispatchView) => Promise<void>;
}

/** One step along the edges; taking the same step again answers the same and changes nothing. */
function takeStep(db: Database, session: Session, id: string, step: Step): Promise<DispatchView> {
  const { cityId } = session;
  return changeCity(db, cityId, async (change) => {
    const dispatch = await readDispatchView(change.tx, cityId, id);
    if (!dispatch) throw new AppError('not_found', { field: 'id' });
    requireOwnTeam(session, dispatch.teamId);
    const { to } = step;
    if (dispatch.state === to) return dispatch;
    const wrongEdge = new AppError('dispatch_edge', { params: { from: dispatch.state, to } });
    if (!mayGo(dispatch.state, to)) throw wrongEdge;
    await step.before?.(change, dispatch);
    await updateDispatchState(change.tx, cityId, id, to, change.now, step.reason ?? null).catch(
      (error: unknown) => {
        throw (error as { constraint_name?: string }).constraint_name === 'dispatch_edge'
          ? wrongEdge
          : error;
      },
    );
    await noteOnTimeline(change, session, dispatch.clusterId, to, {
      dispatchId: id,
      teamId: dispatch.teamId,
      ...(step.reason === undefined ? {} : { reason: step.reason }),
    });
    await step.after?.(change, dispatch);
    return announce(change, id);
  });
}

/** Patrols act for their own team; the desk for any, over the radio. */
export function requireOwnTeam(session: Session, teamId: string): void {
  if (session.role === 'patrol' && session.teamId !== teamId)
    throw new AppError('dispatch_not_yours');
}

const tellReporters =
  (progress: SightingProgress) =>
  (change: CityChange, { clusterId }: DispatchView): Promise<void> =>
    setProgress(change, clusterId, progress);

/** Nobody is on the way any more, unless another team still is; and a place without reports may end now. */
async function standDown(change: CityChange, { clusterId, state }: DispatchView): Promise<void> {
  const others = await readActiveDispatchesOf(change.tx, change.cityId, clusterId);
  if (state !== 'offered' && !others.some((other) => other.state !== 'offered')) {
    await setProgress(change, clusterId, 'received');
  }
  await endIfEmpty(change, clusterId);
}

async function arrive(change: CityChange, { clusterId, target }: DispatchView): Promise<void> {
  await markAttended(change, clusterId, change.now);
  await visitCells(change, target);
}

async function requireEncounter(change: CityChange, { id }: DispatchView): Promise<void> {
  const outcomes = await readOutcomes(change.tx, change.cityId, id);
  if (outcomes.length === 0) throw new AppError('encounter_missing');
}

/** What was reported before the team arrived is attended to, unless it found nobody at all. */
async function settlePlace(change: CityChange, dispatch: DispatchView): Promise<void> {
  const { id, clusterId, onSceneAt } = dispatch;
  const outcomes = await readOutcomes(change.tx, change.cityId, id);
  await markAttended(change, clusterId, change.now);
  if (!leavesPlaceLive(outcomes)) await closeAttended(change, clusterId, onSceneAt ?? change.now);
  await endIfEmpty(change, clusterId);
}

interface Ref {
  id: string;
}
export const acceptDispatch = (
  db: Database,
  session: Session,
  { id }: Ref,
): Promise<DispatchView> =>
  takeStep(db, session, id, { to: 'accepted', after: tellReporters('on_the_way') });

export const setOff = (db: Database, session: Session, { id }: Ref): Promise<DispatchView> =>
  takeStep(db, session, id, { to: 'en_route', after: tellReporters('on_the_way') });

export const arriveAtScene = (db: Database, session: Session, { id }: Ref): Promise<DispatchView> =>
  takeStep(db, session, id, { to: 'on_scene', after: arrive });

/** @throws AppError encounter_missing: a visit without a single encounter says nothing to anyone */
export const closeDispatch = (db: Database, session: Session, { id }: Ref): Promise<DispatchView> =>
  takeStep(db, session, id, { to: 'closed', before: requireEncounter, after: settlePlace });

export const declineDispatch = (
  db: Database,
  session: Session,
  { id, reason }: z.infer<typeof declineSchema>,
): Promise<DispatchView> => takeStep(db, session, id, { to: 'declined', reason, after: standDown });

export const cancelDispatch = (
  db: Database,
  session: Session,
  { id }: Ref,
): Promise<DispatchView> => takeStep(db, session, id, { to: 'cancelled', after: standDown });
