// `npm run chaos -- --seeds 20 [--first 1] [--acts 300] [--tablets 5]`: nights on which everything that can die does.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { launchOptions } from './browser.ts';
import { faultsOf, playNight } from './night.ts';
import type { Verdict } from './night.ts';
import { planNight } from './plan.ts';
import { Town } from './town.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    first: { type: 'string', default: '1' },
    acts: { type: 'string', default: '300' },
    tablets: { type: 'string', default: '5' },
  },
});
const [seeds, first, acts, tablets] = [
  Number(values.seeds),
  Number(values.first),
  Number(values.acts),
  Number(values.tablets),
];
const traces = path.resolve('test-results/chaos');

function lineOf(verdict: Verdict): string {
  const { seed, seconds, kills, cuts, losses, deaths, conflicts, trackPoints } = verdict;
  const wrong = faultsOf(verdict);
  return (
    `seed ${seed}: ${verdict.acts} acts, ${trackPoints} track points; ` +
    `${kills} pages killed, ${cuts} lines cut, ${losses} requests or answers lost, ` +
    `${deaths} servers killed; ${conflicts} conflicts, ${verdict.overtaken} overtaken; ${seconds} s: ` +
    (wrong.length === 0 ? 'ok' : `NOT (${wrong.length}) ${wrong[0]?.slice(0, 300)}`)
  );
}

const traceOf = (seed: number): string => path.join(traces, `seed-${seed}.txt`);
const keepTrace = (seed: number, parts: readonly string[]): void =>
  writeFileSync(traceOf(seed), parts.join('\n\n'));

/** @returns whether it holds */
async function play(browser: Browser, town: Town, seed: number): Promise<boolean> {
  const plan = planNight(seed, { tablets, acts });
  try {
    // While it is played the trace grows line by line: of a night that hangs it says where.
    keepTrace(seed, ['']);
    const onNote = (line: string) => appendFileSync(traceOf(seed), `${line}\n`);
    const verdict = await playNight(browser, town, plan, onNote);
    const wrong = faultsOf(verdict);
    const enough = verdict.acts >= acts;
    console.log(lineOf(verdict) + (enough ? '' : ` NOT: only ${verdict.acts} of ${acts} acts`));
    keepTrace(seed, [
      lineOf(verdict),
      wrong.join('\n'),
      verdict.log.join('\n'),
      `servers:\n${town.logs()}`,
    ]);
    return wrong.length === 0 && enough;
  } catch (error) {
    console.log(`seed ${seed}: NOT played to its end: ${String(error).split('\n')[0]}`);
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    keepTrace(seed, [String(error), stack, `servers:\n${town.logs()}`]);
    return false;
  }
}

async function main(): Promise<number> {
  const town = await Town.found();
  if (!town) {
    console.error('chaos: needs an installed PostgreSQL with PostGIS');
    return 2;
  }
  mkdirSync(traces, { recursive: true });
  let bad = 0;
  try {
    for (let seed = first; seed < first + seeds; seed += 1) {
      const browser = await chromium.launch(launchOptions);
      if (!(await play(browser, town, seed))) bad += 1;
      await browser.close();
    }
  } finally {
    await town.stop();
  }
  console.log(bad === 0 ? `all ${seeds} nights hold` : `${bad} of ${seeds} nights do not hold`);
  return bad === 0 ? 0 : 1;
}

process.exitCode = await main();
