/** Who is in a house: known by a bed or a number, written down and read by its own desk. */
import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { daysOf, longStayDays } from '../../shared/stations/rules.ts';
import type { checkInSchema, checkOutSchema, StayView } from '../../shared/stations/schema.ts';
import { recordAudit } from '../accounts/audit.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { announceBeds, announceHold, requireStation, seatThoseBeyond } from './announce.ts';
import { readHoldView, updateHoldEnd } from './hold-queries.ts';
import { takeOne } from './holds.ts';
import { shiftPlaces } from './place-queries.ts';
import { findStay, insertStay, readStaysInHouse, updateStayEnd } from './stay-queries.ts';
import type { StayRow } from './stay-queries.ts';

function asOf(stay: StayRow, now: string): StayView {
  const days = daysOf(stay.arrivedAt, stay.leftAt ?? now);
  return { ...stay, days, longStay: days >= longStayDays };
}

/** A manager's own house, and no other; the other roles any. @throws AppError not_allowed */
function requireOwn({ role, stationId: own }: Session, stationId: string): void {
  if (role === 'station_manager' && own !== stationId)
    throw new AppError('not_allowed', { field: 'stationId' });
}

/**
 * Somebody is in the house: from a place that was kept, or from the street. Where the kind has no free place they are
 * counted beside the places; nobody is sent away. The same id again changes nothing.
 * @throws AppError not_allowed, not_found, hold_over when somebody has arrived on it already
 */
export async function checkIn(
  db: Database,
  session: Session,
  draft: z.infer<typeof checkInSchema>,
): Promise<StayView> {
  requireOwn(session, draft.stationId);
  return changeCity(db, session.cityId, async (change) => {
    const { tx, cityId, now: arrivedAt } = change;
    const known = await findStay(tx, cityId, draft.id);
    if (known) return ownStay(session, known, change);
    const { id, stationId, kind, how, label, note } = draft;
    await requireStation(change, stationId);
    const arrived = draft.holdId === null ? null : await arriveOn(change, stationId, draft.holdId);
    const withinPlaces = await shiftPlaces(tx, cityId, { stationId, kind }, { taken: 1 });
    const from = { holdId: arrived?.holdId ?? null, encounterId: arrived?.encounterId ?? null };
    const stay = { id, stationId, kind, how, label, note, withinPlaces, arrivedAt, ...from };
    await insertStay(tx, cityId, stay, session.userId);
    // The kind of place that was kept for them may have been another.
    if (arrived?.freed && arrived.freed !== kind)
      await seatThoseBeyond(change, { stationId, kind: arrived.freed });
    await announceBeds(change, stationId);
    return ownStay(session, { ...stay, leftAt: null, leftTo: '' }, change);
  });
}

function ownStay(session: Session, stay: StayRow, { now }: CityChange): StayView {
  requireOwn(session, stay.stationId);
  return asOf(stay, now);
}

/** One place of the hold ends with an arrival; whoever comes after its time has come all the same. */
async function arriveOn(change: CityChange, stationId: string, id: string) {
  const { tx, cityId, now: at } = change;
  const hold = await readHoldView(tx, cityId, id);
  if (!hold || hold.stationId !== stationId) throw new AppError('not_found', { field: 'holdId' });
  if (hold.state === 'arrived') throw new AppError('hold_over', { field: 'holdId' });
  const holdId = await takeOne(change, hold);
  await updateHoldEnd(tx, cityId, holdId, { state: 'arrived', at });
  const counted = hold.state === 'held' && hold.withinPlaces;
  if (counted) await shiftPlaces(tx, cityId, hold, { held: -1 });
  await announceHold(change, holdId);
  return { holdId, encounterId: hold.encounterId, freed: counted ? hold.kind : null };
}

/**
 * Somebody leaves, which they are free to do. The same again changes nothing.
 * @throws AppError not_allowed, not_found, stay_over when they were checked out to somewhere else
 */
export function checkOut(
  db: Database,
  session: Session,
  { id, leftTo }: z.infer<typeof checkOutSchema>,
): Promise<StayView> {
  return changeCity(db, session.cityId, async (change) => {
    const { tx, cityId, now: at } = change;
    const stay = await findStay(tx, cityId, id);
    if (!stay) throw new AppError('not_found', { field: 'id' });
    requireOwn(session, stay.stationId);
    if (stay.leftAt !== null) {
      if (stay.leftTo !== leftTo) throw new AppError('stay_over', { field: 'id' });
      return asOf(stay, at);
    }
    await updateStayEnd(tx, cityId, id, { at, to: leftTo, by: session.userId });
    if (stay.withinPlaces) {
      await shiftPlaces(tx, cityId, stay, { taken: -1 });
      await seatThoseBeyond(change, stay);
    }
    await announceBeds(change, stay.stationId);
    return asOf({ ...stay, leftAt: at, leftTo }, at);
  });
}

/** Who is in the house, the longest there first; that it was read is kept. @throws AppError not_allowed */
export async function readStays(
  db: Database,
  session: Session,
  { stationId }: { stationId: string },
): Promise<StayView[]> {
  requireOwn(session, stationId);
  const { cityId, userId } = session;
  await recordAudit(db.sql, { cityId, userId, action: 'stays.read', subject: stationId });
  const now = new Date().toISOString();
  return (await readStaysInHouse(db.sql, cityId, stationId)).map((stay) => asOf(stay, now));
}
