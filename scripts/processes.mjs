// Child processes that never outlive the command that started them.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const running = new Set();
let stopping = false;

/** Prints one line of progress. */
export function say(text) {
  process.stdout.write(`· ${text}\n`);
}

/** Milliseconds in words: 840 ms, 12.3 s, 2 min 5 s. */
export function duration(milliseconds) {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Ends a started process and everything it started; `signal` 'SIGKILL' gives no time to tidy up. */
export function endProcess(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}

/**
 * Runs a command to its end and resolves to `{ code, output, milliseconds }`; never rejects.
 * Each runs in a process group of its own, so that its children end with it. Output is kept (both streams
 * in the order of arrival) and with `live` also shown. After `timeoutMs` it is ended and the code is 124.
 */
export function run(command, args, options = {}) {
  const { cwd = root, env = process.env, live = false, timeoutMs = 0 } = options;
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      shell: process.platform === 'win32' && command.endsWith('.cmd'),
    });
    running.add(child);
    let output = '';
    let timedOut = false;
    const take = (stream) => (chunk) => {
      output += chunk;
      if (live) stream.write(chunk);
    };
    child.stdout.setEncoding('utf8').on('data', take(process.stdout));
    child.stderr.setEncoding('utf8').on('data', take(process.stderr));
    const timer =
      timeoutMs > 0 &&
      setTimeout(() => {
        timedOut = true;
        endProcess(child, 'SIGTERM');
        setTimeout(() => endProcess(child, 'SIGKILL'), 5000).unref();
      }, timeoutMs);
    const finish = (code, note = '') => {
      if (timer) clearTimeout(timer);
      running.delete(child);
      resolve({ code, output: output + note, milliseconds: performance.now() - started });
    };
    child.on('error', (error) =>
      finish(127, `${command} could not be started: ${error.message}\n`),
    );
    child.on('close', (code, signal) => {
      if (timedOut) finish(124, `\nEnded after ${duration(timeoutMs)}: it took too long.\n`);
      else finish(code ?? 1, signal ? `\nEnded by ${signal}.\n` : '');
    });
  });
}

/** Runs one of the npm packages' own commands with this very Node. */
export function runNode(args, options) {
  return run(process.execPath, args, options);
}

/** On SIGINT, SIGTERM and SIGHUP ends what is running, then this process, with the shell's usual code. */
export function stopChildrenOnSignals() {
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
  const listeners = Object.entries(codes).map(([signal, code]) => {
    const listener = () => {
      if (stopping) return;
      stopping = true;
      const children = [...running];
      for (const child of children) endProcess(child, 'SIGTERM');
      const leave = () => {
        for (const child of children) endProcess(child, 'SIGKILL');
        process.exit(code);
      };
      if (children.length === 0) leave();
      const waiting = setInterval(() => {
        if (running.size === 0) leave();
      }, 50);
      setTimeout(() => {
        clearInterval(waiting);
        leave();
      }, 5000);
    };
    process.on(signal, listener);
    return [signal, listener];
  });
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
}
