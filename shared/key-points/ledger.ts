/** The form in which a row of the visit ledger is hashed; docs/ledger.md says how to check one by hand. */
import type { VisitHow } from './schema.ts';

/** Everything a row says, as it is written and hashed. */
export interface LedgerFacts {
  cityId: string;
  seq: number;
  id: string;
  keyPointId: string;
  teamId: string | null;
  shiftId: string | null;
  userId: string | null;
  how: VisitHow;
  visitedFrom: string;
  visitedTo: string;
  lon: number;
  lat: number;
  note: string;
  recordedAt: string;
}

/** 32 zero bytes in hex: what the first row of a city carries as the hash before it. */
export const firstPreviousHash = '0'.repeat(64);

/**
 * One line of JSON: a list in this order, without spaces, numbers and strings as ECMAScript's JSON writes them
 * (RFC 8785). The hash of a row is the SHA-256 of this text in UTF-8.
 */
export function canonicalText(row: LedgerFacts, previousHash: string): string {
  return JSON.stringify([
    'nuanxun-visit-1',
    previousHash,
    row.cityId,
    row.seq,
    row.id,
    row.keyPointId,
    row.teamId,
    row.shiftId,
    row.userId,
    row.how,
    row.visitedFrom,
    row.visitedTo,
    row.lon,
    row.lat,
    row.note,
    row.recordedAt,
  ]);
}
