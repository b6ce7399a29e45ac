// Installs the npm packages when something that package-lock.json names is missing or another version.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { missingRepairs } from './patch-postgres.mjs';
import { duration, root, run, say } from './processes.mjs';

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Names what keeps the installed packages from being what the lock says; undefined when nothing does. */
export function findMissingPackage(projectRoot) {
  const lock = readJson(path.join(projectRoot, 'package-lock.json'));
  if (!lock)
    throw new Error('package-lock.json is missing or unreadable: is this a whole checkout?');
  const installed = readJson(path.join(projectRoot, 'node_modules', '.package-lock.json'));
  if (!installed) return 'no packages are installed yet';
  for (const [where, wanted] of Object.entries(lock.packages)) {
    if (where === '' || wanted.link) continue;
    const name = where.slice(where.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const found = installed.packages[where];
    // An optional package is for another platform, or one that npm found it could do without.
    if (!found) {
      if (wanted.optional || wanted.devOptional || wanted.peer) continue;
      return `${name} is missing`;
    }
    if (found.version !== wanted.version) return `${name} changed to ${wanted.version}`;
    if (!wanted.optional && !existsSync(path.join(projectRoot, where, 'package.json')))
      return `${name} is missing`;
  }
  return undefined;
}

/**
 * The npm that started us, else the one on the path.
 * @returns {[string, string[]]}
 */
function npmCommand() {
  const npmCli = process.env.npm_execpath;
  if (npmCli && /npm-cli\.c?js$/.test(npmCli) && existsSync(npmCli))
    return [process.execPath, [npmCli]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
}

/** Brings node_modules in line with the lock, which stays untouched. Throws an Error in words. */
export async function ensureInstalled() {
  const reason = findMissingPackage(root);
  if (reason !== undefined) await install(reason);
  // npm does this after an install, unless it is set to run no scripts.
  if (missingRepairs().length > 0) {
    const patch = path.join(root, 'scripts', 'patch-postgres.mjs');
    const { code, output } = await run(process.execPath, [patch]);
    if (code !== 0) throw new Error(output);
  }
}

async function install(reason) {
  say(`Installing packages (${reason}); the first time takes a minute or two …`);
  const [command, first] = npmCommand();
  // Not `npm ci`: it fails where the registry lacks another platform's optional package.
  const args = [...first, 'install', '--no-save', '--include=dev', '--no-audit', '--no-fund'];
  // npm's own waits add up to minutes where there is no network at all.
  args.push('--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=8000');
  const begun = performance.now();
  const patience = setInterval(() => {
    say(
      `Still installing after ${duration(performance.now() - begun)} (is the network slow, or absent?) …`,
    );
  }, 45_000);
  let result = await run(command, args);
  if (result.code !== 0 && !/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH/.test(result.output)) {
    say('That failed; trying once more …');
    result = await run(command, args);
  }
  clearInterval(patience);
  const stillMissing = result.code === 0 ? findMissingPackage(root) : undefined;
  if (result.code !== 0 || stillMissing) {
    process.stderr.write(result.output);
    const why = stillMissing ?? `npm ended with code ${result.code}`;
    throw new Error(
      `The packages could not be installed: ${why}. Is the npm registry reachable from here?`,
    );
  }
  say(`Packages installed in ${duration(result.milliseconds)}.`);
}
