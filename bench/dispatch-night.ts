// A simulated night of 40 teams and 400 places on real streets, under three policies: ours, the nearest free team, and
// greedy insertion. BENCH_SEEDS and BENCH_BUDGET_MS make a quick look of it, BENCH_TEAMS and BENCH_PLACES another night.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { repoRoot } from '../server/kernel/repo-root.ts';
import { nearestFreeTeam, planner } from './dispatch-night-policies.ts';
import { Night } from './dispatch-night-sim.ts';
import type { Result } from './dispatch-night-sim.ts';
import { makeWorld } from './dispatch-night-world.ts';
import { readGround } from './dispatch-streets.ts';
import type { Ground } from './dispatch-streets.ts';
import type { Report } from './report.ts';

const number = (name: string, usual: number): number => Number(process.env[name] ?? usual);
const SEEDS = number('BENCH_SEEDS', 20);
const TEAMS = number('BENCH_TEAMS', 40);
const PLACES = number('BENCH_PLACES', 400);
/** For the search itself; what a repair takes is measured whole. */
const BUDGET_MS = number('BENCH_BUDGET_MS', 40);
const SPOTS = 500;

/** The size of a large city; and a few blocks, where ways are short and there is little to choose. */
const grounds = [
  { extract: 'andorra', name: 'Andorra' },
  { extract: 'Helsinki', name: 'Helsinki, centre' },
] as const;

export async function benchNight(report: Report): Promise<void> {
  for (const { extract, name } of grounds) {
    const file = path.join(repoRoot(), '../shared/data/osm', `${extract}.osm.pbf`);
    const wanted = { case: `night, ${name}`, peer: 'nearest free team', ours: null, unit: '' };
    if (existsSync(file)) measure(report, name, await readGround(file, SPOTS, 1));
    else report.skip({ ...wanted, better: 'lower' }, `no ${extract}.osm.pbf`);
  }
}

interface Runs {
  ours: Result[];
  nearest: Result[];
  greedy: Result[];
  times: number[];
}

function measure(report: Report, name: string, { grid, kilometers }: Ground): void {
  const runs: Runs = { ours: [], nearest: [], greedy: [], times: [] };
  for (let seed = 1; seed <= SEEDS; seed++) {
    const world = makeWorld({ teams: TEAMS, places: PLACES, spots: grid.size, seed });
    const run = (policy: ConstructorParameters<typeof Night>[2]) =>
      new Night(world, grid, policy).run();
    runs.nearest.push(run(nearestFreeTeam));
    runs.greedy.push(run(planner(0, [])));
    runs.ours.push(run(planner(BUDGET_MS, runs.times)));
    const at = seed - 1;
    report.say(
      `${name}, seed ${seed}: ${ratio(runs.ours[at]!, runs.nearest[at]!).toFixed(3)} of nearest, ${ratio(runs.ours[at]!, runs.greedy[at]!).toFixed(3)} of greedy`,
    );
  }
  report.say(`${name}: ${Math.round(kilometers)} km of one-way streets`);
  compare(report, name, runs, 'nearest', 'nearest free team', 0.75);
  compare(report, name, runs, 'greedy', 'greedy insertion', 0.9);
  details(report, name, runs);
}

const ratio = (ours: Result, theirs: Result): number => ours.weighted / theirs.weighted;
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean of the nights' own ratios, which is what the target speaks of. */
function compare(
  report: Report,
  name: string,
  runs: Runs,
  peer: 'nearest' | 'greedy',
  peerName: string,
  target: number,
): void {
  const ratios = runs.ours.map((ours, at) => ratio(ours, runs[peer][at]!));
  const peerMean = mean(runs[peer].map(({ weighted }) => weighted));
  report.row({
    case: `night, ${name}: weighted minutes outside`,
    peer: peerName,
    ours: mean(ratios) * peerMean,
    theirs: peerMean,
    unit: 'min',
    better: 'lower',
    target,
    note: `mean ratio of ${SEEDS} nights, ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`,
  });
}

function details(report: Report, name: string, runs: Runs): void {
  const sorted = runs.times.toSorted((a, b) => a - b);
  const quantile = (q: number): number => sorted[Math.floor(q * (sorted.length - 1))]!;
  report.row({
    case: `night, ${name}: plan repair p99`,
    peer: '300 ms',
    ours: quantile(0.99),
    theirs: 300,
    unit: 'ms',
    better: 'lower',
    target: 1,
    note: `p50 ${quantile(0.5).toFixed(0)} ms, most ${sorted.at(-1)!.toFixed(0)} ms, ${sorted.length} repairs, ${BUDGET_MS} ms of search`,
  });
  const said = (of: (result: Result) => number, digits: number): string =>
    (['ours', 'nearest', 'greedy'] as const)
      .map((who) => `${who} ${mean(runs[who].map(of)).toFixed(digits)}`)
      .join(', ');
  report.say(`${name}: busy in hours 2 to 4: ${said((r) => 100 * r.busyShare, 0)} %`);
  report.say(`${name}: mean minutes until somebody came: ${said((r) => r.meanMinutes, 1)}`);
  report.say(`${name}: urgent later than 30 min: ${said((r) => 100 * r.lateShare, 1)} %`);
  report.say(`${name}: not reached: ${said((r) => r.unreached, 1)}`);
  report.say(`${name}: left for want of a seat or bed: ${said((r) => r.leftOut, 1)}`);
}
