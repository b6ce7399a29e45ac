// `npm start`: installs what is missing, builds what changed, and runs the server until it is told to stop.
import './check-node.mjs';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildAll } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root, say, stopChildrenOnSignals } from './processes.mjs';

const stopGraceMs = 20_000;

/**
 * The server runs in a process group of its own: a Ctrl-C in the terminal reaches this process alone, which
 * passes it on exactly once. Should this process be killed hard, the closed channel tells the server.
 */
function runServer() {
  const preload = pathToFileURL(path.join(root, 'scripts', 'exit-with-parent.mjs')).href;
  const server = spawn(
    process.execPath,
    [
      '--enable-source-maps',
      // Room for what a burst of reports leaves behind: fewer collections, about a tenth more reports a second.
      '--max-semi-space-size=64',
      '--import',
      preload,
      path.join(root, 'dist', 'server', 'main.js'),
    ],
    {
      cwd: root,
      env: { ...process.env, NODE_ENV: process.env.NODE_ENV ?? 'production' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      detached: true,
    },
  );
  let stopping = false;
  const stop = (signal) => {
    if (stopping) return;
    stopping = true;
    server.kill(signal);
    setTimeout(() => server.kill('SIGKILL'), stopGraceMs).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => stop(signal === 'SIGHUP' ? 'SIGTERM' : signal));
  stopWhenNpmIsGone(() => stop('SIGTERM'));
  server.on('error', (error) => {
    console.error(`The server could not be started: ${error.message}`);
    process.exit(1);
  });
  server.on('exit', (code, signal) => {
    if (signal) console.error(`The server was ended by ${signal}.`);
    process.exit(code ?? 1);
  });
}

/** The parent of a process, on systems that show it as a file; undefined elsewhere. */
function parentOf(pid) {
  try {
    return /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

/** npm killed with -9 leaves its shell and this script running: notice that it is gone, and stop too. */
function stopWhenNpmIsGone(stop) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  setInterval(() => {
    if (process.ppid !== shell || parentOf(shell) !== npm) stop();
  }, 250).unref();
}

const forgetSignals = stopChildrenOnSignals();
try {
  await ensureInstalled();
  const embedded = !process.env.DATABASE_URL;
  const built = await buildAll({ embedded });
  say(built.length === 0 ? 'Everything is built; starting the server …' : 'Starting the server …');
  forgetSignals();
  runServer();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
