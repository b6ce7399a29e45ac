/**
 * The one door for what devices tell of, whenever that is: each action takes effect and is kept exactly once, and
 * the same one again is answered as the first time. The rules, row by row: docs/late-actions.md.
 */
import { v7 as uuidv7 } from 'uuid';
import { AppError } from '../../shared/errors.ts';
import type { LateConflict } from '../../shared/field/late.ts';
import { countsFor, mayTell } from '../../shared/field/rules.ts';
import type {
  ConflictDetail,
  ConflictView,
  FieldAction,
  FieldAnswer,
} from '../../shared/field/schema.ts';
import { recordAudit } from '../accounts/audit.ts';
import type { Session } from '../kernel/context.ts';
import type { Database, Db } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { limitCorrections, reportSighting } from '../sightings/actions.ts';
import { findSighting } from '../sightings/queries.ts';
import { storeTrack } from '../tracks/actions.ts';
import { applyAction } from './effects.ts';
import type { LockedAction } from './effects.ts';
import {
  findKeptAction,
  findOpenDispatchConflict,
  insertAction,
  markConflictSettled,
  readConflictDetail,
  readConflictView,
  upsertConflict,
} from './queries.ts';

type Report = Extract<FieldAction, { kind: 'sighting.report' }>;
type Points = Extract<FieldAction, { kind: 'track.points' }>;

/**
 * @throws AppError not_allowed for a kind that is not for this role, and for an action that somebody else told of;
 * seen_too_long_ago; whatever the action itself is refused with: nothing of it is kept then, and it can be mended
 */
export async function submit(
  db: Database,
  session: Session,
  action: FieldAction,
): Promise<FieldAnswer> {
  if (!mayTell(session.role, action.kind)) throw new AppError('not_allowed', { field: 'kind' });
  if (action.kind === 'sighting.report') return submitReport(db, session, action);
  if (action.kind === 'track.points') return submitPoints(db, session, action);
  if (action.kind === 'sighting.edit' || action.kind === 'sighting.withdraw')
    await limitCorrections(db.sql, session);
  return changeCity(db, session.cityId, (change) => submitLocked(change, session, action));
}

/** The effect and the row that keeps the action are one transaction. */
async function submitLocked(
  change: CityChange,
  session: Session,
  action: LockedAction,
): Promise<FieldAnswer> {
  const { tx, cityId, now } = change;
  const known = await findAnswer(tx, session, action);
  if (known) return known;
  const at = countsFor(action.at, now);
  const { outcome, version } = await applyAction(change, session, action, at);
  const conflict =
    outcome.result === 'conflict'
      ? await keepConflict(change, session, { action, at, found: outcome.conflict })
      : null;
  const { userId, teamId } = session;
  const answer: FieldAnswer = {
    id: action.id,
    result: outcome.result,
    receivedAt: now,
    conflict,
    ...(version === undefined ? {} : { version }),
  };
  await insertAction(tx, cityId, { action, userId, teamId, at, answer });
  return answer;
}

/** @throws AppError not_allowed when somebody else told of it, or when it is of another kind */
async function findAnswer(
  db: Db,
  { cityId, userId }: Session,
  action: FieldAction,
): Promise<FieldAnswer | null> {
  const known = await findKeptAction(db, cityId, action.id);
  if (!known) return null;
  if (known.userId !== userId || known.kind !== action.kind)
    throw new AppError('not_allowed', { field: 'id' });
  return known.answer;
}

/** Both sides see it: the desk, and the team through the same event. Steps of one visit make one conflict. */
async function keepConflict(
  change: CityChange,
  { userId, teamId }: Session,
  { action, at, found }: { action: LockedAction; at: string; found: LateConflict },
): Promise<ConflictView> {
  const { tx, cityId, now } = change;
  const open =
    found.kind === 'dispatch_gone' && found.dispatchId
      ? await findOpenDispatchConflict(tx, cityId, found.dispatchId, teamId)
      : null;
  const id = open ?? uuidv7();
  const kept = { ...found, id, action: action.kind, teamId, userId, at, receivedAt: now };
  await upsertConflict(tx, cityId, kept);
  const conflict = (await readConflictView(tx, cityId, id))!;
  change.emit({ kind: 'conflict.changed', conflict }, 'staff');
  return conflict;
}

/**
 * A report goes the way of all reports, which commit in groups; the row follows right after. When the server dies
 * between the two, the resend finds the report by its own id and adds the row.
 */
async function submitReport(db: Database, session: Session, action: Report): Promise<FieldAnswer> {
  const known = await findAnswer(db.sql, session, action);
  if (known) return known;
  const at = countsFor(action.at, new Date().toISOString());
  const { id, receivedAt } = await reportSighting(db, session, action.sighting).catch(
    (error: unknown) => reportedBefore(db, session, action, error),
  );
  const sighting = await findSighting(db.sql, session.cityId, id);
  return keepFreely(db, session, action, { at, receivedAt, version: sighting?.version ?? 1 });
}

/** It may be refused now for its age and have been taken when it was young, with the answer lost. */
async function reportedBefore(
  db: Database,
  { cityId, userId }: Session,
  { sighting }: Report,
  error: unknown,
): Promise<{ id: string; receivedAt: string }> {
  const known = error instanceof AppError && (await findSighting(db.sql, cityId, sighting.id));
  if (!known || known.reporterId !== userId) throw error;
  return { id: sighting.id, receivedAt: new Date().toISOString() };
}

/** Points need no lock: the same moment twice is the same point, and the row follows right after. */
async function submitPoints(db: Database, session: Session, action: Points): Promise<FieldAnswer> {
  const { cityId, teamId } = session;
  if (teamId === null) throw new AppError('not_allowed', { field: 'teamId' });
  const known = await findAnswer(db.sql, session, action);
  if (known) return known;
  const receivedAt = new Date().toISOString();
  const at = countsFor(action.at, receivedAt);
  await storeTrack(db, { cityId, teamId, source: 'app', points: action.points });
  return keepFreely(db, session, action, { at, receivedAt });
}

/** Of two that arrive at once one writes the row; the other answers the same. */
async function keepFreely(
  db: Database,
  session: Session,
  action: Report | Points,
  { at, ...told }: { at: string; receivedAt: string; version?: number },
): Promise<FieldAnswer> {
  const { cityId, userId, teamId } = session;
  const answer: FieldAnswer = { id: action.id, result: 'applied', conflict: null, ...told };
  if (await insertAction(db.sql, cityId, { action, userId, teamId, at, answer })) return answer;
  return (await findAnswer(db.sql, session, action)) ?? answer;
}

/** The desk has looked at it; the first who says so is kept. @throws AppError not_found */
export function settleConflict(
  db: Database,
  { cityId, userId }: Session,
  { id }: { id: string },
): Promise<ConflictView> {
  return changeCity(db, cityId, async (change) => {
    const { tx, now } = change;
    const isFirst = await markConflictSettled(tx, cityId, id, { at: now, by: userId });
    const conflict = await readConflictView(tx, cityId, id);
    if (!conflict) throw new AppError('not_found', { field: 'id' });
    if (isFirst) change.emit({ kind: 'conflict.changed', conflict }, 'staff');
    return conflict;
  });
}

/** With what was held in it; that it was read is kept. @throws AppError not_found */
export async function readDetails(
  db: Database,
  { cityId, userId }: Session,
  { id }: { id: string },
): Promise<ConflictDetail> {
  const detail = await readConflictDetail(db.sql, cityId, id);
  if (!detail) throw new AppError('not_found', { field: 'id' });
  await recordAudit(db.sql, { cityId, userId, action: 'conflict.read', subject: id });
  return detail;
}
