// Plain SQL files in migrations/, each applied once, in order, in a transaction
// of its own, and never edited afterwards.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { learnArrayTypes } from './postgres-options.ts';
import { repoRoot } from './repo-root.ts';
import { transact, type Db, type Sql, type Tx } from './sql.ts';

/** Any number, as long as nothing else on the database server uses it as a lock. */
const LOCK_KEY = 7_140_625_011;

export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

export interface MigrationStatus {
  applied: string[];
  pending: string[];
}

interface MigrationFile {
  name: string;
  text: string;
  checksum: string;
}

export function defaultMigrationsFolder(): string {
  return join(repoRoot(), 'migrations');
}

/** Applies what is missing; `applied` names what this call applied. */
export async function migrate(
  { sql }: { sql: Sql },
  folder: string = defaultMigrationsFolder(),
): Promise<{ applied: string[] }> {
  const files = await readMigrations(folder);
  // A check of its own first: a start with nothing to do must not wait for anyone's lock.
  if (compare(files, await readApplied(sql)).length === 0) return { applied: [] };
  const applied: string[] = [];
  for (;;) {
    const name = await transact(sql, (tx) => applyNext(tx, files));
    if (name === null) break;
    applied.push(name);
  }
  if (applied.length > 0) await learnArrayTypes(sql);
  return { applied };
}

/** What /readyz asks. Throws MigrationError when the files and the database disagree. */
export async function migrationStatus(
  { sql }: { sql: Sql },
  folder: string = defaultMigrationsFolder(),
): Promise<MigrationStatus> {
  const rows = await readApplied(sql);
  const pending = compare(await readMigrations(folder), rows);
  return { applied: rows.map((row) => row.name), pending: pending.map((file) => file.name) };
}

/**
 * The lock is the transaction's: one taken by the session would outlive its
 * holder on the embedded database. Whoever waited for it finds the work done.
 */
async function applyNext(tx: Tx, files: MigrationFile[]): Promise<string | null> {
  await tx`select pg_advisory_xact_lock(${LOCK_KEY}::bigint)`;
  await tx`
    create table if not exists schema_migrations (
      name text primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`;
  const [next] = compare(files, await readApplied(tx));
  if (!next) return null;
  try {
    await tx.unsafe(next.text).simple();
  } catch (error) {
    const { message, position } = error as { message: string; position?: string };
    const where = position === undefined ? '' : ` (line ${lineOf(next.text, Number(position))})`;
    throw new MigrationError(`Migration ${next.name} failed: ${message}${where}`, {
      cause: error,
    });
  }
  await tx`insert into schema_migrations (name, checksum) values (${next.name}, ${next.checksum})`;
  return next.name;
}

async function readMigrations(folder: string): Promise<MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const numbers = new Map<string, string>();
  for (const name of names) {
    const number = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1];
    if (number === undefined) {
      throw new MigrationError(`Migration ${name} is not named NNNN_words.sql`);
    }
    const twin = numbers.get(number);
    if (twin !== undefined) {
      throw new MigrationError(`Migrations ${twin} and ${name} have the same number`);
    }
    numbers.set(number, name);
  }
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      return { name, text, checksum: checksumOf(text) };
    }),
  );
}

/** Of the text with Unix line ends: a checkout on another system must not change it. */
function checksumOf(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}

async function readApplied(db: Db): Promise<{ name: string; checksum: string }[]> {
  const [table] = await db<{ found: boolean }[]>`
    select to_regclass('schema_migrations') is not null as found`;
  if (!table?.found) return [];
  return db<{ name: string; checksum: string }[]>`
    select name, checksum from schema_migrations order by name`;
}

/** The files still to be applied, once it is sure that the others were applied as they are. */
function compare(
  files: MigrationFile[],
  applied: { name: string; checksum: string }[],
): MigrationFile[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  for (const { name, checksum } of applied) {
    const file = byName.get(name);
    if (!file) {
      throw new MigrationError(
        `The database has migration ${name}, which this release does not: ` +
          'it was made by a newer release, or the file was removed',
      );
    }
    if (file.checksum !== checksum) {
      throw new MigrationError(
        `Migration ${name} was changed after it was applied. Restore the file; ` +
          'put the change into a new migration',
      );
    }
  }
  const last = applied.at(-1)?.name ?? '';
  const done = new Set(applied.map(({ name }) => name));
  const pending = files.filter((file) => !done.has(file.name));
  const late = pending.find((file) => file.name < last);
  if (late) {
    throw new MigrationError(
      `Migration ${late.name} comes before ${last}, which is already applied: give it a new number`,
    );
  }
  return pending;
}

function lineOf(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}
