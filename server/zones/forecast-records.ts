// The stored forecast of a city's cells, and who makes it.
import type { LearnedPresence } from '../../shared/presence/schema.ts';
import type { Db } from '../kernel/sql.ts';

/** Longer than making one takes; renewed with every batch where all cells are written anew. */
const leaseSeconds = 180;
const freshMinutes = 60;

const stampOfKeyPoints = (db: Db) => db`
  (select md5(string_agg(concat(kind, ' ', from_hour, ' ', to_hour, ' ', encode(st_asbinary(position::geometry), 'hex')), ',' order by id))
   from key_points k where k.city_id = c.id and k.removed_at is null)`;

/** Cities whose forecast is missing, an hour old, of other key points or of another resolution, and that nobody makes. */
export async function findForecastsDue(db: Db): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select c.id from cities c left join cell_forecasts f on f.city_id = c.id
    where (f.held_until is null or f.held_until < clock_timestamp())
      and (f.made_at is null or f.made_at < clock_timestamp() - make_interval(mins => ${freshMinutes}::int)
        or f.resolution is distinct from coalesce((c.settings ->> 'cellResolution')::smallint, 9)
        or f.key_points_stamp is distinct from ${stampOfKeyPoints(db)})
    order by c.demo desc, c.created_at, c.id`;
  return rows.map(({ id }) => id);
}

/** Takes or renews; false while another has it. */
export async function holdForecast(db: Db, cityId: string, holder: string): Promise<boolean> {
  const rows = await db`
    insert into cell_forecasts as f (city_id, holder, held_until)
    values (${cityId}, ${holder}::uuid, clock_timestamp() + make_interval(secs => ${leaseSeconds}))
    on conflict (city_id) do update set holder = excluded.holder, held_until = excluded.held_until
      where f.holder is null or f.holder = excluded.holder or f.held_until < clock_timestamp()
    returning city_id`;
  return rows.length > 0;
}

export async function releaseForecast(db: Db, cityId: string, holder: string): Promise<void> {
  await db`
    update cell_forecasts set holder = null, held_until = null
    where city_id = ${cityId} and holder = ${holder}::uuid`;
}

export interface ForecastState {
  nowMs: number;
  timeZone: string;
  /** as set */
  resolution: 9 | 10;
  /** of the rows; null = looks of before weren't taken over yet */
  rowsResolution: 9 | 10 | null;
  keyPointsStamp: string | null;
  /** null where it is too old or was never made */
  learned: LearnedPresence | null;
}

/** What a city's past taught is learned anew once a day. */
const learnedHours = 24;

export async function readForecastState(db: Db, cityId: string): Promise<ForecastState | null> {
  const [row] = await db<(Omit<ForecastState, 'nowMs'> & { now: string })[]>`
    select clock_timestamp() as now, c.time_zone as "timeZone",
      coalesce((c.settings ->> 'cellResolution')::smallint, 9) as resolution, f.resolution as "rowsResolution",
      ${stampOfKeyPoints(db)} as "keyPointsStamp",
      case when f.learned_at > clock_timestamp() - make_interval(hours => ${learnedHours}::int) then f.learned end as learned
    from cities c left join cell_forecasts f on f.city_id = c.id where c.id = ${cityId}`;
  if (!row) return null;
  const { now, ...state } = row;
  return { nowMs: Date.parse(now), ...state };
}

export interface MadeForecast {
  field: Uint8Array;
  madeAt: string;
  keyPointsStamp: string | null;
  learned: LearnedPresence;
  /** was it learned with this one */
  isNew: boolean;
}

/** Answers the new revision; null for who has lost the city meanwhile. */
export async function storeForecast(
  db: Db,
  cityId: string,
  holder: string,
  made: MadeForecast,
): Promise<number | null> {
  const { field, madeAt, keyPointsStamp, learned, isNew } = made;
  const [row] = await db<{ revision: number }[]>`
    update cell_forecasts set revision = revision + 1, made_at = ${madeAt}::timestamptz,
      field = ${Buffer.from(field)}, learned = ${db.json(learned as never)}::jsonb,
      learned_at = case when ${isNew} then ${madeAt}::timestamptz else learned_at end,
      key_points_stamp = ${keyPointsStamp}, holder = null, held_until = null
    where city_id = ${cityId} and holder = ${holder}::uuid and held_until > clock_timestamp()
    returning revision`;
  return row?.revision ?? null;
}

/** All rows have cells of this resolution now: what is held in memory is read anew. */
export async function markResolution(db: Db, cityId: string, resolution: 9 | 10): Promise<number> {
  const [row] = await db<{ revision: number }[]>`
    update cell_forecasts set resolution = ${resolution}::smallint, revision = revision + 1
    where city_id = ${cityId} returning revision`;
  return row!.revision;
}
