import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DirectoryLockedError, lockDirectory } from './directory-lock.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nuanxun-lock-'));
  path = join(folder, 'db.lock');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function writeLock(holder: object): void {
  const whole = { token: 'theirs', processStartedAt: null, host: hostname(), acquiredAt: 'then' };
  writeFileSync(path, JSON.stringify({ ...whole, ...holder }));
}

it('refuses the second holder in words, with the pid of the first', async () => {
  const first = await lockDirectory(folder, path);
  const second = lockDirectory(folder, path);
  await expect(second).rejects.toBeInstanceOf(DirectoryLockedError);
  await expect(second).rejects.toThrow(`in use by process ${process.pid}`);
  first.release();
  (await lockDirectory(folder, path)).release();
});

it('takes over from a process that is gone, one taker only', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  writeLock({ pid: child.pid });
  const takers = await Promise.allSettled([1, 2, 3].map(() => lockDirectory(folder, path)));
  expect(takers.filter((taker) => taker.status === 'fulfilled')).toHaveLength(1);
});

it('knows that a later process with the same number is another one', async () => {
  writeLock({ pid: process.pid, processStartedAt: 'another boot:1' });
  (await lockDirectory(folder, path)).release();
});

it('believes a holder on another machine as long as it gives signs of life', async () => {
  writeLock({ pid: 1, host: 'elsewhere' });
  await expect(lockDirectory(folder, path)).rejects.toThrow('process 1 on elsewhere');
  const minuteAgo = new Date(Date.now() - 60_000);
  utimesSync(path, minuteAgo, minuteAgo);
  (await lockDirectory(folder, path)).release();
});
