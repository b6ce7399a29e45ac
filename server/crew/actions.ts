import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { AlarmView, endAlarmSchema, Sos } from '../../shared/crew/schema.ts';
import { AppError } from '../../shared/errors.ts';
import { recordAudit } from '../accounts/audit.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { findShiftAt } from '../shifts/queries.ts';
import {
  findOverdueShifts,
  insertAlarm,
  readAlarmView,
  readLastPlace,
  updateAcknowledged,
  updateEnded,
  updateMissedEnded,
} from './queries.ts';
import type { LastPlace } from './queries.ts';

async function announce(change: CityChange, id: string): Promise<AlarmView> {
  const alarm = await readAlarmView(change.tx, change.cityId, id);
  if (!alarm) throw new AppError('not_found', { field: 'id' });
  change.emit({ kind: 'alarm.changed', alarm }, 'staff');
  return alarm;
}

const laterOf = (a: LastPlace | null, b: LastPlace | null): LastPlace | null =>
  a === null || (b !== null && b.at > a.at) ? b : a;

/**
 * A crew calls for help. Kept with the newest place known of it, the device's or the server's, and told to all staff
 * of the city. The same one again changes nothing.
 * @throws AppError not_allowed without a team
 */
export async function raiseSos(
  change: CityChange,
  { teamId, userId }: Session,
  { id, place }: Sos,
  at: string,
): Promise<AlarmView> {
  const { tx, cityId, now } = change;
  if (teamId === null) throw new AppError('not_allowed', { field: 'teamId' });
  const told: LastPlace | null = place && {
    ...place.position,
    accuracyMeters: place.accuracyMeters,
    // A device whose clock is ahead counts as now.
    at: place.at < now ? place.at : now,
  };
  await insertAlarm(tx, cityId, {
    id,
    kind: 'sos',
    teamId,
    shiftId: await findShiftAt(tx, cityId, teamId, at),
    raisedBy: userId,
    raisedAt: at,
    receivedAt: now,
    place: laterOf(told, await readLastPlace(tx, cityId, teamId)),
  });
  return announce(change, id);
}

/** Somebody at the desk has seen it; the first who says so is named. */
export function acknowledgeAlarm(
  db: Database,
  { cityId, userId }: Session,
  { id }: { id: string },
): Promise<AlarmView> {
  return changeCity(db, cityId, async (change) => {
    const { tx, now: at } = change;
    if (await updateAcknowledged(tx, cityId, id, { at, by: userId }))
      await recordAudit(tx, { cityId, userId, action: 'alarm.acknowledged', subject: id });
    return announce(change, id);
  });
}

/** It is over. Ended without having been acknowledged, it is both by the same person. */
export function endAlarm(
  db: Database,
  { cityId, userId }: Session,
  { id, note }: z.infer<typeof endAlarmSchema>,
): Promise<AlarmView> {
  return changeCity(db, cityId, async (change) => {
    const { tx, now: at } = change;
    await updateAcknowledged(tx, cityId, id, { at, by: userId });
    if (await updateEnded(tx, cityId, id, { at, by: userId, note }))
      await recordAudit(tx, { cityId, userId, action: 'alarm.ended', subject: id });
    return announce(change, id);
  });
}

/**
 * A sign of life of that moment came, or the shift is over (null): the alarms about missing ones that nobody has
 * acknowledged are over. One that the sign would not have put off stays: it is not raised a second time.
 */
export async function endMissedCheckIns(
  change: CityChange,
  shiftId: string,
  userId: string,
  sign: string | null,
): Promise<void> {
  const { tx, cityId, now: at } = change;
  for (const id of await updateMissedEnded(tx, cityId, shiftId, { at, by: userId, sign }))
    await announce(change, id);
}

/**
 * Raises an alarm for each running shift whose check-in did not come: one per check-in that was owed, on however many
 * servers this runs. Answers how many.
 */
export function raiseMissedCheckIns(db: Database, cityId: string): Promise<number> {
  return changeCity(db, cityId, async (change) => {
    const { tx, now: receivedAt } = change;
    let raised = 0;
    for (const { shiftId, teamId, dueAt } of await findOverdueShifts(tx, cityId)) {
      const id = uuidv7();
      const place = await readLastPlace(tx, cityId, teamId);
      const alarm = { id, teamId, shiftId, raisedBy: null, raisedAt: dueAt, receivedAt, place };
      if (!(await insertAlarm(tx, cityId, { ...alarm, kind: 'missed_check_in' }))) continue;
      await announce(change, id);
      raised += 1;
    }
    return raised;
  });
}
