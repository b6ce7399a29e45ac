/** What everybody hears of a house and of the places kept in it. */
import { AppError } from '../../shared/errors.ts';
import type { HoldView, StationView } from '../../shared/stations/schema.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { readHoldView, seatFirstOnTheWay } from './hold-queries.ts';
import { shiftPlaces } from './place-queries.ts';
import type { PlacesOf } from './place-queries.ts';
import { noteToldLight, readStationView, touchBeds } from './queries.ts';
import { seatFirstBeyond } from './stay-queries.ts';

export async function announceStation(change: CityChange, id: string): Promise<StationView> {
  const station = await requireView(change, id);
  await noteToldLight(change.tx, change.cityId, id, station.light);
  change.emit({ kind: 'station.changed', station }, 'public', [station]);
  return station;
}

/**
 * Its places have changed just now. Everybody hears of it only when it stands otherwise than they were told: the moment
 * of every bed would tell who was brought when.
 */
export async function announceBeds(change: CityChange, id: string): Promise<StationView> {
  await touchBeds(change.tx, change.cityId, id, change.now);
  const station = await requireView(change, id);
  const isNews = await noteToldLight(change.tx, change.cityId, id, station.light);
  change.emit({ kind: 'station.changed', station }, isNews ? 'public' : 'staff', [station]);
  return station;
}

async function requireView({ tx, cityId }: CityChange, id: string): Promise<StationView> {
  const station = await readStationView(tx, cityId, id);
  if (!station) throw new AppError('not_found', { field: 'stationId' });
  return station;
}

export async function announceHold(change: CityChange, id: string): Promise<HoldView> {
  const hold = await readHoldView(change.tx, change.cityId, id);
  if (!hold) throw new AppError('not_found', { field: 'id' });
  change.emit({ kind: 'hold.changed', hold }, 'staff');
  return hold;
}

/** @throws AppError not_found for one that isn't there or was removed */
export async function requireStation(
  change: CityChange,
  id: string,
  field = 'stationId',
): Promise<StationView> {
  const station = await readStationView(change.tx, change.cityId, id);
  if (!station || station.removed) throw new AppError('not_found', { field });
  return station;
}

/**
 * Places have come free: whoever is in the house beyond them has one now, then whoever is in a vehicle on the way
 * there, before anybody who is yet to be met.
 */
export async function seatThoseBeyond(change: CityChange, places: PlacesOf): Promise<void> {
  const { tx, cityId } = change;
  while (await shiftPlaces(tx, cityId, places, { taken: 1 })) {
    if (await seatFirstBeyond(tx, cityId, places)) continue;
    const onTheWay = await seatFirstOnTheWay(tx, cityId, places);
    await shiftPlaces(tx, cityId, places, { taken: -1, held: onTheWay === null ? 0 : 1 });
    if (onTheWay === null) return;
    await announceHold(change, onTheWay);
  }
}
