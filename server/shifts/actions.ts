import { AppError } from '../../shared/errors.ts';
import type { LateOutcome } from '../../shared/field/late.ts';
import type { ShiftDetail, ShiftDraft, ShiftView } from '../../shared/shifts/schema.ts';
import { recordAudit } from '../accounts/audit.ts';
import { endMissedCheckIns } from '../crew/actions.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { setTeamDuty } from '../patrols/actions.ts';
import { readAreaView, readTeamView } from '../patrols/queries.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import {
  hasOpenShift,
  insertShift,
  readMembers,
  readNeighbours,
  readShiftView,
  readSpan,
  updateCheckIn,
  updateEnd,
} from './queries.ts';
import type { ShiftSpan } from './queries.ts';

async function announce(change: CityChange, id: string): Promise<ShiftView> {
  const shift = await readShiftView(change.tx, change.cityId, id);
  if (!shift) throw new AppError('not_found', { field: 'shiftId' });
  change.emit({ kind: 'shift.changed', shift }, 'staff');
  return shift;
}

const notLater = (at: string, other: string): string => (at < other ? at : other);
const notEarlier = (at: string, other: string): string => (at > other ? at : other);

/**
 * The session's team goes on duty, as of `at`. A team has one shift at a time: the one that ran at that moment ends
 * there, and one that is heard of after a newer has begun ends where the newer begins. Whoever began the other shift
 * is told, unless it was the same person: conflict `shift_replaced`. A second time changes nothing.
 * @throws AppError not_allowed without a team; not_found for a team or an area that is not there
 */
export async function startShift(
  change: CityChange,
  { teamId, userId }: Session,
  draft: ShiftDraft,
  at: string,
): Promise<LateOutcome> {
  const { tx, cityId } = change;
  if (teamId === null) throw new AppError('not_allowed', { field: 'teamId' });
  const known = await readSpan(tx, cityId, draft.id);
  if (known && known.teamId !== teamId) throw new AppError('shift_not_yours', { field: 'id' });
  if (known) return { result: 'overtaken' };
  const team = await readTeamView(tx, cityId, teamId);
  if (!team || team.removed) throw new AppError('not_found', { field: 'teamId' });
  if (draft.areaId !== null && !(await readAreaView(tx, cityId, draft.areaId)))
    throw new AppError('not_found', { field: 'areaId' });

  const { cut, next } = await readNeighbours(tx, cityId, teamId, at);
  if (cut) await closeSpan(change, cut.id, at, userId);
  const endedAt = next?.startedAt ?? null;
  await insertShift(tx, cityId, { ...draft, teamId, startedAt: at, startedBy: userId, endedAt });
  await recordAudit(tx, { cityId, userId, action: 'shift.started', subject: team.name });
  await announce(change, draft.id);
  const isOpen = await hasOpenShift(tx, cityId, teamId);
  const begins = { startsAt: at, plannedEndAt: draft.plannedEndAt ?? null, follows: cut !== null };
  // One that is over already says nothing about how long the team is out now.
  await setTeamDuty(change, teamId, isOpen, next ? undefined : begins);
  return outcomeOf([cut, next], userId, draft.id);
}

function outcomeOf(
  others: readonly (ShiftSpan | null)[],
  userId: string,
  shiftId: string,
): LateOutcome {
  const replaced = others.find((other) => other !== null && other.startedBy !== userId);
  if (!replaced) return { result: 'applied' };
  const details = { shiftId, otherShiftId: replaced.id };
  return {
    result: 'conflict',
    conflict: { kind: 'shift_replaced', otherTeamId: replaced.teamId, details },
  };
}

async function closeSpan(
  change: CityChange,
  id: string,
  at: string,
  userId: string,
): Promise<void> {
  await updateEnd(change.tx, change.cityId, id, at);
  await endMissedCheckIns(change, id, userId, null);
  await announce(change, id);
}

/** The patrols of the team itself, and the desk for any team over the radio. */
async function ownShift(change: CityChange, session: Session, id: string): Promise<ShiftSpan> {
  const shift = await readSpan(change.tx, change.cityId, id);
  if (!shift) throw new AppError('not_found', { field: 'shiftId' });
  if (session.role === 'patrol' && session.teamId !== shift.teamId)
    throw new AppError('shift_not_yours', { field: 'shiftId' });
  return shift;
}

/**
 * Over, as of `at`; never before it began nor after the team's next one did. Of two ends the earlier counts.
 * @throws AppError not_found, shift_not_yours
 */
export async function endShift(
  change: CityChange,
  session: Session,
  { shiftId, at }: { shiftId: string; at: string },
): Promise<LateOutcome> {
  const { tx, cityId } = change;
  const shift = await ownShift(change, session, shiftId);
  const { next } = await readNeighbours(tx, cityId, shift.teamId, shift.startedAt);
  const latest = next ? notLater(at, next.startedAt) : at;
  const endedAt = notEarlier(latest, shift.startedAt);
  if (shift.endedAt !== null && shift.endedAt <= endedAt) return { result: 'overtaken' };
  await closeSpan(change, shiftId, endedAt, session.userId);
  if (shift.endedAt === null) await setTeamDuty(change, shift.teamId, false);
  return { result: 'applied' };
}

/**
 * A sign of life as of `at`. One that is later than the last known moves the next one due, and ends the alarms about
 * it that nobody has acknowledged yet; any other changes nothing.
 * @throws AppError not_found, shift_not_yours
 */
export async function checkIn(
  change: CityChange,
  session: Session,
  { shiftId, at }: { shiftId: string; at: string },
): Promise<LateOutcome> {
  await ownShift(change, session, shiftId);
  if (!(await updateCheckIn(change.tx, change.cityId, shiftId, at))) return { result: 'overtaken' };
  await endMissedCheckIns(change, shiftId, session.userId, at);
  await announce(change, shiftId);
  return { result: 'applied' };
}

/** By the desk, over the radio: now. */
export function startOverRadio(
  db: Database,
  session: Session,
  { teamId, ...draft }: ShiftDraft & { teamId: string },
): Promise<ShiftView> {
  return changeCity(db, session.cityId, async (change) => {
    await startShift(change, { ...session, teamId }, draft, change.now);
    return announce(change, draft.id);
  });
}

export function endOverRadio(
  db: Database,
  session: Session,
  { shiftId }: { shiftId: string },
): Promise<ShiftView> {
  return changeCity(db, session.cityId, async (change) => {
    await endShift(change, session, { shiftId, at: change.now });
    return announce(change, shiftId);
  });
}

export function checkInOverRadio(
  db: Database,
  session: Session,
  { shiftId }: { shiftId: string },
): Promise<ShiftView> {
  return changeCity(db, session.cityId, async (change) => {
    await checkIn(change, session, { shiftId, at: change.now });
    return announce(change, shiftId);
  });
}

/** With the names of its members; a patrol reads those of its own team alone. */
export async function readShift(
  db: Database,
  session: Session,
  { shiftId }: { shiftId: string },
): Promise<ShiftDetail> {
  const shift = await readShiftView(db.sql, session.cityId, shiftId);
  if (!shift) throw new AppError('not_found', { field: 'shiftId' });
  if (session.role === 'patrol' && session.teamId !== shift.teamId)
    throw new AppError('shift_not_yours', { field: 'shiftId' });
  return { shift, members: await readMembers(db.sql, session.cityId, shiftId) };
}
