import { sliceMs } from '../../shared/tracks/slices.ts';
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

const dayMs = 24 * 3_600_000;
const iso = (ms: number): string => new Date(ms).toISOString();

/** The slices that reach into the period, a day of them at a time: of a month there may be hundreds of thousands. */
export async function* walkCoverageSlices(
  db: Db,
  cityId: string,
  { from, to, teamId }: { from: string; to: string; teamId: string | null },
): AsyncGenerator<CoverageSlice[]> {
  const end = Date.parse(to) - 1;
  for (let after = Date.parse(from) - sliceMs; after < end; after += dayMs) {
    const upTo = Math.min(after + dayMs, end);
    yield await readCoverageSlices(db, cityId, { after: iso(after), upTo: iso(upTo), teamId });
  }
}

async function readCoverageSlices(
  db: Db,
  cityId: string,
  { after, upTo, teamId }: { after: string; upTo: string; teamId: string | null },
): Promise<CoverageSlice[]> {
  return await db<CoverageSlice[]>`
    select round(extract(epoch from slice_at) * 1000)::int8 as "sliceAt", meters, streets, stretches, minutes
    from track_slices
    where city_id = ${cityId} and slice_at > ${after}::timestamptz and slice_at <= ${upTo}::timestamptz
      and (${teamId}::uuid is null or team_id = ${teamId}::uuid)`;
}

export async function readTimeZone(db: Db, cityId: string): Promise<string> {
  const [city] = await db<{ timeZone: string }[]>`
    select time_zone as "timeZone" from cities where id = ${cityId}`;
  return city?.timeZone ?? 'UTC';
}
