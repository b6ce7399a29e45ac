// A PostgreSQL server of one's own, in a temporary folder, for tests and benchmarks.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import postgres from 'postgres';
import { findPostgres } from '../../scripts/find-postgres.mjs';

const FOLDER_PREFIX = 'nuanxun-cluster-';
const START_DEADLINE_MS = 30_000;

export interface PrivateCluster {
  /** Of its administrator, on the database `postgres`. */
  url: string;
  stop(): Promise<void>;
}

export interface ClusterOptions {
  /** On for benchmarks, which promise durable writes; tests don't need them. */
  durable?: boolean;
  maxConnections?: number;
}

/** Null where no PostgreSQL with PostGIS is installed. */
export async function startPrivateCluster(
  options: ClusterOptions = {},
): Promise<PrivateCluster | null> {
  const installed = findPostgres();
  if (!installed) return null;
  removeOrphans();
  const folder = mkdtempSync(join(tmpdir(), FOLDER_PREFIX));
  const data = join(folder, 'data');
  const password = randomBytes(16).toString('hex');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password);
  writeFileSync(join(folder, 'owner'), String(process.pid));
  chmodSync(folder, 0o700);
  giveToServerUser(folder, passwordFile);
  try {
    runAsServerUser(join(installed.bin, 'initdb'), [
      `--pgdata=${data}`,
      `--pwfile=${passwordFile}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
    ]);
    const port = await freePort();
    const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
    startServer(join(installed.bin, 'postgres'), data, folder, port, options);
    await untilReady(url, join(folder, 'log'));
    return { url, stop: () => stopCluster(folder) };
  } catch (error) {
    await stopCluster(folder);
    throw error;
  }
}

function startServer(
  program: string,
  data: string,
  folder: string,
  port: number,
  options: ClusterOptions,
): void {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    max_connections: options.maxConnections ?? 200,
    shared_buffers: '256MB',
    logging_collector: 'on',
    log_directory: folder,
    log_filename: 'log',
    ...(options.durable
      ? {}
      : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const args = ['-D', data, ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])];
  const [command, ...rest] = asServerUser(program, args);
  spawn(command, rest, { stdio: 'ignore', detached: true, cwd: folder }).unref();
}

async function untilReady(url: string, logFile: string): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS;
  for (;;) {
    const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 5 });
    try {
      await sql`select 1`;
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        const log = existsSync(logFile) ? readFileSync(logFile, 'utf8') : '';
        throw new Error(`The private PostgreSQL did not start: ${String(error)}\n${log}`, {
          cause: error,
        });
      }
      await wait(100);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
}

async function stopCluster(folder: string): Promise<void> {
  const pid = serverPid(folder);
  if (pid !== null) {
    signal(pid, 'SIGINT');
    const deadline = Date.now() + 10_000;
    while (signal(pid, 0) && Date.now() < deadline) await wait(50);
    signal(pid, 'SIGQUIT');
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function serverPid(folder: string): number | null {
  try {
    return Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return null;
  }
}

/** Clusters whose owner was killed before it could stop them. */
function removeOrphans(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(FOLDER_PREFIX)) continue;
    const folder = join(tmpdir(), name);
    try {
      if (signal(Number(readFileSync(join(folder, 'owner'), 'utf8')), 0)) continue;
    } catch {
      // Another user's, or just being made.
      continue;
    }
    const pid = serverPid(folder);
    if (pid !== null) signal(pid, 'SIGQUIT');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The server refuses to run as root, so root hands it to the user that the packages made. */
function asServerUser(program: string, args: string[]): [string, ...string[]] {
  return process.getuid?.() === 0
    ? ['runuser', '-u', 'postgres', '--', program, ...args]
    : [program, ...args];
}

function runAsServerUser(program: string, args: string[]): void {
  const [command, ...rest] = asServerUser(program, args);
  const { status, stderr } = spawnSync(command, rest, { encoding: 'utf8', cwd: '/' });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
}

function giveToServerUser(...paths: string[]): void {
  if (process.getuid?.() !== 0) return;
  const uid = Number(spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' }).stdout);
  const gid = Number(spawnSync('id', ['-g', 'postgres'], { encoding: 'utf8' }).stdout);
  for (const path of paths) chownSync(path, uid, gid);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
