import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type {
  setFreeBedsSchema,
  stationDraftSchema,
  StationView,
} from '../../shared/stations/schema.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import {
  decrementFreeBeds,
  markStationRemoved,
  readStationView,
  updateFreeBeds,
  upsertStation,
} from './queries.ts';

async function announce(change: CityChange, id: string): Promise<StationView> {
  const station = await readStationView(change.tx, change.cityId, id);
  if (!station) throw new AppError('not_found', { field: 'stationId' });
  change.emit({ kind: 'station.changed', station }, 'public', [station]);
  return station;
}

async function requireStation(change: CityChange, id: string): Promise<StationView> {
  const station = await readStationView(change.tx, change.cityId, id);
  if (!station || station.removed) throw new AppError('not_found', { field: 'stationId' });
  return station;
}

export function saveStation(
  db: Database,
  { cityId }: Session,
  draft: z.infer<typeof stationDraftSchema>,
): Promise<StationView> {
  return changeCity(db, cityId, async (change) => {
    await upsertStation(change.tx, cityId, draft, change.now);
    return announce(change, draft.id);
  });
}

export function removeStation(
  db: Database,
  { cityId }: Session,
  { id }: { id: string },
): Promise<StationView> {
  return changeCity(db, cityId, async (change) => {
    await markStationRemoved(change.tx, cityId, id, change.now);
    return announce(change, id);
  });
}

/** @throws AppError beds_out_of_range when the station hasn't that many */
export function setFreeBeds(
  db: Database,
  { cityId }: Session,
  { stationId, bedsFree }: z.infer<typeof setFreeBedsSchema>,
): Promise<StationView> {
  return changeCity(db, cityId, async (change) => {
    const { bedsTotal } = await requireStation(change, stationId);
    if (!(await updateFreeBeds(change.tx, cityId, stationId, bedsFree, change.now))) {
      throw new AppError('beds_out_of_range', { field: 'bedsFree', params: { bedsTotal } });
    }
    return announce(change, stationId);
  });
}

/**
 * One person is brought in: one bed less, inside the caller's change. Who is already at the door is recorded even
 * where the number, kept by hand, says that the station is full: it stays at none.
 * @throws AppError not_found
 */
export async function takeBed(change: CityChange, stationId: string): Promise<void> {
  await requireStation(change, stationId);
  if (await decrementFreeBeds(change.tx, change.cityId, stationId, change.now))
    await announce(change, stationId);
}
