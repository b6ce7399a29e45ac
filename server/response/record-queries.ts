/** The record of what was decided about cold nights: appended under the city's lock, read newest first. */
import type { ResponseRecord } from '../../shared/response/schema.ts';
import type { Db } from '../kernel/sql.ts';

export type NewRecord = Omit<ResponseRecord, 'seq' | 'byName' | 'byRule'> & {
  /** null: a rule */
  by: string | null;
};

export async function insertRecord(db: Db, cityId: string, record: NewRecord): Promise<void> {
  await db`
    insert into response_records (city_id, seq, step, at, by_id, by_rule, activation_id, proposal_id, level, from_level,
      drill, temperature_celsius, wind_kmh, felt_celsius, until_at, reasons, note)
    select ${cityId}, coalesce(max(seq), 0) + 1, ${record.step}::response_step, ${record.at}::timestamptz,
      ${record.by}::uuid, ${record.by === null}, ${record.activationId}::uuid, ${record.proposalId}::uuid,
      ${record.level}::response_level, ${record.fromLevel}::response_level, ${record.drill},
      ${record.temperatureCelsius}::real, ${record.windKmh}::real, ${record.feltCelsius}::real,
      ${record.untilAt}::timestamptz, ${db.json(record.reasons)}, ${record.note}
    from response_records where city_id = ${cityId}`;
}

export async function readRecords(
  db: Db,
  cityId: string,
  before: number | null,
  limit: number,
): Promise<ResponseRecord[]> {
  return await db<ResponseRecord[]>`
    select r.seq, r.step, r.at, u.display_name as "byName", r.by_rule as "byRule", r.activation_id as "activationId",
      r.proposal_id as "proposalId", r.level, r.from_level as "fromLevel", r.drill,
      r.temperature_celsius as "temperatureCelsius", r.wind_kmh as "windKmh", r.felt_celsius as "feltCelsius",
      r.until_at as "untilAt", r.reasons, r.note
    from response_records r left join users u on u.city_id = r.city_id and u.id = r.by_id
    where r.city_id = ${cityId} and (${before}::bigint is null or r.seq < ${before}::bigint)
    order by r.seq desc limit ${limit}`;
}

/** When somebody brought a night down since then although no rule had proposed it. */
export async function readBroughtDown(db: Db, cityId: string, since: string): Promise<string[]> {
  const rows = await db<{ at: string }[]>`
    select at from response_records
    where city_id = ${cityId} and at >= ${since}::timestamptz and not by_rule and not drill
      and proposal_id is null and step in ('lowered', 'ended')`;
  return rows.map(({ at }) => at);
}
