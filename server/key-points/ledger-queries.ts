import type { LedgerEntry } from '../../shared/key-points/schema.ts';
import type { LedgerFacts } from '../../shared/key-points/ledger.ts';
import type { Db } from '../kernel/sql.ts';

/** The last row's number and hash in hex; null in an empty ledger. */
export async function readLedgerEnd(
  db: Db,
  cityId: string,
): Promise<{ seq: number; hash: string } | null> {
  const [row] = await db<{ seq: number; hash: string }[]>`
    select seq, encode(hash, 'hex') as hash from visit_ledger
    where city_id = ${cityId} order by seq desc limit 1`;
  return row ?? null;
}

export async function isInLedger(db: Db, cityId: string, id: string): Promise<boolean> {
  const rows = await db`
    select 1 from visit_ledger where city_id = ${cityId} and id = ${id}::uuid`;
  return rows.length > 0;
}

export async function insertLedgerRow(
  db: Db,
  row: LedgerFacts,
  previousHash: string,
  hash: string,
): Promise<void> {
  await db`
    insert into visit_ledger (city_id, seq, id, key_point_id, team_id, shift_id, user_id, how, visited_from, visited_to,
      lon, lat, note, recorded_at, previous_hash, hash)
    values (${row.cityId}, ${row.seq}::bigint, ${row.id}::uuid, ${row.keyPointId}::uuid, ${row.teamId}::uuid,
      ${row.shiftId}::uuid, ${row.userId}::uuid, ${row.how}::visit_how, ${row.visitedFrom}::timestamptz,
      ${row.visitedTo}::timestamptz, ${row.lon}::float8, ${row.lat}::float8, ${row.note},
      ${row.recordedAt}::timestamptz, decode(${previousHash}, 'hex'), decode(${hash}, 'hex'))`;
}

export type StoredRow = LedgerFacts & { previousHash: string; hash: string };

/** To the microsecond, as the database keeps it: a change too small for three digits is one all the same. */
const instant = (db: Db, column: string) => db`
  to_char(${db(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Rows above `after` in order of their number, at most `limit`. */
export async function readStoredRows(
  db: Db,
  cityId: string,
  after: number,
  limit: number,
): Promise<StoredRow[]> {
  const rows = await db<StoredRow[]>`
    select city_id as "cityId", seq, id, key_point_id as "keyPointId", team_id as "teamId", shift_id as "shiftId",
      user_id as "userId", how, ${instant(db, 'visited_from')} as "visitedFrom",
      ${instant(db, 'visited_to')} as "visitedTo", lon, lat, note, ${instant(db, 'recorded_at')} as "recordedAt",
      encode(previous_hash, 'hex') as "previousHash", encode(hash, 'hex') as hash
    from visit_ledger where city_id = ${cityId} and seq > ${after}::bigint order by seq limit ${limit}`;
  return rows.map((row) => ({
    ...row,
    visitedFrom: toMilliseconds(row.visitedFrom),
    visitedTo: toMilliseconds(row.visitedTo),
    recordedAt: toMilliseconds(row.recordedAt),
  }));
}

/** Rows are written to the millisecond; whatever is finer was put there by somebody else and stays visible. */
const toMilliseconds = (instantText: string): string => instantText.replace(/000Z$/, 'Z');

/** Newest first; `before` is a row's number. */
export async function readLedgerEntries(
  db: Db,
  cityId: string,
  { keyPointId, before }: { keyPointId: string | null; before: number | null },
  limit: number,
): Promise<LedgerEntry[]> {
  return await db<LedgerEntry[]>`
    select l.seq, l.id, l.key_point_id as "keyPointId", k.name as "keyPointName", l.team_id as "teamId",
      l.shift_id as "shiftId", l.how, l.visited_from as "visitedFrom", l.visited_to as "visitedTo", l.note,
      l.recorded_at as "recordedAt", encode(l.previous_hash, 'hex') as "previousHash", encode(l.hash, 'hex') as hash
    from visit_ledger l join key_points k on k.city_id = l.city_id and k.id = l.key_point_id
    where l.city_id = ${cityId}
      and (${keyPointId}::uuid is null or l.key_point_id = ${keyPointId}::uuid)
      and (${before}::bigint is null or l.seq < ${before}::bigint)
    order by l.seq desc limit ${limit}`;
}

/** Every city that keeps a ledger. */
export async function listLedgerCities(db: Db): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select id from cities c where exists (select 1 from visit_ledger l where l.city_id = c.id) order by id`;
  return rows.map(({ id }) => id);
}
