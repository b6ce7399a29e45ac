/** What is written of the weather. */
import type { HandHour, SourceDraft } from '../../shared/weather/schema.ts';
import type { HourTold } from '../../shared/weather/measures.ts';
import { asJson } from '../kernel/sql.ts';
import type { Db } from '../kernel/sql.ts';
import type { WeatherState } from './queries.ts';

/** How long hours that are over are kept. */
const keptDays = 400;

export async function upsertState(db: Db, cityId: string, state: WeatherState): Promise<void> {
  await db`
    insert into weather_states (city_id, revision, fingerprint)
    values (${cityId}, ${state.revision}::int, ${state.fingerprint})
    on conflict (city_id) do update set revision = excluded.revision, fingerprint = excluded.fingerprint`;
}

export type PastHour = HourTold & {
  at: string;
  temperatureCelsius: number;
  feltCelsius: number | null;
};
export async function upsertPastHours(
  db: Db,
  cityId: string,
  hours: readonly PastHour[],
): Promise<void> {
  await db`
    insert into weather_hours (city_id, at, temperature_celsius, wind_kmh, precipitation_mm, falling, felt_celsius)
    select ${cityId}, h.at, h."temperatureCelsius", h."windKmh", h."precipitationMm", h.falling, h."feltCelsius"
    from json_to_recordset(${asJson(db, hours)}) as h (at timestamptz, "temperatureCelsius" real, "windKmh" real,
      "precipitationMm" real, falling text, "feltCelsius" real)
    on conflict (city_id, at) do update set
      temperature_celsius = excluded.temperature_celsius, wind_kmh = excluded.wind_kmh,
      precipitation_mm = excluded.precipitation_mm, falling = excluded.falling, felt_celsius = excluded.felt_celsius`;
}

export async function deleteOldHours(db: Db, cityId: string): Promise<void> {
  await db`
    delete from weather_hours
    where city_id = ${cityId} and at < now() - make_interval(days => ${keptDays})`;
  await db`
    delete from weather_hand_hours
    where city_id = ${cityId} and at < now() - make_interval(days => ${keptDays})`;
}

/**
 * What is asked of it next is asked at once. Another address, kind or place is another source: what was asked of the
 * old one last is forgotten, what it told stays until the new one answers.
 * @returns false when there is a source of this id that nobody sets up: what is typed at the desk
 */
export async function upsertSource(
  db: Db,
  cityId: string,
  source: SourceDraft & { at: string },
): Promise<boolean> {
  const { id, kind, name, address, key, enabled, places, grid, at } = source;
  const saved = await db`
    insert into weather_sources as s (city_id, id, kind, name, address, key, enabled, places, grid, next_attempt_at)
    values (${cityId}, ${id}::uuid, ${kind}, ${name}, ${address}, nullif(${key ?? ''}, ''), ${enabled},
            ${db.json(places)}, ${grid}, ${at}::timestamptz)
    on conflict (city_id, id) do update set
      kind = excluded.kind, name = excluded.name, address = excluded.address,
      key = case when ${key === null} then s.key else excluded.key end,
      enabled = excluded.enabled, places = excluded.places, grid = excluded.grid, memory = '{}', failures = 0,
      faults = '[]', next_attempt_at = excluded.next_attempt_at, claimed_by = null, claimed_until = null
      where s.kind <> 'hand'
    returning id`;
  return saved.length > 0;
}

/** The name that it had; null when there was none. */
export async function deleteSource(db: Db, cityId: string, id: string): Promise<string | null> {
  const [source] = await db<{ name: string }[]>`
    delete from weather_sources where city_id = ${cityId} and id = ${id}::uuid and kind <> 'hand' returning name`;
  return source?.name ?? null;
}

export async function upsertHandHours(
  db: Db,
  cityId: string,
  hours: readonly HandHour[],
  typed: { by: string; at: string; sourceId: string },
): Promise<void> {
  await db`
    insert into weather_sources (city_id, id, kind, name, address, enabled)
    values (${cityId}, ${typed.sourceId}::uuid, 'hand', '', '', true) on conflict do nothing`;
  await db`
    insert into weather_hand_hours
      (city_id, at, temperature_celsius, wind_kmh, precipitation_mm, falling, typed_by, typed_at)
    select ${cityId}, h.at, h."temperatureCelsius", h."windKmh", h."precipitationMm", h.falling, ${typed.by}::uuid,
      ${typed.at}::timestamptz
    from json_to_recordset(${asJson(db, hours)}) as h (at timestamptz, "temperatureCelsius" float8, "windKmh" float8,
      "precipitationMm" float8, falling text)
    on conflict (city_id, at) do update set
      temperature_celsius = excluded.temperature_celsius, wind_kmh = excluded.wind_kmh,
      precipitation_mm = excluded.precipitation_mm, falling = excluded.falling, typed_by = excluded.typed_by,
      typed_at = excluded.typed_at`;
}
