// Builds what changed since the last time: the client, the server, and the embedded database's snapshot.
// `node scripts/build.mjs` does it by hand; --force builds all.
import './check-node.mjs';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { ensureInstalled } from './install.mjs';
import { duration, root, runNode, say, stopChildrenOnSignals } from './processes.mjs';

const dist = path.join(root, 'dist');
const stampsFile = path.join(dist, '.stamps.json');
const lockFile = path.join(dist, '.building');
const snapshotCache = path.join(root, '.cache', 'embedded');
const prepareScript = path.join(dist, 'server', 'kernel', 'embedded', 'prepare.js');

const isTest = (name) => /\.(test|pg\.test|dom\.test)\.tsx?$/.test(name);
const sharedInputs = ['shared', 'package-lock.json', 'tsconfig.json'];

/** What is built from what; a change in an input's content builds it again. */
const targets = {
  client: {
    inputs: ['client', 'vite.config.ts', ...sharedInputs],
    output: path.join(dist, 'client', 'index.html'),
    build: buildClient,
  },
  server: {
    inputs: ['server', 'tsconfig.server.json', ...sharedInputs],
    output: path.join(dist, 'server', 'main.js'),
    build: buildServer,
  },
  'embedded database': {
    inputs: ['server/kernel/embedded', 'package-lock.json'],
    output: snapshotCache,
    build: buildSnapshot,
  },
};

function* filesUnder(relative) {
  const absolute = path.join(root, relative);
  if (!existsSync(absolute)) return;
  const entries = readdirSync(absolute, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const name = `${relative}/${entry.name}`;
    if (entry.isDirectory()) {
      if (name !== 'server/testing') yield* filesUnder(name);
    } else if (!isTest(name)) yield name;
  }
}

function hashOf(inputs) {
  const hash = createHash('sha256');
  for (const input of inputs) {
    const isFile = path.extname(input) === '.json' || path.extname(input) === '.ts';
    for (const file of isFile ? [input] : filesUnder(input)) {
      const absolute = path.join(root, file);
      if (!existsSync(absolute)) continue;
      hash.update(`${file}\0`).update(readFileSync(absolute)).update('\0');
    }
  }
  return hash.digest('hex');
}

function readStamps() {
  try {
    return JSON.parse(readFileSync(stampsFile, 'utf8'));
  } catch {
    return {};
  }
}

function writeStamp(name, hash) {
  const stamps = readStamps();
  if (hash === undefined) delete stamps[name];
  else stamps[name] = hash;
  writeFileSync(`${stampsFile}.new`, `${JSON.stringify(stamps, null, 2)}\n`);
  renameSync(`${stampsFile}.new`, stampsFile);
}

/** Puts a finished folder in the place of the old one, so that no half-built one is ever served. */
function swapIn(built, place) {
  const old = `${built}-old`;
  if (existsSync(place)) renameSync(place, old);
  renameSync(built, place);
  rmSync(old, { recursive: true, force: true });
}

async function orThrow(what, result) {
  if (result.code === 0) return;
  process.stderr.write(result.output);
  throw new Error(`${what} could not be built (see above).`);
}

async function buildClient() {
  const outDir = path.join(dist, '.new-client');
  rmSync(outDir, { recursive: true, force: true });
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'];
  await orThrow(
    'The client',
    await runNode(args, { env: { ...process.env, NODE_ENV: 'production' } }),
  );
  compressIn(outDir);
  swapIn(outDir, path.join(dist, 'client'));
}

/** The server sends a file's .br or .gz neighbour where the browser takes it: compressed once, here, and well. */
function compressIn(folder) {
  for (const entry of readdirSync(folder, { recursive: true })) {
    const file = path.join(folder, entry);
    if (!/\.(?:js|mjs|css|html|svg|json|webmanifest)$/.test(file)) continue;
    const content = readFileSync(file);
    if (content.length <= 1024) continue;
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
    writeFileSync(`${file}.br`, brotliCompressSync(content));
  }
}

async function buildServer() {
  const outDir = path.join(dist, '.new-server');
  rmSync(outDir, { recursive: true, force: true });
  const tsc = path.join(root, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
  const args = [tsc, '-p', path.join(root, 'tsconfig.server.json'), '--outDir', outDir];
  await orThrow('The server', await runNode(args));
  for (const part of ['server', 'shared']) swapIn(path.join(outDir, part), path.join(dist, part));
  rmSync(outDir, { recursive: true, force: true });
}

async function buildSnapshot() {
  await orThrow('The embedded database', await runNode([prepareScript], { timeoutMs: 180_000 }));
}

async function buildWhenChanged(name, force) {
  const { inputs, output, build } = targets[name];
  const hash = hashOf(inputs);
  if (!force && readStamps()[name] === hash && existsSync(output)) return false;
  const started = performance.now();
  say(`Building the ${name} …`);
  writeStamp(name, undefined);
  await build();
  writeStamp(name, hash);
  say(`Built the ${name} in ${duration(performance.now() - started)}.`);
  return true;
}

/** One build at a time in one checkout; a lock left by a process that is gone does not count. */
async function takeLock() {
  mkdirSync(dist, { recursive: true });
  for (let waited = false; ; waited = true) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!isHeld()) rmSync(lockFile, { force: true });
    else {
      if (!waited) say('Another command is building this checkout: waiting for it …');
      await sleep(200);
    }
  }
}

function isHeld() {
  try {
    const pid = Number(readFileSync(lockFile, 'utf8'));
    if (pid > 0) process.kill(pid, 0);
    return pid > 0;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * Builds what changed and resolves to the names of what was built. The client is built beside the server;
 * the snapshot follows the server, whose code makes it, and is left out with `embedded: false`.
 */
export async function buildAll({ force = false, embedded = true } = {}) {
  await takeLock();
  try {
    const built = [];
    const note = async (name) => {
      if (await buildWhenChanged(name, force)) built.push(name);
    };
    const serverSide = async () => {
      await note('server');
      if (embedded && existsSync(prepareScript)) await note('embedded database');
    };
    const results = await Promise.allSettled([note('client'), serverSide()]);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    return built;
  } finally {
    rmSync(lockFile, { force: true });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  stopChildrenOnSignals();
  try {
    await ensureInstalled();
    const built = await buildAll({ force: process.argv.includes('--force') });
    if (built.length === 0) say('Nothing changed since the last build.');
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
