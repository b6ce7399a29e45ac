// A whole database as one file, to move between the embedded engine and a server:
// gzipped JSON lines. A header, then for each table its rows as text, then an end mark.
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { finished, pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import type { Db, Sql, Tx } from './database.ts';
import { transact } from './sql.ts';
import {
  countRows,
  listForeignKeys,
  listTables,
  readSequences,
  type Table,
} from './table-catalog.ts';

const FORMAT = 'nuanxun-database-1';
const ROWS_PER_FETCH = 500;
const INSERT_FROM_BYTES = 1_000_000;
const INSERT_FROM_ROWS = 2000;

const headerSchema = z.object({
  format: z.literal(FORMAT, { error: `not a file of the format ${FORMAT}` }),
  exportedAt: z.string(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  sequences: z.array(z.object({ name: z.string(), lastValue: z.string(), isCalled: z.boolean() })),
  counts: z.record(z.string(), z.number()),
});
type Header = z.infer<typeof headerSchema>;

const tableLineSchema = z.object({ table: z.string(), columns: z.array(z.string()) });
const endLineSchema = z.object({ end: z.literal(true), rows: z.number() });

export class TransferError extends Error {
  override readonly name = 'TransferError';
}

export interface TransferSummary {
  /** Rows per table. */
  counts: Record<string, number>;
  rows: number;
}

/** Writes every row of one consistent moment to `file`, which must not exist yet. */
export async function exportDatabase(sql: Sql, file: string): Promise<TransferSummary> {
  if (existsSync(file)) throw new TransferError(`${file} exists already`);
  const draft = `${file}.part`;
  try {
    const summary = await transact(sql, async (tx) => {
      await tx`set transaction isolation level repeatable read, read only`;
      await pinTextForms(tx);
      return writeAll(tx, draft);
    });
    const handle = await open(draft, 'r');
    await handle.sync();
    await handle.close();
    await rename(draft, file);
    return summary;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function writeAll(tx: Tx, path: string): Promise<TransferSummary> {
  const gzip = createGzip({ level: 6 });
  const output = gzip.pipe(createWriteStream(path));
  const failure = new Promise<never>((_, reject) => output.once('error', reject));
  failure.catch(() => {});
  const write = async (line: string) => {
    if (!gzip.write(line + '\n')) await Promise.race([once(gzip, 'drain'), failure]);
  };
  const tables = await listTables(tx);
  const header: Header = {
    format: FORMAT,
    exportedAt: new Date().toISOString(),
    migrations: await readMigrations(tx),
    sequences: await readSequences(tx),
    counts: {},
  };
  for (const table of tables) header.counts[table.name] = await countRows(tx, table);
  await write(JSON.stringify(header));
  let rows = 0;
  for (const table of tables) {
    await write(
      JSON.stringify({ table: table.name, columns: table.columns.map(({ name }) => name) }),
    );
    const texts = table.columns.map(({ name }) => tx`${tx(name)}::text`);
    const list = texts.map((text, index) => (index === 0 ? text : tx`, ${text}`));
    const cursor = tx<{ line: string }[]>`
      select to_json(array[${list}]::text[])::text as line from ${tx(table.name)}`;
    for await (const chunk of cursor.cursor(ROWS_PER_FETCH)) {
      for (const { line } of chunk) await write(line);
      rows += chunk.length;
    }
  }
  await write(JSON.stringify({ end: true, rows }));
  gzip.end();
  await finished(output);
  return { counts: header.counts, rows };
}

/** Loads `file` into a database that holds nothing but what its migrations made: all of it, or nothing. */
export async function importDatabase(sql: Sql, file: string): Promise<TransferSummary> {
  return transact(sql, async (tx) => {
    await pinTextForms(tx);
    const lines = readLines(file);
    try {
      return await loadAll(tx, file, lines);
    } finally {
      await lines.return();
    }
  });
}

async function* readLines(file: string): AsyncGenerator<string, void, undefined> {
  const gunzip = createGunzip();
  const piped = pipeline(createReadStream(file), gunzip);
  piped.catch(() => {});
  try {
    let rest = '';
    for await (const text of gunzip.setEncoding('utf8')) {
      const lines = (rest + String(text)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    await piped;
    if (rest !== '') yield rest;
  } catch (error) {
    throw new TransferError(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

async function loadAll(
  tx: Tx,
  file: string,
  lines: AsyncGenerator<string, void, undefined>,
): Promise<TransferSummary> {
  const next = async (): Promise<unknown> => {
    const line = await lines.next();
    if (line.done) throw new TransferError(`${file} is cut off: its end mark is missing`);
    return JSON.parse(line.value);
  };
  const header = headerSchema.safeParse(await next());
  if (!header.success) {
    throw new TransferError(`${file}: ${header.error.issues[0]?.message ?? 'unreadable header'}`);
  }
  await requireSameMigrations(tx, header.data);
  const tables = await listTables(tx);
  await requireUntouched(tx, tables);
  const restore = await suspendRules(tx, tables);
  const rows = await loadTables(tx, file, tables, next);
  for (const { name, lastValue, isCalled } of header.data.sequences) {
    await tx`select setval(format('%I', ${name}::text)::regclass, ${lastValue}::bigint, ${isCalled})`;
  }
  await restore();
  await requireCounts(tx, tables, header.data.counts);
  // The planner knows nothing of the new rows: a server learns it late, the embedded engine never.
  for (const { name } of tables) await tx`analyze ${tx(name)}`;
  return { counts: header.data.counts, rows };
}

async function loadTables(
  tx: Tx,
  file: string,
  tables: Table[],
  next: () => Promise<unknown>,
): Promise<number> {
  const byName = new Map(tables.map((table) => [table.name, table]));
  let insert: ((row: unknown) => Promise<void>) | null = null;
  let flush: () => Promise<void> = async () => {};
  let rows = 0;
  for (;;) {
    const line = await next();
    if (Array.isArray(line)) {
      if (!insert) throw new TransferError(`${file} has rows before the name of their table`);
      await insert(line);
      rows += 1;
      continue;
    }
    await flush();
    const end = endLineSchema.safeParse(line);
    if (end.success) {
      if (end.data.rows === rows) return rows;
      throw new TransferError(`${file} holds ${rows} rows, not the ${end.data.rows} it names`);
    }
    const heading = tableLineSchema.parse(line);
    const table = byName.get(heading.table);
    if (!table) throw new TransferError(`${file} has a table ${heading.table} unknown here`);
    ({ insert, flush } = tableWriter(tx, table, heading.columns));
  }
}

function tableWriter(tx: Tx, table: Table, names: string[]) {
  const columns = names.map((name) => {
    const column = table.columns.find((candidate) => candidate.name === name);
    if (!column) throw new TransferError(`Table ${table.name} has no column ${name} here`);
    return column;
  });
  const quoted = columns.map(({ name }) => `"${name.replaceAll('"', '""')}"`).join(', ');
  const values = columns.map(({ type }, index) => `(r ->> ${index})::${type}`).join(', ');
  const statement =
    `insert into "${table.name.replaceAll('"', '""')}" (${quoted}) overriding system value ` +
    `select ${values} from json_array_elements($1::text::json) r`;
  let batch: string[] = [];
  let bytes = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    await tx.unsafe(statement, [`[${batch.join(',')}]`], { prepare: true });
    batch = [];
    bytes = 0;
  };
  const insert = async (row: unknown) => {
    const text = JSON.stringify(row);
    batch.push(text);
    bytes += text.length;
    if (bytes >= INSERT_FROM_BYTES || batch.length >= INSERT_FROM_ROWS) await flush();
  };
  return { insert, flush };
}

/** Text must mean the same on both sides, whatever the servers are set to. */
async function pinTextForms(tx: Tx): Promise<void> {
  await tx`set local timezone = 'UTC'`;
  await tx`set local datestyle = 'ISO, YMD'`;
  await tx`set local intervalstyle = 'postgres'`;
  await tx`set local bytea_output = 'hex'`;
  await tx`set local extra_float_digits = 1`;
}

async function readMigrations(db: Db): Promise<Header['migrations']> {
  return db<Header['migrations']>`select name, checksum from schema_migrations order by name`;
}

async function requireSameMigrations(tx: Tx, header: Header): Promise<void> {
  const here = await readMigrations(tx);
  const own = new Map(here.map(({ name, checksum }) => [name, checksum]));
  for (const { name, checksum } of header.migrations) {
    if (own.get(name) === checksum) own.delete(name);
    else throw new TransferError(`The file comes from a release with another migration ${name}`);
  }
  const [extra] = own.keys();
  if (extra !== undefined) {
    throw new TransferError(`The file comes from a release without migration ${extra}`);
  }
}

/** Rows that came with the migrations bear the number of a migration's transaction. */
async function requireUntouched(tx: Tx, tables: Table[]): Promise<void> {
  for (const { name } of tables) {
    const [row] = await tx<{ touched: boolean }[]>`
      select exists (select from ${tx(name)} t where t.xmin::text not in
        (select m.xmin::text from schema_migrations m)) as touched`;
    if (row?.touched) {
      throw new TransferError(`Table ${name} is not empty: import only into a new database`);
    }
  }
}

/** Rows arrive in their final state and may refer in circles, so triggers and foreign keys wait. */
async function suspendRules(tx: Tx, tables: Table[]): Promise<() => Promise<void>> {
  const keys = await listForeignKeys(tx);
  for (const key of keys) {
    await tx`alter table ${tx(key.table)} drop constraint ${tx(key.name)}`;
  }
  for (const { name } of tables) {
    await tx`alter table ${tx(name)} disable trigger user`;
    await tx`delete from ${tx(name)}`;
  }
  return async () => {
    for (const { name } of tables) await tx`alter table ${tx(name)} enable trigger user`;
    for (const key of keys) {
      await tx`
        alter table ${tx(key.table)} add constraint ${tx(key.name)} ${tx.unsafe(key.definition)}`;
    }
  };
}

async function requireCounts(
  tx: Tx,
  tables: Table[],
  counts: Record<string, number>,
): Promise<void> {
  for (const table of tables) {
    const count = await countRows(tx, table);
    const expected = counts[table.name] ?? 0;
    if (count !== expected) {
      throw new TransferError(
        `Table ${table.name} has ${count} rows after the import, ${expected} in the file`,
      );
    }
  }
}
