// postgres.js says of every lost connection the same: CONNECTION_CLOSED. A database
// that knows why it dropped one says so here.
import type { Sql } from './database.ts';

const reasons = new WeakMap<Sql, () => Error | null>();

export function explainLosses(sql: Sql, latestReason: () => Error | null): void {
  reasons.set(sql, latestReason);
}

/** The reason behind `error` if it is the loss of a connection and one is known, else `error`. */
export function explained(sql: Sql, error: unknown): unknown {
  const { code } = error as { code?: unknown };
  return code === 'CONNECTION_CLOSED' ? (reasons.get(sql)?.() ?? error) : error;
}
