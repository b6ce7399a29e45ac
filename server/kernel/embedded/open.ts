// PGlite with PostGIS as a Database: its files locked, its session shared, its
// worker replaced when it hangs. See docs/decisions/0001-embedded-database.md.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import postgres from 'postgres';
import { explainLosses } from '../connection-loss.ts';
import { learnArrayTypes, postgresOptions } from '../postgres-options.ts';
import type { Database, Sql } from '../database.ts';
import { lockDirectory } from './directory-lock.ts';
import { Engine } from './engine.ts';
import { Session } from './session.ts';
import { simpleQuery } from './wire.ts';
import { defaultSnapshotFolder, ensureSnapshot } from './snapshot.ts';

const POSTGRES_MAJOR = '18';
const START_DEADLINE_MS = 60_000;

export interface EmbeddedOptions {
  /** A query without a sign of life for so long is given up and the engine replaced. */
  deadlineMs?: number;
  /** A transaction without a query for so long, while others wait, is rolled back. */
  idleTurnMs?: number;
  /** Off: committed rows survive a killed process, not a power cut. Default on. */
  durable?: boolean;
  /** Where the prepared snapshot is kept; default `.cache/embedded` of the repository. */
  snapshotFolder?: string;
  /** Keep everything in memory and take no lock (tests). */
  inMemory?: boolean;
  /** Another data directory (tar.gz) to start a new database from (tests). */
  startFrom?: string;
}

export interface EmbeddedDatabase extends Database {
  kind: 'embedded';
  engine: Engine;
  /** Another pool on the same session; closing it leaves this one open. */
  openPool(maxConnections: number): Promise<Database>;
}

export async function openEmbedded(
  options: EmbeddedOptions & {
    dataDir: string;
    maxConnections: number;
    onLog: (message: string) => void;
  },
): Promise<EmbeddedDatabase> {
  const snapshot = await ensureSnapshot(
    options.snapshotFolder ?? defaultSnapshotFolder(),
    options.onLog,
  );
  const files = options.inMemory ? null : await openFiles(resolve(options.dataDir), options.onLog);
  try {
    const isNew = files === null || files.isNew;
    const engine = await Engine.start({
      settings: {
        dataDir: files?.folder ?? null,
        bundlePath: snapshot.bundlePath,
        snapshotPath: isNew ? (options.startFrom ?? snapshot.dataPath) : null,
        durable: options.durable ?? files !== null,
      },
      deadlineMs: options.deadlineMs ?? 30_000,
      startDeadlineMs: START_DEADLINE_MS,
      onLog: options.onLog,
    });
    await files?.created();
    const session = new Session(engine, {
      serverVersion: `${POSTGRES_MAJOR}.0`,
      idleTurnMs: options.idleTurnMs ?? 15_000,
    });
    return await asDatabase(engine, session, options.maxConnections, () => files?.release());
  } catch (error) {
    files?.release();
    throw error;
  }
}

async function asDatabase(
  engine: Engine,
  session: Session,
  maxConnections: number,
  release: () => void,
): Promise<EmbeddedDatabase> {
  const pool = await openPool(session, maxConnections);
  let closed: Promise<void> | null = null;
  const close = async () => {
    await pool.close();
    // PGlite does not shut PostgreSQL down: the next start recovers, from here on.
    await engine.execute([simpleQuery('checkpoint')], () => {}).catch(() => {});
    await engine.close();
    release();
  };
  return {
    ...pool,
    kind: 'embedded',
    engine,
    openPool: (max) => openPool(session, max),
    close: () => (closed ??= close()),
  };
}

async function openPool(session: Session, maxConnections: number): Promise<Database> {
  const sql: Sql = postgres({
    ...postgresOptions(maxConnections),
    // The session outlives its connections: closing them from time to time gains nothing.
    max_lifetime: null,
    // Not in the types: what postgres.js calls instead of opening a network socket.
    ...({ socket: () => session.connect() } as object),
  });
  explainLosses(sql, () => session.latestLoss);
  await learnArrayTypes(sql);
  return {
    sql,
    kind: 'embedded',
    listen: (channel, onPayload, onListening) => sql.listen(channel, onPayload, onListening),
    close: () => sql.end({ timeout: 5 }),
  };
}

/** The locked folder `db`; one whose creation was cut short is made anew. */
async function openFiles(dataDir: string, onLog: (message: string) => void) {
  await mkdir(dataDir, { recursive: true });
  const folder = join(dataDir, 'db');
  const lock = await lockDirectory(folder, join(dataDir, 'db.lock'));
  try {
    const creating = join(dataDir, 'db.creating');
    if (existsSync(creating)) await rm(folder, { recursive: true, force: true });
    const isNew = !existsSync(join(folder, 'PG_VERSION'));
    if (isNew) {
      onLog(`Creating the embedded database in ${folder} …`);
      await writeFile(creating, '');
      await mkdir(folder, { recursive: true });
    } else requireVersion(folder);
    return {
      folder,
      isNew,
      release: lock.release,
      created: async () => {
        if (!isNew) return;
        await rm(creating, { force: true });
        syncFolder(dataDir);
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function requireVersion(folder: string): void {
  const version = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (version === POSTGRES_MAJOR) return;
  throw new Error(
    `The embedded database in ${folder} was made by PostgreSQL ${version}, this release runs ` +
      `${POSTGRES_MAJOR}. Export it with the release that made it (npm run db -- export FILE) ` +
      'and import the file into a new folder.',
  );
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
