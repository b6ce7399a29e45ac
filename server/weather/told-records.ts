/** What sources told: points with their hours, warnings, and which warnings were taken back. */
import { asJson } from '../kernel/sql.ts';
import type { Db } from '../kernel/sql.ts';
import type { ToldPoint, ToldWarning } from './provider.ts';
import type { StoredHours } from './stored-hours.ts';

/** No alert is in force for so long that its withdrawal would still matter. */
const withdrawnDays = 60;

export async function readStoredHours(
  db: Db,
  cityId: string,
  sourceId: string,
): Promise<Map<string, { hours: StoredHours; issuedAt: string }>> {
  const rows = await db<{ id: string; hours: StoredHours; issuedAt: string }[]>`
    select id, hours, issued_at as "issuedAt" from weather_points
    where city_id = ${cityId} and source_id = ${sourceId}::uuid`;
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}

export type KeptPoint = Omit<ToldPoint, 'hours' | 'issuedAt'> & {
  issuedAt: string;
  hours: StoredHours;
};
/** In one statement: the city waits meanwhile. */
export async function upsertPoints(
  db: Db,
  cityId: string,
  sourceId: string,
  points: readonly KeptPoint[],
): Promise<void> {
  await db`
    insert into weather_points (city_id, source_id, id, name, kind, lon, lat, issued_at, hours)
    select ${cityId}, ${sourceId}::uuid, p.id, p.name, p.kind, p.lon, p.lat, p."issuedAt", p.hours
    from json_to_recordset(${asJson(db, points)})
      as p (id text, name text, kind text, lon float8, lat float8, "issuedAt" timestamptz, hours jsonb)
    on conflict (city_id, source_id, id) do update set
      name = excluded.name, kind = excluded.kind, lon = excluded.lon, lat = excluded.lat,
      issued_at = excluded.issued_at, hours = excluded.hours`;
}

export async function deleteOtherPoints(
  db: Db,
  cityId: string,
  sourceId: string,
  ids: readonly string[],
): Promise<void> {
  await db`
    delete from weather_points
    where city_id = ${cityId} and source_id = ${sourceId}::uuid and not id = any (${ids as string[]}::text[])`;
}

/** One that was taken back already doesn't come again. */
export async function upsertWarnings(
  db: Db,
  cityId: string,
  sourceId: string,
  warnings: readonly ToldWarning[],
): Promise<void> {
  if (warnings.length === 0) return;
  const rows = warnings.map((warning) => ({
    id: warning.id,
    fromAt: warning.fromAt,
    untilAt: warning.untilAt,
    warning,
  }));
  await db`
    insert into weather_warnings (city_id, source_id, id, from_at, until_at, warning)
    select ${cityId}, ${sourceId}::uuid, t.id, t."fromAt", t."untilAt", t.warning
    from json_to_recordset(${asJson(db, rows)})
      as t (id text, "fromAt" timestamptz, "untilAt" timestamptz, warning jsonb)
    where not exists (
      select from weather_withdrawn d where d.city_id = ${cityId} and d.source_id = ${sourceId}::uuid and d.id = t.id)
    on conflict (city_id, source_id, id) do update set
      from_at = excluded.from_at, until_at = excluded.until_at, warning = excluded.warning`;
}

export async function deleteOtherWarnings(
  db: Db,
  cityId: string,
  sourceId: string,
  ids: readonly string[],
): Promise<void> {
  await db`
    delete from weather_warnings
    where city_id = ${cityId} and source_id = ${sourceId}::uuid and not id = any (${ids as string[]}::text[])`;
}

/** Also ones that haven't come yet: messages overtake each other. */
export async function insertWithdrawn(
  db: Db,
  cityId: string,
  sourceId: string,
  ids: readonly string[],
  at: string,
): Promise<void> {
  if (ids.length > 0)
    await db`
      insert into weather_withdrawn (city_id, source_id, id, withdrawn_at)
      select ${cityId}, ${sourceId}::uuid, id, ${at}::timestamptz from unnest(${ids as string[]}::text[]) as id
      on conflict do nothing`;
  await db`
    delete from weather_warnings w using weather_withdrawn d
    where w.city_id = ${cityId} and w.source_id = ${sourceId}::uuid
      and d.city_id = w.city_id and d.source_id = w.source_id and d.id = w.id`;
  await db`
    delete from weather_warnings
    where city_id = ${cityId} and until_at < ${at}::timestamptz - interval '1 day'`;
  await db`
    delete from weather_withdrawn
    where city_id = ${cityId} and withdrawn_at < ${at}::timestamptz - make_interval(days => ${withdrawnDays})`;
}
