/** Which sources are to be asked, by which server, and what came of it. A claim runs out by itself. */
import type { SourceFault, SourceKind, WeatherPlace } from '../../shared/weather/schema.ts';
import type { Db } from '../kernel/sql.ts';
import type { Ground, Memory } from './provider.ts';

/** Longer than asking ever takes. */
const claimSeconds = 150;

/** The right to ask a source and to write down what it answers. */
export interface Claim {
  cityId: string;
  id: string;
  holder: string;
  kind: SourceKind;
  name: string;
  /** empty: the usual one of the kind */
  address: string;
  key: string | null;
  places: WeatherPlace[];
  grid: boolean;
  memory: Memory;
  failures: number;
}

const claimColumns = (db: Db) => db`
  city_id as "cityId", id, claimed_by as holder, kind, name, address, key, places, grid, memory, failures`;

/** Those that are due and that nobody asks just now, the most overdue first. */
export async function claimDueSources(
  db: Db,
  cityId: string,
  holder: string,
  most: number,
): Promise<Claim[]> {
  return await db<Claim[]>`
    update weather_sources set claimed_by = ${holder}::uuid, last_attempt_at = clock_timestamp(),
      claimed_until = clock_timestamp() + make_interval(secs => ${claimSeconds})
    where city_id = ${cityId} and id in (
      select id from weather_sources
      where city_id = ${cityId} and enabled and kind <> 'hand' and next_attempt_at <= clock_timestamp()
        and (claimed_until is null or claimed_until < clock_timestamp())
      order by next_attempt_at limit ${most} for update skip locked)
    returning ${claimColumns(db)}`;
}

/** Whoever asks it now loses it: somebody wants to see what it answers. Null when there is no such source. */
export async function claimSource(
  db: Db,
  cityId: string,
  id: string,
  holder: string,
): Promise<Claim | null> {
  const [claim] = await db<Claim[]>`
    update weather_sources set claimed_by = ${holder}::uuid, last_attempt_at = clock_timestamp(),
      claimed_until = clock_timestamp() + make_interval(secs => ${claimSeconds})
    where city_id = ${cityId} and id = ${id}::uuid and kind <> 'hand'
    returning ${claimColumns(db)}`;
  return claim ?? null;
}

export interface Attempt {
  answered: boolean;
  at: string;
  /** null: no news of what is known */
  toldAt: string | null;
  pauseMs: number;
  /** null: as they were */
  faults: SourceFault[] | null;
  memory: Memory | null;
}

/** False when the claim is lost: the source was changed, removed or taken over meanwhile. */
export async function finishAttempt(db: Db, claim: Claim, attempt: Attempt): Promise<boolean> {
  const { answered, at, toldAt, pauseMs, faults, memory } = attempt;
  const finished = await db`
    update weather_sources set
      claimed_by = null, claimed_until = null,
      next_attempt_at = ${at}::timestamptz + make_interval(secs => ${pauseMs / 1_000}),
      failures = case when ${answered} then 0 else failures + 1 end,
      last_answer_at = case when ${answered} then ${at}::timestamptz else last_answer_at end,
      told_at = greatest(told_at, ${toldAt}::timestamptz),
      faults = coalesce(${faults === null ? null : db.json(faults)}::jsonb, faults),
      memory = coalesce(${memory === null ? null : db.json(memory as never)}::jsonb, memory)
    where city_id = ${claim.cityId} and id = ${claim.id}::uuid and claimed_by = ${claim.holder}::uuid
    returning id`;
  return finished.length > 0;
}

/** So that nobody has to wait for the end of the claims. */
export async function releaseSources(db: Db, holder: string): Promise<void> {
  await db`
    update weather_sources set claimed_by = null, claimed_until = null where claimed_by = ${holder}::uuid`;
}

export async function readDueCities(db: Db): Promise<{ cityId: string }[]> {
  return await db<{ cityId: string }[]>`
    select distinct city_id as "cityId" from weather_sources
    where enabled and kind <> 'hand' and next_attempt_at <= clock_timestamp()
      and (claimed_until is null or claimed_until < clock_timestamp())`;
}

export async function readCitiesWithWeather(db: Db): Promise<{ cityId: string }[]> {
  return await db<{ cityId: string }[]>`select distinct city_id as "cityId" from weather_sources`;
}

export async function readGround(db: Db, cityId: string): Promise<Ground> {
  const [row] = await db<Record<'lon' | 'lat' | 'west' | 'south' | 'east' | 'north', number>[]>`
    select st_x(center::geometry) as lon, st_y(center::geometry) as lat,
      st_xmin(boundary::geometry) as west, st_ymin(boundary::geometry) as south,
      st_xmax(boundary::geometry) as east, st_ymax(boundary::geometry) as north
    from cities where id = ${cityId}`;
  const { lon, lat, west, south, east, north } = row!;
  return { center: { lon, lat }, bounds: [west, south, east, north] };
}
