import type { Stretch } from '../../shared/tracks/stretches.ts';
import type { Db } from '../kernel/sql.ts';

export interface CoverageSlice {
  /** milliseconds since 1970 */
  sliceAt: number;
  meters: number;
  streets: string;
  stretches: Stretch[];
  minutes: [minute: number, lon: number, lat: number][];
}

/** The slices that reach into the period. */
export async function readCoverageSlices(
  db: Db,
  cityId: string,
  { from, to, teamId }: { from: string; to: string; teamId: string | null },
): Promise<CoverageSlice[]> {
  return await db<CoverageSlice[]>`
    select round(extract(epoch from slice_at) * 1000)::int8 as "sliceAt", meters, streets, stretches, minutes
    from track_slices
    where city_id = ${cityId} and slice_at > ${from}::timestamptz - interval '10 minutes'
      and slice_at < ${to}::timestamptz and (${teamId}::uuid is null or team_id = ${teamId}::uuid)`;
}

export async function readTimeZone(db: Db, cityId: string): Promise<string> {
  const [city] = await db<{ timeZone: string }[]>`
    select time_zone as "timeZone" from cities where id = ${cityId}`;
  return city?.timeZone ?? 'UTC';
}
