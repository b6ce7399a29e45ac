// What a database is to the code above the kernel, whichever it is.
import type postgres from 'postgres';

export type Sql = postgres.Sql;
export type Tx = postgres.TransactionSql;
/** The pool or a transaction: what query functions take first. */
export type Db = Sql | Tx;

export interface Database {
  sql: Sql;
  kind: 'server' | 'embedded';
  /**
   * `onPayload` for each notification. `onListening` at the start and again after
   * every lost connection: what was notified in between is gone, so catch up there.
   */
  listen(
    channel: string,
    onPayload: (payload: string) => void,
    onListening?: () => void,
  ): Promise<{ unlisten: () => Promise<void> }>;
  close(): Promise<void>;
}
