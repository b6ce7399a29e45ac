import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openEmbedded } from './open.ts';

it('loses nothing that was acknowledged before a kill -9', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'nuanxun-killed-'));
  let acknowledged = 0;
  for (const writes of [60, 137]) {
    const script = fileURLToPath(new URL('./write-until-killed.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    const target = acknowledged + writes;
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged = Number(line);
      if (acknowledged === target) child.kill('SIGKILL');
    }
    await exited;
  }
  const db = await openEmbedded({ dataDir, maxConnections: 1, onLog: () => {} });
  const [row] = await db.sql<{ count: number; last: number }[]>`
    select count(*) as count, max(n) as last from written`;
  expect(acknowledged).toBeGreaterThanOrEqual(197);
  expect(row?.last).toBeGreaterThanOrEqual(acknowledged);
  expect(row?.count).toBe(row?.last);
  await db.close();
  rmSync(dataDir, { recursive: true, force: true });
});
