import type {
  HourSeries,
  SourceView,
  WarningView,
  WeatherNews,
  WeatherView,
} from '../../shared/weather/schema.ts';
import type { Db } from '../kernel/sql.ts';
import { assemble } from './assemble.ts';
import type { HandRow, PastRow, PointRow, SourceRow, Weather, WeatherRows } from './assemble.ts';

/** All that is known of the weather; empty where no source was ever set up. */
export async function readWeatherView(db: Db, cityId: string): Promise<WeatherView> {
  const { view } = await readWeather(db, cityId);
  return { revision: (await readState(db, cityId))?.revision ?? 0, ...view };
}

/** Null where the city has no source and nobody typed anything in. */
export async function readWeatherNews(db: Db, cityId: string): Promise<WeatherNews | null> {
  const { view, news } = await readWeather(db, cityId);
  if (view.sources.length === 0) return null;
  return { revision: (await readState(db, cityId))?.revision ?? 0, ...news };
}

export interface CityHours {
  /** of the city as a whole, from 96 h ago to what is forecast; null = nobody tells, never to be read as mild */
  hours: HourSeries;
  /** of the source that this hour comes from; null: nothing was ever told */
  toldAt: string | null;
  /** nothing fresh tells of this hour */
  stale: boolean;
  /** the first of the hours to come that is told by old words alone; null: none is */
  oldFrom: string | null;
  /** in force or about to be */
  warnings: WarningView[];
}
export async function readCityHours(db: Db, cityId: string): Promise<CityHours> {
  const { view, news, oldFrom } = await readWeather(db, cityId);
  const { toldAt, stale } = news;
  return { hours: view.city, toldAt, stale, oldFrom, warnings: view.warnings };
}

/**
 * The lowest felt °C of each night, by the date of its evening; a night runs from local noon to noon. Nights that
 * nothing is known of aren't in it.
 * @param sinceDate YYYY-MM-DD
 */
export async function readFeltOfNights(
  db: Db,
  cityId: string,
  sinceDate: string,
): Promise<Map<string, number>> {
  const rows = await db<{ night: string; felt: number }[]>`
    select to_char(night, 'YYYY-MM-DD') as night, min(felt)::float8 as felt
    from (
      select ((h.at at time zone c.time_zone) - interval '12 hours')::date as night,
        round(h.felt_celsius::numeric, 1) as felt
      from weather_hours h join cities c on c.id = h.city_id
      where h.city_id = ${cityId} and h.at >= ${sinceDate}::date - interval '1 day' and h.felt_celsius is not null
    ) nights
    where night >= ${sinceDate}::date group by night order by night`;
  return new Map(rows.map(({ night, felt }) => [night, felt]));
}

/** Everything of one moment, which is the database's own. */
export async function readWeather(db: Db, cityId: string): Promise<Weather> {
  return assemble(await readWeatherRows(db, cityId));
}

async function readWeatherRows(db: Db, cityId: string): Promise<WeatherRows> {
  const [city] = await db<{ now: string; lon: number; lat: number }[]>`
    select clock_timestamp() as now, st_x(center::geometry) as lon, st_y(center::geometry) as lat
    from cities where id = ${cityId}`;
  const now = city?.now ?? new Date().toISOString();
  const { lon, lat } = city ?? { lon: 0, lat: 0 };
  return {
    now,
    center: { lon, lat },
    sources: await readSourceRows(db, cityId),
    points: await readPointRows(db, cityId),
    warnings: await readWarnings(db, cityId, now),
    hand: await readHandRows(db, cityId, now),
    past: await readPastRows(db, cityId, now),
  };
}

const sourceColumns = (db: Db) => db`
  id, kind, name, address, (key is not null) as "hasKey", enabled, places, grid, told_at as "toldAt",
  last_answer_at as "lastAnswerAt", last_attempt_at as "lastAttemptAt", next_attempt_at as "nextAttemptAt", faults`;

/** What the desk types comes first, then in the order they were set up. */
async function readSourceRows(db: Db, cityId: string): Promise<SourceRow[]> {
  return await db<SourceRow[]>`
    select ${sourceColumns(db)} from weather_sources where city_id = ${cityId} order by kind = 'hand' desc, id`;
}

async function readPointRows(db: Db, cityId: string): Promise<PointRow[]> {
  return await db<PointRow[]>`
    select source_id as "sourceId", id, name, kind, lon, lat, issued_at as "issuedAt", hours
    from weather_points where city_id = ${cityId} order by source_id, id`;
}

/** The severest first. */
async function readWarnings(db: Db, cityId: string, now: string): Promise<WarningView[]> {
  const rows = await db<{ source_id: string; id: string; warning: WarningView }[]>`
    select w.source_id, w.id, w.warning
    from weather_warnings w join weather_sources s on s.city_id = w.city_id and s.id = w.source_id and s.enabled
    where w.city_id = ${cityId} and w.until_at > ${now}::timestamptz
    order by array_position(array['Extreme', 'Severe', 'Moderate', 'Minor'], w.warning ->> 'severity') nulls last,
      w.from_at, w.id`;
  return rows.map(({ source_id, id, warning }) => ({ ...warning, id, sourceId: source_id }));
}

async function readHandRows(db: Db, cityId: string, now: string): Promise<HandRow[]> {
  return await db<HandRow[]>`
    select at, temperature_celsius as "temperatureCelsius", wind_kmh as "windKmh",
      precipitation_mm as "precipitationMm", falling, typed_at as "typedAt"
    from weather_hand_hours
    where city_id = ${cityId} and at >= date_trunc('hour', ${now}::timestamptz) - interval '96 hours' order by at`;
}

async function readPastRows(db: Db, cityId: string, now: string): Promise<PastRow[]> {
  return await db<PastRow[]>`
    select at, round(temperature_celsius::numeric, 1)::float8 as "temperatureCelsius",
      round(wind_kmh::numeric, 1)::float8 as "windKmh",
      round(precipitation_mm::numeric, 2)::float8 as "precipitationMm", falling
    from weather_hours
    where city_id = ${cityId} and at >= date_trunc('hour', ${now}::timestamptz) - interval '96 hours' order by at`;
}

export async function readSourceView(
  db: Db,
  cityId: string,
  id: string,
): Promise<SourceView | null> {
  const { view } = await readWeather(db, cityId);
  return view.sources.find((source) => source.id === id) ?? null;
}

export interface WeatherState {
  revision: number;
  fingerprint: string;
}
/** Which state of the weather screens have been told of; null: of none yet. */
export async function readState(db: Db, cityId: string): Promise<WeatherState | null> {
  const [state] = await db<WeatherState[]>`
    select revision, fingerprint from weather_states where city_id = ${cityId}`;
  return state ?? null;
}
