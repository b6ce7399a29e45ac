// The Chromium that the browser tests drive: found here, for the tests' configuration and `npm test` alike.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root, run, runNode, say } from './processes.mjs';

const require = createRequire(import.meta.url);

/** Software rendering for the map, and no connection to anywhere but the page under test. */
export const browserFlags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

const commandNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const fixedPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The version that a browser prints of itself; undefined when it doesn't run (a snap's stub, say). */
export function browserVersion(executable) {
  if (!existsSync(executable)) return undefined;
  const result = spawnSync(executable, ['--version', '--no-sandbox'], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  const words = result.status === 0 ? result.stdout.trim().split('\n').pop() : '';
  return /\d+\./.test(words) ? words : undefined;
}

function firstThatRuns(candidates) {
  return candidates.find((executable) => browserVersion(executable) !== undefined);
}

function playwrightsOwn() {
  try {
    return require('@playwright/test').chromium.executablePath();
  } catch {
    return '';
  }
}

/**
 * The path of a Chromium that runs: CHROMIUM_PATH, else an installed one, else Playwright's own download;
 * undefined when there is none. Throws when CHROMIUM_PATH names one that doesn't run.
 */
export function findBrowser() {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted) {
    if (browserVersion(wanted)) return wanted;
    throw new Error(`CHROMIUM_PATH names ${wanted}, which is not a Chromium that runs.`);
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const onPath = commandNames.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return firstThatRuns([...onPath, ...fixedPlaces, playwrightsOwn()].filter(Boolean));
}

async function downloadPlaywrights() {
  say('No Chromium is installed; trying the one that Playwright brings …');
  const cli = path.join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  await runNode([cli, 'install', 'chromium'], { timeoutMs: 300_000 });
  return firstThatRuns([playwrightsOwn()]);
}

/** The npm package carries a Chromium for 64-bit Linux that needs no rights and no other network. */
async function unpackFromNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  say('Trying the Chromium inside the npm package @sparticuz/chromium …');
  const packageFile = path.join(root, 'node_modules', '@sparticuz', 'chromium', 'package.json');
  const before = process.env.TMPDIR;
  try {
    const { version } = JSON.parse(readFileSync(packageFile, 'utf8'));
    // It unpacks into the temporary folder and never looks at the version there: give each its own.
    process.env.TMPDIR = path.join(root, '.cache', `chromium-${version}`);
    mkdirSync(process.env.TMPDIR, { recursive: true });
    const { default: chromium } = await import('@sparticuz/chromium');
    return firstThatRuns([await chromium.executablePath()]);
  } catch {
    return undefined;
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

async function installFromSystem() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return undefined;
  say("Trying the system's package manager (apt-get install chromium) …");
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env, timeoutMs: 300_000 });
  await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium'], {
    env,
    timeoutMs: 900_000,
  });
  return findBrowser();
}

/** Like findBrowser, but goes and gets one when there is none. Throws an Error that says what to do. */
export async function findOrInstallBrowser() {
  const found =
    findBrowser() ??
    (await downloadPlaywrights()) ??
    (await unpackFromNpm()) ??
    (await installFromSystem());
  if (found) return found;
  throw new Error(
    'No Chromium for the browser tests could be found or installed. Install Chromium or Google Chrome ' +
      '(Debian and Ubuntu: sudo apt-get install chromium), or set CHROMIUM_PATH to one, and run this again.',
  );
}
