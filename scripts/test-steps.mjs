// The steps of `npm test`, in order: each runs one tool and resolves to `{ passed, failed, skipped }`, with
// a `note` on what went wrong and the `output` to show, or `{ absent }` where this machine can't run it.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { buildAll } from './build.mjs';
import { browserVersion, findOrInstallBrowser } from './find-browser.mjs';
import { findPostgres } from './find-postgres.mjs';
import { root, runNode } from './processes.mjs';
import { countPlaywright, countVitest } from './test-reports.mjs';

const reports = path.join(root, 'test-results', 'reports');
const tool = (...parts) => path.join(root, 'node_modules', ...parts);
const minutes = (count) => count * 60_000;

/** Some tools colour their output in a log file too when CI is set. */
if (!process.stdout.isTTY) {
  process.env.NO_COLOR = '1';
  delete process.env.FORCE_COLOR;
}

/** What ran on what, in words, for the end of the run. */
export const ranOn = new Map();

function reportFile(name) {
  mkdirSync(reports, { recursive: true });
  const file = path.join(reports, `${name}.json`);
  rmSync(file, { force: true });
  return file;
}

/** A tool whose exit code is its whole answer: one check, passed or failed. */
function check(name, args) {
  return {
    name,
    kind: 'static',
    run: async () => {
      const { code, output } = await runNode(args, { timeoutMs: minutes(5) });
      if (code === 0) return { passed: 1, failed: 0, skipped: 0 };
      // Some colour their output whenever CI is set.
      const words = process.stdout.isTTY ? output : stripVTControlCharacters(output);
      return { passed: 0, failed: 1, skipped: 0, output: words };
    },
  };
}

async function runVitest(project, env = process.env) {
  const report = reportFile(project);
  const { code } = await runNode(
    [
      tool('vitest', 'vitest.mjs'),
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { live: true, env, timeoutMs: minutes(20) },
  );
  return countVitest(report, code);
}

async function runOnServer() {
  const given = process.env.TEST_DATABASE_URL;
  const found = given ? undefined : findPostgres();
  if (!given && !found) {
    const absent =
      'no PostgreSQL ≥ 15 with PostGIS is installed and TEST_DATABASE_URL is not set: not run';
    ranOn.set('Database server', absent);
    return { absent };
  }
  const what = given
    ? 'the server at TEST_DATABASE_URL'
    : `PostgreSQL ${found.version} (${found.bin})`;
  ranOn.set('Database server', `${what}, in a cluster of its own`.replace(/(URL), .*/, '$1'));
  return runVitest('db-server');
}

async function runBuild() {
  try {
    await buildAll();
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (error) {
    return { passed: 0, failed: 1, skipped: 0, note: error.message };
  }
}

async function runBrowser() {
  let executable;
  try {
    executable = await findOrInstallBrowser();
  } catch (error) {
    ranOn.set('Browser', 'none');
    return { passed: 0, failed: 1, skipped: 0, note: error.message };
  }
  ranOn.set('Browser', `${browserVersion(executable)} (${executable})`);
  const report = reportFile('browser');
  const env = {
    ...process.env,
    CHROMIUM_PATH: executable,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  };
  const { code } = await runNode([tool('@playwright', 'test', 'cli.js'), 'test'], {
    live: true,
    env,
    timeoutMs: minutes(30),
  });
  return countPlaywright(report, code);
}

export const steps = [
  check('format', [tool('oxfmt', 'bin', 'oxfmt'), '--check']),
  check('lint', [
    tool('oxlint', 'bin', 'oxlint'),
    '--quiet',
    '--report-unused-disable-directives-severity=error',
  ]),
  check('layers', [path.join(root, 'scripts', 'check-layers.mjs')]),
  check('types', [
    tool('@typescript', 'native', 'bin', 'tsc'),
    '-p',
    path.join(root, 'tsconfig.json'),
  ]),
  check('dead-code', [tool('knip', 'bin', 'knip.js'), '--no-progress', '--no-config-hints']),
  { name: 'unit', kind: 'tests', run: () => runVitest('unit') },
  { name: 'dom', kind: 'tests', run: () => runVitest('dom') },
  {
    name: 'db-embedded',
    kind: 'tests',
    run: () => {
      ranOn.set('Embedded database', 'PGlite with PostGIS');
      return runVitest('db-embedded');
    },
  },
  { name: 'db-server', kind: 'tests', run: runOnServer },
  { name: 'build', kind: 'static', needed: true, run: runBuild },
  { name: 'browser', kind: 'tests', run: runBrowser },
];

/** The steps named in `--only a,b`; all without it. A browser test needs what it tests to be built. */
export function chosenSteps(only) {
  if (only === undefined) return steps;
  const names = new Set(only.split(',').map((name) => name.trim()));
  if (names.delete('database')) names.add('db-embedded').add('db-server');
  if (names.delete('static')) for (const step of steps.slice(0, 5)) names.add(step.name);
  if (names.has('browser')) names.add('build');
  const known = new Set(steps.map((step) => step.name));
  const unknown = [...names].filter((name) => !known.has(name));
  if (unknown.length > 0 || names.size === 0)
    throw new Error(
      `--only knows ${[...known].join(', ')}, database, static; not "${unknown.join(', ')}".`,
    );
  return steps.filter((step) => names.has(step.name));
}
