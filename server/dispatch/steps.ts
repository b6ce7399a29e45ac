/**
 * The one engine behind every step of a dispatch, whether the desk takes it this moment or a device sends it hours
 * later: what it comes to is told from what is true when it is heard of, and it counts for when it happened.
 */
import { judgeStep, leavesPlaceLive } from '../../shared/dispatch/rules.ts';
import type { StepTo } from '../../shared/dispatch/rules.ts';
import type { DispatchState, DispatchView } from '../../shared/dispatch/schema.ts';
import { AppError } from '../../shared/errors.ts';
import type { LateConflict, LateOutcome } from '../../shared/field/late.ts';
import { closeAttended, endIfEmpty, setProgress } from '../clusters/actions.ts';
import type { Session } from '../kernel/context.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { releaseHoldsOf } from '../stations/holds.ts';
import { visitCells } from '../zones/actions.ts';
import { readOutcomes } from './encounter-queries.ts';
import { markAttended, noteOnTimeline, readSurvivor } from './place.ts';
import { readActiveDispatchesOf, readDispatchView, updateDispatchState } from './queries.ts';

export interface Step {
  to: StepTo;
  /** when it happened */
  at: string;
  reason?: string;
}
export interface StepEnd {
  outcome: LateOutcome;
  dispatch: DispatchView;
}

/** @throws AppError not_found; dispatch_not_yours: patrols act for their own team, the desk for any, over the radio */
export async function requireDispatch(
  { tx, cityId }: CityChange,
  session: Session,
  id: string,
  field = 'id',
): Promise<DispatchView> {
  const dispatch = await readDispatchView(tx, cityId, id);
  if (!dispatch) throw new AppError('not_found', { field });
  if (session.role === 'patrol' && session.teamId !== dispatch.teamId)
    throw new AppError('dispatch_not_yours');
  return dispatch;
}

/**
 * Takes the step and those that are missing before it, or says why there is none to take.
 * @throws AppError encounter_missing: a visit without a single encounter says nothing to anyone
 */
export async function takeStep(
  change: CityChange,
  session: Session,
  dispatch: DispatchView,
  step: Step,
): Promise<StepEnd> {
  const verdict = judgeStep(dispatch.state, step.to);
  if (verdict.kind === 'overtaken') return { outcome: { result: 'overtaken' }, dispatch };
  if (verdict.kind === 'gone') {
    const { to, reason } = step;
    const details = reason === undefined ? { to } : { to, reason };
    const conflict = await goneConflict(change, dispatch, details);
    return { outcome: { result: 'conflict', conflict }, dispatch };
  }
  if (step.to === 'closed') await requireEncounter(change, dispatch);
  let walked = dispatch;
  for (const to of verdict.steps) walked = await walk(change, session, walked, { ...step, to });
  return { outcome: { result: 'applied' }, dispatch: walked };
}

/** The team was there for a dispatch that had gone another way: with who has the place now. */
export async function goneConflict(
  change: CityChange,
  { id, clusterId }: DispatchView,
  details: Record<string, unknown>,
): Promise<LateConflict> {
  const placeId = await readSurvivor(change, clusterId);
  const [now] = await readActiveDispatchesOf(change.tx, change.cityId, placeId);
  return {
    kind: 'dispatch_gone',
    dispatchId: id,
    clusterId: placeId,
    otherTeamId: now?.teamId ?? null,
    details,
  };
}

/** What was reported before the team arrived is attended to, unless it found nobody at all. */
export async function settlePlace(change: CityChange, dispatch: DispatchView): Promise<void> {
  const { id, clusterId, onSceneAt, recheckId } = dispatch;
  // Whoever visited one person again hasn't looked for those that were reported since.
  if (recheckId !== null) return;
  const outcomes = await readOutcomes(change.tx, change.cityId, id);
  if (!leavesPlaceLive(outcomes)) await closeAttended(change, clusterId, onSceneAt ?? change.now);
  await endIfEmpty(change, clusterId);
}

/** One step along an edge. */
async function walk(
  change: CityChange,
  session: Session,
  before: DispatchView,
  { to, at, reason }: Step,
): Promise<DispatchView> {
  const { tx, cityId } = change;
  const { id, clusterId, teamId } = before;
  const counts = timeOfStep(before, at, change.now);
  await updateDispatchState(tx, cityId, id, to, counts, reason ?? null).catch(
    (error: unknown): never => {
      throw (error as { constraint_name?: string }).constraint_name === 'dispatch_edge'
        ? wrongEdge(before.state, to)
        : error;
    },
  );
  const details = { dispatchId: id, teamId, ...(reason === undefined ? {} : { reason }) };
  await noteOnTimeline(change, session, { clusterId, kind: to, at: counts, details });
  await bringAbout(change, before, to, counts);
  const dispatch = (await readDispatchView(tx, cityId, id))!;
  // To the whole city, as in a snapshot: a team must hear of its task wherever its map happens to look.
  change.emit({ kind: 'dispatch.changed', dispatch }, 'staff');
  return dispatch;
}

export const wrongEdge = (from: DispatchState, to: StepTo | 'encounter'): AppError =>
  new AppError('dispatch_edge', { params: { from, to } });

/** When it happened, as far as the steps before it and the server's clock leave room for that. */
function timeOfStep(before: DispatchView, at: string, now: string): string {
  const { offeredAt, acceptedAt, enRouteAt, onSceneAt } = before;
  const last = [offeredAt, acceptedAt, enRouteAt, onSceneAt].reduce<string>(
    (latest, time) => (time !== null && time > latest ? time : latest),
    offeredAt,
  );
  const notAhead = at < now ? at : now;
  return notAhead > last ? notAhead : last;
}

/** What the step means for the place and those who reported it. */
async function bringAbout(
  change: CityChange,
  before: DispatchView,
  to: StepTo,
  at: string,
): Promise<void> {
  const { clusterId, target, recheckId } = before;
  switch (to) {
    case 'accepted':
    case 'en_route':
      return recheckId === null ? setProgress(change, clusterId, 'on_the_way') : undefined;
    case 'on_scene':
      await markAttended(change, clusterId, at);
      return visitCells(change, { id: before.id, position: target, at, people: null });
    case 'closed':
      await markAttended(change, clusterId, at);
      await releaseHoldsOf(change, before.id);
      return settlePlace(change, before);
    case 'declined':
    case 'cancelled':
      await releaseHoldsOf(change, before.id);
      return standDown(change, before);
  }
}

/** Nobody is on the way any more, unless another team still is; and a place without reports may end now. */
async function standDown(
  change: CityChange,
  { clusterId, recheckId, state }: DispatchView,
): Promise<void> {
  if (recheckId !== null) return;
  const others = await readActiveDispatchesOf(change.tx, change.cityId, clusterId);
  if (state !== 'offered' && !others.some((other) => other.state !== 'offered')) {
    await setProgress(change, clusterId, 'received');
  }
  await endIfEmpty(change, clusterId);
}

async function requireEncounter(change: CityChange, { id }: DispatchView): Promise<void> {
  const outcomes = await readOutcomes(change.tx, change.cityId, id);
  if (outcomes.length === 0) throw new AppError('encounter_missing');
}
