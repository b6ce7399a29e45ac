/** Opening and closing a shelter: one decision, with its record. */
import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { decideShelterSchema, StationView } from '../../shared/stations/schema.ts';
import { recordAudit } from '../accounts/audit.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { announceStation, requireStation } from './announce.ts';
import { findDecision, insertDecision, updateOpen } from './queries.ts';
import { countExpected, countInside } from './stay-queries.ts';

/** @throws AppError station_in_use while somebody is in the house or on the way */
export async function requireEmpty({ tx, cityId }: CityChange, stationId: string): Promise<void> {
  const inside = await countInside(tx, cityId, stationId);
  const expected = await countExpected(tx, cityId, stationId);
  if (inside + expected > 0)
    throw new AppError('station_in_use', { field: 'stationId', params: { inside, expected } });
}

/**
 * The same decision again, or one that somebody else was quicker with, changes nothing.
 * @throws AppError station_in_use, invalid_input for what is no shelter, not_found
 */
export function decideShelter(
  db: Database,
  { cityId, userId }: Session,
  { id, stationId, open, reason }: z.infer<typeof decideShelterSchema>,
): Promise<StationView> {
  return changeCity(db, cityId, async (change) => {
    const { tx, now: at } = change;
    const shelter = await requireStation(change, stationId);
    if (shelter.kind !== 'shelter') throw new AppError('invalid_input', { field: 'stationId' });
    if (shelter.open === open || (await findDecision(tx, cityId, id))) return shelter;
    if (!open) await requireEmpty(change, stationId);
    await insertDecision(tx, cityId, { id, stationId, open, reason, by: userId, at });
    await updateOpen(tx, cityId, stationId, { open, at });
    const action = open ? 'shelter.opened' : 'shelter.closed';
    await recordAudit(tx, { cityId, userId, action, subject: stationId, details: { reason } });
    return announceStation(change, stationId);
  });
}
