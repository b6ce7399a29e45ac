/** The visit ledger of a city: appended under the city's lock, walked from its first row to check it. */
import { createHash } from 'node:crypto';
import { canonicalText, firstPreviousHash } from '../../shared/key-points/ledger.ts';
import type { LedgerFacts } from '../../shared/key-points/ledger.ts';
import type { LedgerProof } from '../../shared/key-points/schema.ts';
import type { Db } from '../kernel/sql.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { insertLedgerRow, isInLedger, readLedgerEnd, readStoredRows } from './ledger-queries.ts';
import type { StoredRow } from './ledger-queries.ts';

export const hashOf = (row: LedgerFacts, previousHash: string): string =>
  createHash('sha256').update(canonicalText(row, previousHash), 'utf8').digest('hex');

/** Appends one visit; false when it is in already. */
export async function appendVisit(
  change: CityChange,
  visit: Omit<LedgerFacts, 'cityId' | 'seq' | 'recordedAt'>,
): Promise<boolean> {
  const { tx, cityId, now } = change;
  if (await isInLedger(tx, cityId, visit.id)) return false;
  const end = await readLedgerEnd(tx, cityId);
  const row: LedgerFacts = {
    ...visit,
    // As the database gives them back: hashed in another spelling, the row would never hold.
    id: visit.id.toLowerCase(),
    keyPointId: visit.keyPointId.toLowerCase(),
    cityId,
    seq: (end?.seq ?? 0) + 1,
    note: Buffer.from(visit.note).toString(),
    recordedAt: new Date(now).toISOString(),
  };
  const previousHash = end?.hash ?? firstPreviousHash;
  await insertLedgerRow(tx, row, previousHash, hashOf(row, previousHash));
  return true;
}

/** Rows read at a time: what a check of a ledger of any length holds in memory. */
const batchRows = 2_000;

/** Every row in order, a batch at a time. */
export async function* walkLedger(db: Db, cityId: string): AsyncGenerator<StoredRow[]> {
  let after = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const rows = await readStoredRows(db, cityId, after, batchRows);
    if (rows.length === 0) return;
    yield rows;
    after = rows[rows.length - 1]!.seq;
  }
}

/**
 * Walks the chain and names the first row that breaks it: `gap` when a number is missing, `chain` when the row does
 * not carry the hash of the one before it, `hash` when its own hash is not that of what it says. Rows cut off at the
 * end leave a chain that holds: compare `entries` and `lastHash` with those noted earlier.
 */
export async function verifyLedger(db: Db, cityId: string): Promise<LedgerProof> {
  let seq = 0;
  let lastHash: string | null = null;
  const proof = (broken: LedgerProof['broken']): LedgerProof => ({
    entries: seq,
    lastHash,
    broken,
    checkedAt: new Date().toISOString(),
  });
  for await (const rows of walkLedger(db, cityId))
    for (const row of rows) {
      const why = faultOf(row, seq + 1, lastHash ?? firstPreviousHash);
      if (why) return proof({ seq: row.seq, why });
      seq = row.seq;
      lastHash = row.hash;
    }
  return proof(null);
}

function faultOf(
  row: StoredRow,
  expectedSeq: number,
  previousHash: string,
): 'gap' | 'chain' | 'hash' | null {
  if (row.seq !== expectedSeq) return 'gap';
  if (row.previousHash !== previousHash) return 'chain';
  return hashOf(row, row.previousHash) === row.hash ? null : 'hash';
}
