// A fresh PGlite takes 14 s to become a database with PostGIS. What is the same
// each time is made once per package version and kept in a cache folder: the
// extension without its rasters and topology, and a data directory that has PostGIS.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { repoRoot } from '../repo-root.ts';
import { createPglite } from './create-pglite.ts';
import { siblingEntry, spawnProcess } from './entries.ts';

/** Raise when what a snapshot holds changes without a package version doing so. */
const SNAPSHOT_FORMAT = 1;

export interface Snapshot {
  bundlePath: string;
  dataPath: string;
}

const require = createRequire(import.meta.url);

function packageFolder(name: string): string {
  return join(dirname(require.resolve(name)), '..');
}

function packageVersion(name: string): string {
  const manifest: unknown = JSON.parse(
    readFileSync(join(packageFolder(name), 'package.json'), 'utf8'),
  );
  return (manifest as { version: string }).version;
}

export function defaultSnapshotFolder(): string {
  return join(repoRoot(), '.cache', 'embedded');
}

function snapshotIn(folder: string): Snapshot & { folder: string } {
  const key = [
    SNAPSHOT_FORMAT,
    packageVersion('@electric-sql/pglite'),
    packageVersion('@electric-sql/pglite-postgis'),
  ].join('-');
  const own = join(folder, key);
  return {
    folder: own,
    bundlePath: join(own, 'postgis.tar.gz'),
    dataPath: join(own, 'data.tar.gz'),
  };
}

/** Makes the snapshot in `folder` unless it is there; a half-made one never shows. */
export async function prepareSnapshot(folder: string): Promise<{ made: boolean }> {
  const target = snapshotIn(folder);
  if (existsSync(target.folder)) return { made: false };
  await mkdir(folder, { recursive: true });
  const draft = await mkdtemp(join(folder, 'making-'));
  try {
    const shipped = join(packageFolder('@electric-sql/pglite-postgis'), 'dist', 'postgis.tar.gz');
    const bundle = gunzipSync(await readFile(shipped));
    const installable = join(draft, 'installable.tar.gz');
    await writeFile(installable, gzipSync(keepEntries(bundle, isNeededToInstall), { level: 1 }));
    const runtime = keepEntries(bundle, isNeededToRun);
    await writeFile(join(draft, 'postgis.tar.gz'), gzipSync(runtime, { level: 1 }));

    const engine = await createPglite({
      dataDir: null,
      bundlePath: installable,
      snapshot: null,
      durable: false,
    });
    await engine.exec('create extension postgis');
    await engine.exec('vacuum');
    await engine.exec('checkpoint');
    const data = await engine.dumpDataDir('none');
    await engine.close();
    const tar = new Uint8Array(await data.arrayBuffer());
    await writeFile(join(draft, 'data.tar.gz'), gzipSync(tar, { level: 4 }));
    await rm(installable);
    await rename(draft, target.folder).catch((error: unknown) => {
      if (!existsSync(target.folder)) throw error;
    });
    return { made: true };
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** The snapshot, made first (by a process of its own, for its memory's sake) when there is none. */
export async function ensureSnapshot(
  folder: string,
  onLog: (message: string) => void,
): Promise<Snapshot> {
  const snapshot = snapshotIn(folder);
  if (!existsSync(snapshot.folder)) {
    onLog('Preparing the embedded database, once per installation (about 15 s) …');
    await runPrepare(folder);
  }
  return snapshot;
}

async function runPrepare(folder: string): Promise<void> {
  const child = spawnProcess(siblingEntry('prepare'), [folder]);
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) {
    throw new Error(`The embedded database could not be prepared in ${folder}: ${complaint}`);
  }
}

function isNeededToRun(name: string): boolean {
  return /postgis-3\.so$|share\/proj\/|postgis\.control$/.test(name);
}

function isNeededToInstall(name: string): boolean {
  return isNeededToRun(name) || /extension\/postgis--[\d.]+\.sql$/.test(name);
}

/** Copies the entries of an uncompressed tar whose names are wanted, blocks unchanged. */
function keepEntries(tar: Buffer, isWanted: (name: string) => boolean): Buffer {
  const kept: Buffer[] = [];
  let at = 0;
  while (at + 512 <= tar.length && tar[at] !== 0) {
    const nameEnd = tar.indexOf(0, at);
    const name = tar.toString('utf8', at, Math.min(nameEnd, at + 100));
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 136), 8);
    const end = at + 512 + Math.ceil(size / 512) * 512;
    if (isWanted(name)) kept.push(tar.subarray(at, end));
    at = end;
  }
  return Buffer.concat([...kept, Buffer.alloc(1024)]);
}
