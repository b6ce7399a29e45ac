// PGlite takes no lock on its directory, and two processes on one corrupt it.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';

const BEAT_MS = 5_000;
/** Of a process on another machine only its beats can be seen. */
const FOREIGN_STALE_MS = 30_000;
const TAKEOVER_STALE_MS = 5_000;

interface Holder {
  token: string;
  pid: number;
  /** Distinguishes a process from a later one with the same number. */
  processStartedAt: string | null;
  host: string;
  acquiredAt: string;
}

export class DirectoryLockedError extends Error {
  readonly pid: number;
  constructor(directory: string, lockPath: string, holder: Holder) {
    const where = holder.host === hostname() ? '' : ` on ${holder.host}`;
    super(
      `The embedded database in ${directory} is in use by process ${holder.pid}${where} ` +
        `(since ${holder.acquiredAt}). Stop that process first, or set DATA_DIR to another ` +
        `folder. If no such process exists, remove ${lockPath}.`,
    );
    this.name = 'DirectoryLockedError';
    this.pid = holder.pid;
  }
}

/** Takes `lockPath` for this process; throws DirectoryLockedError when a living one has it. */
export async function lockDirectory(
  directory: string,
  lockPath: string,
): Promise<{ release: () => void }> {
  const mine: Holder = {
    token: randomUUID(),
    pid: process.pid,
    processStartedAt: startOfProcess(process.pid),
    host: hostname(),
    acquiredAt: new Date().toISOString(),
  };
  while (!tryCreate(lockPath, mine)) {
    const holder = readHolder(lockPath);
    if (holder && isAlive(holder, lockPath)) {
      throw new DirectoryLockedError(directory, lockPath, holder);
    }
    if (holder && takeOver(lockPath, holder, mine)) break;
    await wait(50 + Math.random() * 50);
  }
  const beat = setInterval(() => touch(lockPath), BEAT_MS);
  beat.unref();
  const release = () => {
    clearInterval(beat);
    process.removeListener('exit', release);
    if (readHolder(lockPath)?.token === mine.token) rmSync(lockPath, { force: true });
  };
  process.once('exit', release);
  return { release };
}

function tryCreate(path: string, holder: Holder): boolean {
  try {
    const file = openSync(path, 'wx');
    writeFileSync(file, JSON.stringify(holder));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Null when the file is gone, or was created but not yet written by a process that died then. */
function readHolder(path: string): Holder | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    const age = ageMs(path);
    if (age === null || age < TAKEOVER_STALE_MS) return null;
    return { token: '', pid: 0, processStartedAt: null, host: hostname(), acquiredAt: '' };
  }
}

/** Replaces a dead process's lock; a second file makes sure only one does. */
function takeOver(path: string, dead: Holder, mine: Holder): boolean {
  const guard = `${path}.takeover`;
  const guardAge = ageMs(guard);
  if (guardAge !== null && guardAge > TAKEOVER_STALE_MS) rmSync(guard, { force: true });
  if (!tryCreate(guard, mine)) return false;
  try {
    if (readHolder(path)?.token !== dead.token) return false;
    const draft = `${path}.${mine.token}`;
    writeFileSync(draft, JSON.stringify(mine));
    renameSync(draft, path);
    return true;
  } finally {
    rmSync(guard, { force: true });
  }
}

function isAlive(holder: Holder, path: string): boolean {
  if (holder.host !== hostname()) return (ageMs(path) ?? Infinity) < FOREIGN_STALE_MS;
  if (holder.pid <= 0) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return holder.processStartedAt === null || startOfProcess(holder.pid) === holder.processStartedAt;
}

/** Null where the system does not tell. */
function startOfProcess(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; the start time is the 20th field after it.
    return `${boot}:${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`;
  } catch {
    const answer = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return answer.status === 0 ? answer.stdout.trim() : null;
  }
}

function ageMs(path: string): number | null {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return null;
  }
}

function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // Removed by hand: the lock is lost, but the database must not stop for it.
  }
}
