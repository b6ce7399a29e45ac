// Seconds from `npm start` to the line with the address: in a fresh clone, with a new data directory, and again.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repoRoot } from '../server/kernel/repo-root.ts';
import { median } from './measure.ts';
import type { Bench, Report } from './report.ts';

const RUNS = 5;
/** The database alone: a new directory, and one that is there. */
const FIRST_LIMIT_S = 5;
const LATER_LIMIT_S = 3;
const PATIENCE_MS = 10 * 60_000;

interface Start {
  ready: number;
  database: number;
}

export const bench: Bench = {
  name: 'start',
  describe: 'seconds from `npm start` to ready',
  async run(report) {
    const folder = await mkdtemp(path.join(tmpdir(), 'nuanxun-start-'));
    try {
      const clone = path.join(folder, 'clone');
      const cloned = spawnSync('git', ['clone', '--quiet', repoRoot(), clone], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      if (cloned.status !== 0) throw new Error('the repository could not be cloned');
      report.say('a fresh clone: install, build, first start');
      const cold = await start(clone, path.join(folder, 'cold'));
      row(report, 'fresh clone', cold.ready, null);
      const first: Start[] = [];
      const again: Start[] = [];
      for (let run = 0; run < RUNS; run += 1) {
        report.say(`run ${run + 1} of ${RUNS}`);
        const dataDir = path.join(folder, `data-${run}`);
        first.push(await start(clone, dataDir));
        again.push(await start(clone, dataDir));
        await rm(dataDir, { recursive: true, force: true });
      }
      row(report, 'new data directory', median(first.map(({ ready }) => ready)), null);
      row(
        report,
        'new data directory, database alone',
        median(first.map(({ database }) => database)),
        FIRST_LIMIT_S,
      );
      row(report, 'again', median(again.map(({ ready }) => ready)), null);
      row(
        report,
        'again, database alone',
        median(again.map(({ database }) => database)),
        LATER_LIMIT_S,
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function row(report: Report, name: string, seconds: number, limit: number | null): void {
  report.row({
    case: name,
    peer: limit === null ? '–' : `${limit} s`,
    ours: seconds,
    theirs: limit,
    unit: 's',
    better: 'lower',
    target: limit === null ? null : 1,
  });
}

/** Runs `npm start` until it says where it is, then ends it and waits for its end. */
async function start(clone: string, dataDir: string): Promise<Start> {
  const began = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: clone,
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  let output = '';
  const ready = await new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready in time:\n${output}`)), PATIENCE_MS);
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (!output.includes('ready: http')) return;
      clearTimeout(timer);
      resolve((performance.now() - began) / 1000);
    });
    child.on('close', () => reject(new Error(`it ended before it was ready:\n${output}`)));
  });
  process.kill(-child.pid!, 'SIGTERM');
  await ended;
  const database = /Database \(embedded\) open.* after ([\d.]+) s/.exec(output)?.[1];
  return { ready, database: Number(database) };
}
