/** The server that the records are sent to: one that runs, or one started for the length of the replay. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CityView } from '../../shared/cities/schema.ts';
import { ReplayError } from './columns.ts';

export interface Destination {
  baseUrl: string;
  /** Ends the server if it was started here. */
  close(): Promise<void>;
}

const probeMs = 2_000;
const appearMs = 20_000;

export async function isServing(baseUrl: string): Promise<boolean> {
  try {
    const answer = await fetch(`${baseUrl}/healthz`, { signal: AbortSignal.timeout(probeMs) });
    return answer.ok;
  } catch {
    return false;
  }
}

/** The server itself, on the same data: no simulated night in it, quiet but for its errors. */
export async function startServer(
  environment: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<Destination> {
  const isSource = import.meta.url.endsWith('.ts');
  const entry = fileURLToPath(new URL(`../main.${isSource ? 'ts' : 'js'}`, import.meta.url));
  const require = createRequire(import.meta.url);
  const loader = isSource ? ['--import', pathToFileURL(require.resolve('tsx')).href] : [];
  const child = spawn(process.execPath, [...loader, entry], {
    env: { ...environment, NUANXUN_DEMO: 'off', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    // A Ctrl-C reaches this process alone, which ends the server when it has counted up.
    detached: true,
  });
  const baseUrl = await readyAddress(child);
  say(`Started a server for the replay: ${baseUrl}`);
  return { baseUrl, close: () => stopServer(child) };
}

async function readyAddress(child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: child.stdout! });
  const found = new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      const match = /ready: (http:\/\/\S+)/.exec(line);
      if (match) resolve(match[1]!.replace('localhost', '127.0.0.1'));
    });
    child.once('exit', (code) =>
      reject(new ReplayError(`The server could not be started (code ${code}).`)),
    );
  });
  return await found;
}

async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

/** @throws ReplayError when the city doesn't appear: the server has another data directory */
export async function awaitCity(baseUrl: string, slug: string, isNew: boolean): Promise<CityView> {
  const until = Date.now() + (isNew ? appearMs : 0);
  for (;;) {
    const city = await findCityAt(baseUrl, slug);
    if (city) return city;
    if (Date.now() >= until)
      throw new ReplayError(
        `The server at ${baseUrl} does not know the city "${slug}". It was written to this DATA_DIR; a server with another one must be given the city there.`,
      );
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

export async function findCityAt(baseUrl: string, slug: string): Promise<CityView | null> {
  const answer = await fetch(`${baseUrl}/api/cities.list`);
  const body = (await answer.json()) as { result?: { data: CityView[] } };
  return body.result?.data.find((city) => city.id === slug) ?? null;
}
