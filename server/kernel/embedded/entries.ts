// The embedded database's own thread and process are started from the same form
// this code runs in: TypeScript sources through tsx, or what tsc compiled.
import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

const isSource = import.meta.url.endsWith('.ts');
const require = createRequire(import.meta.url);

export function siblingEntry(name: 'worker' | 'prepare'): URL {
  return new URL(`./${name}${isSource ? '.ts' : '.js'}`, import.meta.url);
}

export function spawnThread(entry: URL, workerData: unknown): Worker {
  if (!isSource) return new Worker(entry, { workerData });
  // A thread takes no loader from execArgv: tsx is registered inside it.
  // Its CommonJS form looks for files that are not there.
  const api = pathToFileURL(require.resolve('tsx/esm/api').replace(/\.cjs$/, '.mjs')).href;
  const bootstrap =
    `import(${JSON.stringify(api)}).then(({ register }) => ` +
    `{ register(); return import(${JSON.stringify(entry.href)}); })`;
  return new Worker(bootstrap, { eval: true, workerData, execArgv: [] });
}

/** @param talks it can be sent messages, with what structured cloning takes */
export function spawnProcess(entry: URL, args: string[], { talks = false } = {}): ChildProcess {
  const loader = isSource ? ['--import', pathToFileURL(require.resolve('tsx')).href] : [];
  return spawn(process.execPath, [...loader, fileURLToPath(entry), ...args], {
    stdio: ['ignore', 'ignore', 'pipe', ...(talks ? (['ipc'] as const) : [])],
    ...(talks && { serialization: 'advanced' }),
  });
}
