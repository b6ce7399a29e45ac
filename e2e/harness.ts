// A built server of its own for a browser test: own port, own data directory, ended by its process id.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const mainFileOf = (folder: string): string => path.join(folder, 'dist', 'server', 'main.js');
const preload = new URL('../scripts/exit-with-parent.mjs', import.meta.url).href;

export type ServerOptions = {
  /** Added to this process's environment; the demo night is off unless it is asked for here. */
  env?: Record<string, string>;
  /** 0 or none: a free one. */
  port?: number;
  /** An existing directory to start on; it then stays after `stop`. */
  dataDir?: string;
  /** Where `dist/`, `migrations/` and `package.json` are, when it is a copy of them that is to run. */
  root?: string;
  /** How long the server may take to be ready. */
  readyWithinMs?: number;
};

export type RunningServer = {
  url: string;
  dataDir: string;
  /** Everything the server printed so far. */
  logs: () => string;
  /** SIGTERM, then waits for the end; resolves to the exit code (null when it had to be killed). */
  stop: () => Promise<number | null>;
  /** kill -9; the data directory stays, so that a second server can be started on it. */
  kill: () => Promise<void>;
};

async function findFreePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) });
    return answer.ok;
  } catch {
    return false;
  }
}

/** Starts `dist/server/main.js` and resolves when it is ready; throws with its output when it isn't. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const mainFile = mainFileOf(options.root ?? root);
  if (!existsSync(mainFile)) throw new Error('The server is not built: run `npm run build` first.');
  const port = options.port || (await findFreePort());
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'nuanxun-e2e-')));
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, ['--enable-source-maps', '--import', preload, mainFile], {
    cwd: options.root ?? root,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NUANXUN_DEMO: 'off',
      ...options.env,
      PORT: String(port),
      DATA_DIR: dataDir,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
    child.on('error', () => resolve());
  });
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  let output = '';
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);

  const kill = async () => {
    if (!isOver()) child.kill('SIGKILL');
    await ended;
  };
  const removeData = async () => {
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  const stop = async () => {
    if (!isOver()) child.kill('SIGTERM');
    await Promise.race([ended, sleep(15_000, undefined, { ref: false })]);
    await kill();
    await removeData();
    return child.exitCode;
  };

  const deadline = Date.now() + (options.readyWithinMs ?? 60_000);
  while (!(await isReady(url))) {
    if (!isOver() && Date.now() < deadline) {
      await sleep(100);
      continue;
    }
    const why = isOver() ? `ended with code ${child.exitCode}` : 'was not ready in time';
    await kill();
    await removeData();
    throw new Error(`The server ${why}. It printed:\n${output}`);
  }
  return { url, dataDir, logs: () => output, stop, kill };
}
