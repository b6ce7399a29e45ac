/** The weather of a test city, typed in from two days ago on. */
import { v7 as uuidv7 } from 'uuid';
import { floorToHour, hourMs, seriesOf } from '../../shared/weather/hours.ts';
import type { Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { typeHours } from '../weather/actions.ts';
import { cityCenter } from './seed.ts';

/** Each told by its felt temperature under the rules of the field: below −10, −20, −28 and −40. */
export const skies = {
  mild: { temperatureCelsius: 8, windKmh: 5 },
  blue: { temperatureCelsius: -8, windKmh: 15 },
  yellow: { temperatureCelsius: -15, windKmh: 20 },
  orange: { temperatureCelsius: -20, windKmh: 30 },
  red: { temperatureCelsius: -33, windKmh: 30 },
};
export type Sky = keyof typeof skies;

/** @param hoursAhead what comes after isn't told */
export async function tellWeather(
  db: Database,
  by: Session,
  sky: Sky | { temperatureCelsius: number; windKmh: number },
  hoursAhead = 72,
): Promise<void> {
  const from = floorToHour(Date.now()) - 47 * hourMs;
  const dry = { precipitationMm: 0, falling: 'none' } as const;
  const hour = { ...dry, ...(typeof sky === 'string' ? skies[sky] : sky) };
  const all = Array.from({ length: 48 + hoursAhead }, (_, i) => ({
    ...hour,
    at: new Date(from + i * hourMs).toISOString(),
  }));
  await typeHours(db, by, all);
}

/** What a forecast service told so many hours ago; nobody has typed anything. */
export async function tellForecast(
  { sql }: Database,
  cityId: string,
  sky: Sky,
  hoursOld: number,
): Promise<void> {
  const toldMs = Date.now() - hoursOld * hourMs;
  const toldAt = new Date(toldMs).toISOString();
  const from = floorToHour(Date.now()) - 48 * hourMs;
  const dry = { precipitationMm: 0, falling: 'none' } as const;
  const hours = seriesOf(
    from,
    Array.from({ length: 120 }, () => ({ ...dry, ...skies[sky] })),
  );
  const stored = { ...hours, toldMs: hours.falling.map(() => toldMs) };
  const id = uuidv7();
  await sql`delete from weather_hand_hours where city_id = ${cityId}`;
  await sql`delete from weather_sources where city_id = ${cityId}`;
  await sql`
    insert into weather_sources (city_id, id, kind, name, address, enabled, told_at)
    values (${cityId}, ${id}, 'open_meteo', '预报', '', true, ${toldAt})`;
  await sql`
    insert into weather_points (city_id, source_id, id, name, kind, lon, lat, issued_at, hours)
    values (${cityId}, ${id}, '1', '', 'grid', ${cityCenter.lon}, ${cityCenter.lat}, ${toldAt}, ${sql.json(stored)})`;
}

/** Nobody tells of the hours from so many hours on any more. */
export async function forgetFrom({ sql }: Database, cityId: string, hours: number): Promise<void> {
  await sql`
    delete from weather_hand_hours
    where city_id = ${cityId} and at >= date_trunc('hour', now()) + make_interval(hours => ${hours})`;
}
