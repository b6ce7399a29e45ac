import { citySettingsSchema } from '../../shared/cities/schema.ts';
import type { CitySettings } from '../../shared/cities/schema.ts';
import { AppError } from '../../shared/errors.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { Audience, CityEventBody } from '../../shared/realtime/events.ts';
import { transact } from '../kernel/sql.ts';
import type { Database, Tx } from '../kernel/sql.ts';
import { appendEvents, cellsOf } from './event-log.ts';
import type { NewEvent } from './event-log.ts';

export interface CityChange {
  tx: Tx;
  cityId: string;
  settings: CitySettings;
  timeZone: string;
  /** The server's clock, read after the lock was taken. */
  now: string;
  /** Appends one event in this same transaction; `places` are the positions it touches, none = the whole city. */
  emit(body: CityEventBody, audience: Audience, places?: readonly Position[]): void;
}

interface LockedCity {
  last_event_seq: number;
  settings: unknown;
  time_zone: string;
  now: string;
}

/**
 * The one way to change operational data. It holds the city's row for the length of the transaction, so the
 * writes of one city happen one after another on however many servers, and the events get their numbers in
 * the order in which they become visible. Never call it inside itself.
 * @throws AppError not_found when there is no such city
 */
export function changeCity<T>(
  db: Database,
  cityId: string,
  work: (change: CityChange) => Promise<T>,
): Promise<T> {
  return transact(db.sql, async (tx) => {
    const [city] = await tx<LockedCity[]>`
      select last_event_seq, settings, time_zone, clock_timestamp() as now
      from cities where id = ${cityId} for no key update`;
    if (!city) throw new AppError('not_found', { field: 'cityId' });
    const events: NewEvent[] = [];
    const result = await work({
      tx,
      cityId,
      settings: citySettingsSchema.parse(city.settings),
      timeZone: city.time_zone,
      now: city.now,
      emit: (body, audience, places = []) =>
        void events.push({ body, audience, cells: cellsOf(places) }),
    });
    await appendEvents(tx, cityId, city.last_event_seq, city.now, events);
    return result;
  });
}
