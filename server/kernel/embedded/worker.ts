// The thread that runs PGlite: a query blocks its thread, so it must not be the server's.
import { readFile, writeFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { PGlite } from '@electric-sql/pglite';
import { createPglite } from './create-pglite.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './worker-messages.ts';

const SEND_FROM_BYTES = 256 * 1024;

const port = parentPort;
if (!port) throw new Error('embedded/worker runs only as a worker thread');

function send(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer);
}

function sendChunks(chunks: Uint8Array[]): void {
  if (chunks.length === 0) return;
  const total = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  send({ kind: 'data', bytes }, [bytes.buffer]);
}

async function execute(engine: PGlite, groups: Uint8Array[]): Promise<void> {
  let chunks: Uint8Array[] = [];
  let size = 0;
  for (const group of groups) {
    // The streaming call, because the plain one keeps every message it ever parsed.
    await engine.execProtocolRawStream(group, {
      syncToFs: false,
      onRawData: (bytes) => {
        chunks.push(bytes.slice());
        size += bytes.length;
        if (size >= SEND_FROM_BYTES) {
          sendChunks(chunks);
          chunks = [];
          size = 0;
        }
      },
    });
  }
  sendChunks(chunks);
  send({ kind: 'executed' });
}

async function dump(engine: PGlite, path: string): Promise<void> {
  const file = await engine.dumpDataDir('gzip');
  await writeFile(path, new Uint8Array(await file.arrayBuffer()));
  send({ kind: 'dumped' });
}

const settings = workerData as WorkerSettings;
const engine = await createPglite({
  dataDir: settings.dataDir,
  bundlePath: settings.bundlePath,
  snapshot: settings.snapshotPath === null ? null : await readFile(settings.snapshotPath),
  durable: settings.durable,
});

port.on('message', (message: ToWorker) => {
  const work =
    message.kind === 'execute'
      ? execute(engine, message.groups)
      : message.kind === 'dump'
        ? dump(engine, message.path)
        : engine.close().then(() => send({ kind: 'closed' }));
  work.catch((error: unknown) => send({ kind: 'failed', message: String(error) }));
});
send({ kind: 'ready' });
