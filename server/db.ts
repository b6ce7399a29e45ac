// `npm run db -- export FILE | import FILE`: moves everything between the embedded
// database and a server, or into a file to keep.
import { existsSync } from 'node:fs';
import { readConfig } from './kernel/config.ts';
import { migrate, migrationStatus } from './kernel/migrate.ts';
import { openDatabase } from './kernel/sql.ts';
import { exportDatabase, importDatabase, type TransferSummary } from './kernel/transfer.ts';

const USAGE = `Usage: npm run db -- export FILE
       npm run db -- import FILE
The database is the one at DATABASE_URL, else the embedded one in DATA_DIR (default .data).`;

function say(message: string): void {
  process.stderr.write(message + '\n');
}

function printSummary({ counts, rows }: TransferSummary): void {
  const width = Math.max(...Object.keys(counts).map((name) => name.length));
  for (const [name, count] of Object.entries(counts)) {
    if (count > 0) say(`  ${name.padEnd(width)} ${String(count).padStart(9)}`);
  }
  say(`${rows} rows in ${Object.keys(counts).length} tables.`);
}

async function run(command: 'export' | 'import', file: string): Promise<void> {
  const config = readConfig(process.env);
  if (command === 'import' && !existsSync(file)) throw new Error(`There is no file ${file}`);
  const db = await openDatabase({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    maxConnections: 2,
    onLog: say,
  });
  try {
    if (command === 'import') await migrate(db);
    const { pending } = await migrationStatus(db);
    if (pending.length > 0) throw new Error(`Migrations are pending: ${pending.join(', ')}`);
    const transfer = command === 'export' ? exportDatabase : importDatabase;
    printSummary(await transfer(db.sql, file));
    say(command === 'export' ? `Written to ${file}.` : `Imported from ${file}, counts checked.`);
  } finally {
    await db.close();
  }
}

const [command, file, ...rest] = process.argv.slice(2);
if ((command !== 'export' && command !== 'import') || file === undefined || rest.length > 0) {
  say(USAGE);
  process.exitCode = 2;
} else {
  await run(command, file).catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
}
