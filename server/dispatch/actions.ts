import type { z } from 'zod';
import { mayGo } from '../../shared/dispatch/rules.ts';
import type { StepTo } from '../../shared/dispatch/rules.ts';
import type {
  Candidate,
  declineSchema,
  DispatchView,
  SendTeam,
} from '../../shared/dispatch/schema.ts';
import { AppError } from '../../shared/errors.ts';
import type { LateOutcome } from '../../shared/field/late.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { readTeamView } from '../patrols/queries.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { noteOnTimeline, requireOpenCluster, requireOwedRecheck } from './place.ts';
import { findRivals, insertDispatch, readCandidates, readDispatchView } from './queries.ts';
import { requireDispatch, takeStep, wrongEdge } from './steps.ts';
import type { Step } from './steps.ts';

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

/** What is told with an offer on the place's timeline, beside the team. */
type OfferDetails = Record<string, string | number | null>;

/**
 * Offers the cluster, or a visit that is owed, to a team. A resend answers the same.
 * @throws AppError cluster_ended, recheck_done, team_off_duty, cluster_taken (with the name of the team that has it),
 * team_busy
 */
export function sendTeam(db: Database, session: Session, draft: SendTeam): Promise<DispatchView> {
  return changeCity(db, session.cityId, (change) => sendTeamWithin(change, session, draft));
}

/** As `sendTeam`, as part of a larger change. */
export async function sendTeamWithin(
  change: CityChange,
  session: Session,
  draft: SendTeam,
  details: OfferDetails = {},
): Promise<DispatchView> {
  const { tx, cityId, now } = change;
  const known = await readDispatchView(tx, cityId, draft.id);
  if (known) return known;
  const { teamId, recheckId = null } = draft;
  const { clusterId, target } =
    recheckId === null
      ? { clusterId: draft.clusterId, target: await requireOpenCluster(change, draft.clusterId) }
      : await requireOwedRecheck(change, recheckId);
  const team = await readTeamView(tx, cityId, teamId);
  if (!team || team.removed) throw new AppError('not_found', { field: 'teamId' });
  const params = { teamName: team.name };
  if (!team.onDuty) throw new AppError('team_off_duty', { field: 'teamId', params });
  const { takenByTeam } = await findRivals(tx, cityId, { clusterId, recheckId, teamId });
  if (takenByTeam !== null) throw clusterTaken(takenByTeam);
  const offer = { ...draft, clusterId, recheckId, cityId, target, offeredBy: session.userId };
  if (!(await insertDispatch(tx, { ...offer, at: now })))
    throw new AppError('team_busy', { field: 'teamId', params });
  await noteOnTimeline(change, session, {
    clusterId,
    kind: 'offered',
    at: now,
    details: { dispatchId: draft.id, teamId, ...params, ...details },
  });
  return announce(change, draft.id);
}

const clusterTaken = (teamName: string): AppError =>
  new AppError('cluster_taken', { field: 'clusterId', params: { teamName } });

interface Ref {
  id: string;
}
/** The desk's own steps, and a team's while it has a network: this moment, along the edges and no further. */
function stepNow(
  db: Database,
  session: Session,
  id: string,
  to: StepTo,
  reason?: string,
): Promise<DispatchView> {
  return changeCity(db, session.cityId, (change) => stepWithin(change, session, id, to, reason));
}
async function stepWithin(
  change: CityChange,
  session: Session,
  id: string,
  to: StepTo,
  reason?: string,
): Promise<DispatchView> {
  const dispatch = await requireDispatch(change, session, id);
  if (dispatch.state !== to && !mayGo(dispatch.state, to)) throw wrongEdge(dispatch.state, to);
  const step = { to, at: change.now, ...(reason === undefined ? {} : { reason }) };
  return (await takeStep(change, session, dispatch, step)).dispatch;
}

/** A step that a device tells of later; see docs/late-actions.md. @throws AppError as `stepNow`, but no dispatch_edge */
export async function stepLate(
  change: CityChange,
  session: Session,
  { dispatchId, ...step }: Step & { dispatchId: string },
): Promise<LateOutcome> {
  const dispatch = await requireDispatch(change, session, dispatchId, 'dispatchId');
  return (await takeStep(change, session, dispatch, step)).outcome;
}

export const acceptDispatch = (
  db: Database,
  session: Session,
  { id }: Ref,
): Promise<DispatchView> => stepNow(db, session, id, 'accepted');
export const setOff = (db: Database, session: Session, { id }: Ref): Promise<DispatchView> =>
  stepNow(db, session, id, 'en_route');
export const arriveAtScene = (db: Database, session: Session, { id }: Ref): Promise<DispatchView> =>
  stepNow(db, session, id, 'on_scene');
/** @throws AppError encounter_missing */
export const closeDispatch = (db: Database, session: Session, { id }: Ref): Promise<DispatchView> =>
  stepNow(db, session, id, 'closed');
export const declineDispatch = (
  db: Database,
  session: Session,
  { id, reason }: z.infer<typeof declineSchema>,
): Promise<DispatchView> => stepNow(db, session, id, 'declined', reason);
export const cancelDispatch = (
  db: Database,
  session: Session,
  { id }: Ref,
): Promise<DispatchView> => stepNow(db, session, id, 'cancelled');
/** Calls a team off as part of a larger change. @throws AppError dispatch_edge once it is on scene */
export const cancelWithin = (
  change: CityChange,
  session: Session,
  id: string,
): Promise<DispatchView> => stepWithin(change, session, id, 'cancelled');
