/** Where no map was imported yet, the first administrator makes the city too: a circle around a place. */
import type { z } from 'zod';
import type { firstCitySchema } from '../../shared/accounts/schema.ts';
import { AppError } from '../../shared/errors.ts';
import { circleAround } from '../../shared/geo/circle.ts';
import type { Tx } from '../kernel/sql.ts';

/** @throws AppError invalid_input for a name that is taken or a clock that doesn't exist */
export async function insertFirstCity(
  tx: Tx,
  city: z.infer<typeof firstCitySchema>,
): Promise<void> {
  if (!isTimeZone(city.timeZone)) throw new AppError('invalid_input', { field: 'city.timeZone' });
  const boundary = JSON.stringify(circleAround(city, city.radiusKm * 1000));
  const inserted = await tx`
    insert into cities (id, name_zh, name_en, time_zone, boundary, center, hotline)
    values (${city.id}, ${city.nameZh}, ${city.nameEn}, ${city.timeZone},
            st_multi(st_setsrid(st_geomfromgeojson(${boundary}), 4326))::geography,
            st_setsrid(st_makepoint(${city.lon}::float8, ${city.lat}::float8), 4326)::geography, ${city.hotline})
    on conflict (id) do nothing`;
  if (inserted.count === 0) throw new AppError('invalid_input', { field: 'city.id' });
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
