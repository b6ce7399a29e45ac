/** Opening and closing a shelter, or asking for it to be made ready: one decision, with its record. */
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { ResponseLevel } from '../../shared/response/schema.ts';
import type { decideShelterSchema, StationView } from '../../shared/stations/schema.ts';
import { recordAudit } from '../accounts/audit.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { announceStation, requireStation } from './announce.ts';
import {
  findDecision,
  insertDecision,
  insertPreparation,
  listPrepared,
  readStationView,
  updateOpen,
  updatePrepareSince,
} from './queries.ts';
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

/**
 * A cold night asks these to be made ready: those that are shelters, aren't open, and weren't asked yet. Somebody opens
 * them by a decision of its own.
 * @param by null: a rule
 */
export async function prepareShelters(
  change: CityChange,
  ids: readonly string[],
  { by, level }: { by: string | null; level: ResponseLevel },
): Promise<void> {
  const { tx, cityId, now: at } = change;
  for (const stationId of new Set(ids)) {
    const shelter = await readStationView(tx, cityId, stationId);
    if (!shelter || shelter.removed || shelter.kind !== 'shelter') continue;
    if (shelter.open || shelter.prepareSince !== null) continue;
    await insertPreparation(tx, cityId, { id: uuidv7(), stationId, reason: level, by, at });
    await updatePrepareSince(tx, cityId, stationId, at);
    const details = { level };
    const action = 'shelter.prepared';
    await recordAudit(tx, { cityId, userId: by, action, subject: stationId, details });
    await announceStation(change, stationId);
  }
}

/** Nobody asks any more for those that aren't among these. */
export async function releaseShelters(change: CityChange, asked: readonly string[]): Promise<void> {
  const { tx, cityId } = change;
  for (const stationId of await listPrepared(tx, cityId)) {
    if (asked.includes(stationId)) continue;
    await updatePrepareSince(tx, cityId, stationId, null);
    await announceStation(change, stationId);
  }
}
