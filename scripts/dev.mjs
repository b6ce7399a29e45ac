// `npm run dev`: the server restarting on every change, and the client with hot reloading in front of it.
import './check-node.mjs';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureInstalled } from './install.mjs';
import { root, say } from './processes.mjs';

function start(parts, env) {
  const file = path.join(root, 'node_modules', ...parts[0]);
  const child = spawn(process.execPath, [file, ...parts.slice(1)], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  child.on('exit', (code) => stopAll(code ?? 1));
  return child;
}

let children = [];
let over = false;

function stopAll(code) {
  if (over) return;
  over = true;
  for (const child of children) child.kill('SIGTERM');
  process.exitCode = code;
}

await ensureInstalled();
children = [
  start([['tsx', 'dist', 'cli.mjs'], 'watch', '--clear-screen=false', 'server/main.ts']),
  start([['vite', 'bin', 'vite.js']]),
];
say('The client with hot reloading: http://localhost:5173');
process.on('SIGINT', () => stopAll(0));
process.on('SIGTERM', () => stopAll(0));
