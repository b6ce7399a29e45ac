import type { ActivationView, ResponseLevel } from '../../shared/response/schema.ts';
import type { Db } from '../kernel/sql.ts';

const columns = (db: Db) => db`
  id, level, temperature_celsius as "temperatureCelsius", wind_kmh as "windKmh", felt_celsius as "feltCelsius",
  note, false as drill, '[]'::jsonb as reasons, declared_at as "declaredAt", false as "byRule", null as "untilAt",
  ended_at as "endedAt", null as "proposalId", null as effects`;

/** The cold night in force; null on a night that isn't one. */
export async function readActivationInForce(
  db: Db,
  cityId: string,
): Promise<ActivationView | null> {
  const [activation] = await db<ActivationView[]>`
    select ${columns(db)} from activations where city_id = ${cityId} and ended_at is null`;
  return activation ?? null;
}

export async function insertActivation(
  db: Db,
  cityId: string,
  night: {
    id: string;
    level: ResponseLevel;
    temperatureCelsius: number;
    windKmh: number;
    feltCelsius: number;
    note: string;
    by: string;
    at: string;
  },
): Promise<ActivationView> {
  const [activation] = await db<ActivationView[]>`
    insert into activations (city_id, id, level, temperature_celsius, wind_kmh, felt_celsius, note, declared_by, declared_at)
    values (${cityId}, ${night.id}::uuid, ${night.level}::response_level, ${night.temperatureCelsius}::real,
            ${night.windKmh}::real, ${night.feltCelsius}::real, ${night.note}, ${night.by}::uuid, ${night.at}::timestamptz)
    returning ${columns(db)}`;
  return activation!;
}

/** Ends the one in force and returns it as it ended; null when there is none. */
export async function endActivationInForce(
  db: Db,
  cityId: string,
  by: string,
  at: string,
): Promise<ActivationView | null> {
  const [activation] = await db<ActivationView[]>`
    update activations set ended_at = ${at}::timestamptz, ended_by = ${by}::uuid
    where city_id = ${cityId} and ended_at is null
    returning ${columns(db)}`;
  return activation ?? null;
}

/** When cold nights were in force within the period, in order, in milliseconds since 1970; Infinity: it still is. */
export async function readColdSpans(
  db: Db,
  cityId: string,
  { from, to }: { from: string; to: string },
): Promise<{ start: number; end: number }[]> {
  const rows = await db<{ start: string; end: string | null }[]>`
    select declared_at as start, ended_at as end from activations
    where city_id = ${cityId} and declared_at < ${to}::timestamptz
      and (ended_at is null or ended_at > ${from}::timestamptz)
    order by declared_at, id`;
  return rows.map(({ start, end }) => ({
    start: Date.parse(start),
    end: end === null ? Infinity : Date.parse(end),
  }));
}
