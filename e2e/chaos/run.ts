// `npm run chaos -- --seeds 20 [--first 1] [--acts 300] [--tablets 5]`: nights on which everything that can die does.
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { browserFlags, findBrowser } from '../../scripts/find-browser.mjs';
import { isGood, playNight } from './night.ts';
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

/** The map is not what is tried here: without it pages are cheap enough for five at once. */
const withoutMap = [
  ...browserFlags.filter((flag) => !/swiftshader/.test(flag)),
  '--disable-gpu',
  '--disable-3d-apis',
];

function lineOf(verdict: Verdict): string {
  const { seed, seconds, kills, cuts, deaths } = verdict;
  const faults = (['lost', 'unknown', 'doubled', 'stuck', 'differing'] as const)
    .filter((key) => verdict[key].length > 0)
    .map((key) => `${key} ${verdict[key].length}: ${verdict[key].slice(0, 3).join(' ')}`);
  const said = faults.length === 0 ? 'each once, all screens as the server' : faults.join('; ');
  return `seed ${seed}: ${verdict.acts} actions, ${kills} pages killed, ${cuts} lines cut, ${deaths} servers killed, ${seconds} s: ${said}`;
}

async function main(): Promise<number> {
  const town = await Town.found();
  if (!town) {
    console.error('chaos: needs an installed PostgreSQL with PostGIS');
    return 2;
  }
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    args: withoutMap,
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  let bad = 0;
  try {
    for (let seed = first; seed < first + seeds; seed += 1) {
      const verdict = await playNight(browser, town, planNight(seed, { tablets, acts })); // oxlint-disable-line no-await-in-loop -- one night after the other
      if (!isGood(verdict)) bad += 1;
      console.log(lineOf(verdict));
    }
  } finally {
    await browser.close();
    await town.stop();
  }
  console.log(bad === 0 ? `all ${seeds} nights hold` : `${bad} of ${seeds} nights do not hold`);
  return bad === 0 ? 0 : 1;
}

process.exitCode = await main();
