// The one way to the database: a real PostgreSQL server or the embedded one,
// both behind postgres.js.
import { setTimeout as wait } from 'node:timers/promises';
import type { Database, Db, Sql, Tx } from './database.ts';
import { explained } from './connection-loss.ts';
import { openEmbedded, type EmbeddedOptions } from './embedded/open.ts';
import { openServer } from './server-database.ts';

export type { Database, Db, Sql, Tx } from './database.ts';

export interface DatabaseOptions {
  /** A PostgreSQL server with PostGIS; without it the embedded database is used. */
  databaseUrl?: string | undefined;
  /** Where the embedded database keeps its files (in a folder `db` of its own). */
  dataDir: string;
  /** Default 10 on a server, 4 on the embedded database, whose session they share. */
  maxConnections?: number;
  onLog?: (message: string) => void;
  embedded?: EmbeddedOptions;
}

export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const onLog = options.onLog ?? (() => {});
  return options.databaseUrl === undefined || options.databaseUrl === ''
    ? openEmbedded({
        dataDir: options.dataDir,
        maxConnections: options.maxConnections ?? 4,
        onLog,
        ...options.embedded,
      })
    : openServer({
        databaseUrl: options.databaseUrl,
        maxConnections: options.maxConnections ?? 10,
      });
}

/**
 * A parameter of the type json: the database reads it once, as text. Rows that are taken apart again
 * (`json_to_recordset`) come in so at half the cost of jsonb, which is built up as a whole first.
 */
export const asJson = (db: Db, value: unknown) => db.typed(value as never, 114);

const RETRIED_CODES = new Set(['40001', '40P01']);
const MAX_ATTEMPTS = 5;

/**
 * The one transaction wrapper. `fn` may run several times (serialization failures
 * and deadlocks are retried), so it must do nothing that a rollback doesn't undo.
 */
export async function transact<T>(sql: Sql, fn: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const holder: { value?: T } = {};
      await sql.begin(async (tx) => {
        holder.value = await fn(tx);
      });
      return holder.value as T;
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      if (attempt === MAX_ATTEMPTS || typeof code !== 'string' || !RETRIED_CODES.has(code)) {
        throw explained(sql, error);
      }
      await wait(Math.random() * 10 * 2 ** attempt);
    }
  }
}
