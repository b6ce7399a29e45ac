// `npm run ledger -- verify | export`: walks the visit ledgers, names the first row that breaks one, or writes one out.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { stringify } from 'csv-stringify/sync';
import { readConfig } from './kernel/config.ts';
import { migrationStatus } from './kernel/migrate.ts';
import { openDatabase } from './kernel/sql.ts';
import type { Db } from './kernel/sql.ts';
import { verifyLedger, walkLedger } from './key-points/ledger.ts';
import { listLedgerCities } from './key-points/ledger-queries.ts';
import { findCity } from './cities/queries.ts';

const USAGE = `Usage: npm run ledger -- verify [--city NAME]
       npm run ledger -- export --city NAME [--out FILE.csv]
verify walks the visit ledger of one city, or of every city, and names the first row that breaks it; it prints the
number of rows and the last hash, to be noted elsewhere: rows cut off at the end show in nothing else. Ends with 1 when
a ledger is broken. export writes one as CSV, to the file or to the standard output. docs/ledger.md says how to check a
row by hand. The database is the one at DATABASE_URL, else the embedded one in DATA_DIR (default .data).`;

const say = (message: string): void => void process.stderr.write(`${message}\n`);

const reasons = {
  gap: 'the row before it is missing',
  chain: 'it does not carry the hash of the row before it',
  hash: 'what it says is not what was hashed',
} as const;

/** False when a ledger is broken. */
async function verify(db: Db, city: string | undefined): Promise<boolean> {
  const cities = city === undefined ? await listLedgerCities(db) : [city];
  if (cities.length === 0) say('No city keeps a ledger yet.');
  let whole = true;
  for (const cityId of cities) {
    const { entries, lastHash, broken } = await verifyLedger(db, cityId);
    const upTo = `${entries} rows, last hash ${lastHash ?? '–'}`;
    const line =
      broken === null
        ? `${cityId}: holds. ${upTo}`
        : `${cityId}: BROKEN at row ${broken.seq}: ${reasons[broken.why]}. Before it: ${upTo}`;
    process.stdout.write(`${line}\n`);
    whole &&= broken === null;
  }
  return whole;
}

const columns = [
  'seq',
  'id',
  'keyPointId',
  'teamId',
  'shiftId',
  'userId',
  'how',
  'visitedFrom',
  'visitedTo',
  'lon',
  'lat',
  'note',
  'recordedAt',
  'previousHash',
  'hash',
] as const;

async function writeOut(db: Db, cityId: string, out: Writable): Promise<number> {
  let count = 0;
  out.write(`${['cityId', ...columns].join(',')}\n`);
  for await (const rows of walkLedger(db, cityId)) {
    const lines = rows.map((row) => [row.cityId, ...columns.map((column) => row[column])]);
    // Whoever reads is not faster than whoever writes: the rows wait in the database, not here.
    if (!out.write(stringify(lines))) await once(out, 'drain');
    count += rows.length;
  }
  return count;
}

async function exportTo(db: Db, cityId: string, file: string | undefined): Promise<void> {
  const out = file === undefined ? process.stdout : createWriteStream(file, { flags: 'wx' });
  if (out !== process.stdout) await once(out, 'open');
  const count = await writeOut(db, cityId, out);
  if (out !== process.stdout) {
    out.end();
    await once(out, 'finish');
  }
  say(`${count} rows written.`);
}

async function run(command: string, options: { city?: string; out?: string }): Promise<boolean> {
  const config = readConfig(process.env);
  const { databaseUrl, dataDir } = config;
  const db = await openDatabase({ databaseUrl, dataDir, maxConnections: 2, onLog: say });
  try {
    const { pending } = await migrationStatus(db);
    if (pending.length > 0) throw new Error(`Migrations are pending: ${pending.join(', ')}`);
    if (options.city !== undefined && !(await findCity(db.sql, options.city)))
      throw new Error(`There is no city ${options.city}`);
    if (command === 'verify') return await verify(db.sql, options.city);
    await exportTo(db.sql, options.city!, options.out);
    return true;
  } finally {
    await db.close();
  }
}

function readArguments() {
  try {
    return parseArgs({
      args: process.argv.slice(2),
      allowPositionals: true,
      options: { city: { type: 'string' }, out: { type: 'string' } },
    });
  } catch {
    return null;
  }
}

const asked = readArguments();
const [command, ...rest] = asked?.positionals ?? [];
const fits =
  rest.length === 0 && (command === 'verify' || (command === 'export' && asked?.values.city));
if (!asked || command === undefined || !fits) {
  say(USAGE);
  process.exitCode = 2;
} else {
  try {
    if (!(await run(command, asked.values))) process.exitCode = 1;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
