// Solomon's 56 problems, each by `npm run solve` as a person would run it: a process of its own, one after the
// other, on the wall clock. BENCH_SOLOMON_SECONDS=2,10 takes these times (usual: 2), BENCH_SOLOMON_EVERY=8 only
// every eighth problem for a quick look; BENCH_PYTHON names the Python that has the peers.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { repoRoot } from '../server/kernel/repo-root.ts';
import { checkRoutes } from '../shared/solver/check-routes.ts';
import type { Answer, Instance } from '../shared/solver/instance.ts';
import { parseInstance } from '../shared/solver/parse-instance.ts';
import type { Objective } from '../shared/solver/solve.ts';
import { findPeers } from './dispatch-solomon-peers.ts';
import type { Report } from './report.ts';

const SECONDS = (process.env['BENCH_SOLOMON_SECONDS'] ?? '2').split(',').map(Number);
const EVERY = Number(process.env['BENCH_SOLOMON_EVERY'] ?? 1);
/** Mean gap to the best known distance that is promised, in percent, by seconds. */
const PROMISED: Record<number, number> = { 2: 1, 10: 0.4 };
/** Best known values have two decimals: so much of a percent is no difference. */
const ROUNDING_PERCENT = 0.01;

const run = promisify(execFile);

interface Case {
  name: string;
  file: string;
  instance: Instance;
  best: Record<Objective, { distance: number; vehicles: number }>;
}

interface Outcome {
  distance: number;
  vehicles: number;
  best: { distance: number; vehicles: number };
  /** 100 · (ours / best known − 1); below 0 where ours is shorter. */
  gap: number;
}

interface Outcomes {
  all: Outcome[];
  faults: string[];
}

export async function benchSolomon(report: Report): Promise<void> {
  const folder = path.join(repoRoot(), '../shared/data/vrp/solomon');
  if (!existsSync(folder)) {
    report.skip(
      { case: 'Solomon', peer: 'best known', ours: null, unit: '%', better: 'lower' },
      `no problems in ${folder}`,
    );
    return;
  }
  const cases = await readCases(folder);
  const peers = await findPeers();
  for (const seconds of SECONDS) {
    const shortest = await solveAll(report, cases, 'distance', seconds);
    reportDistance(report, shortest, cases.length, seconds);
    for (const peer of peers) {
      const what = `Solomon ${cases.length}, distance, ${seconds} s`;
      const row = {
        case: what,
        peer: peer.name,
        ours: meanGap(shortest.all),
        unit: '% gap',
      } as const;
      if (peer.solve === null) report.skip({ ...row, better: 'lower' }, peer.reason);
      else {
        const { solve } = peer;
        const theirs = await judgeAll(
          report,
          cases,
          'distance',
          `${peer.name} ${seconds} s`,
          (each) => solve(each.instance, seconds),
        );
        report.row({
          ...row,
          theirs: meanGap(theirs.all),
          better: 'lower',
          note: `${theirs.all.length} of ${cases.length} solved rightly`,
        });
      }
    }
    if (seconds === SECONDS[0])
      reportVehicles(
        report,
        await solveAll(report, cases, 'vehicles', seconds),
        cases.length,
        seconds,
      );
  }
}

async function readCases(folder: string): Promise<Case[]> {
  const known: Record<string, { best_known_cost: number; solved_with_vehicles: number }> =
    JSON.parse(await readFile(path.join(folder, 'BKS.json'), 'utf8'));
  const best = (name: string) => {
    const { best_known_cost: distance, solved_with_vehicles: vehicles } = known[name]!;
    return { distance, vehicles };
  };
  const names = (await readdir(folder)).filter((file) => file.endsWith('.txt')).toSorted();
  return Promise.all(
    names
      .filter((_, at) => at % EVERY === 0)
      .map(async (file) => {
        const name = file.slice(0, -4);
        const instance = parseInstance(await readFile(path.join(folder, file), 'utf8'));
        return {
          name,
          file: path.join(folder, file),
          instance,
          best: { vehicles: best(name), distance: best(`${name}_distance`) },
        };
      }),
  );
}

async function solveAll(report: Report, cases: Case[], objective: Objective, seconds: number) {
  const command = path.join(repoRoot(), 'server/solve.ts');
  return judgeAll(report, cases, objective, `${objective} ${seconds} s`, async ({ file }) => {
    const options = ['--objective', objective, '--seconds', String(seconds)];
    const args = ['--import', 'tsx', command, file, ...options];
    const { stdout } = await run(process.execPath, args, { cwd: repoRoot() });
    return JSON.parse(stdout) as Answer;
  });
}

/** What each answer comes to by the checker; one that is wrong or missing is a fault and counts nowhere. */
async function judgeAll(
  report: Report,
  cases: Case[],
  objective: Objective,
  what: string,
  solve: (each: Case) => Promise<Answer | null>,
): Promise<Outcomes> {
  const outcomes: Outcomes = { all: [], faults: [] };
  for (const each of cases) {
    const answer = await solve(each);
    const verdict = answer && checkRoutes(each.instance, answer);
    if (verdict === null || verdict.faults.length > 0) {
      outcomes.faults.push(`${each.name}: ${verdict?.faults[0] ?? 'no answer'}`);
      continue;
    }
    const best = each.best[objective];
    const gap = 100 * (verdict.distance / best.distance - 1);
    outcomes.all.push({ distance: verdict.distance, vehicles: verdict.vehicles, best, gap });
    const figures = `${verdict.distance.toFixed(2)} with ${verdict.vehicles}`;
    report.say(
      `${what} ${each.name}: ${figures}, best known ${best.distance} with ${best.vehicles}`,
    );
  }
  return outcomes;
}

const meanGap = (outcomes: readonly Outcome[]): number | null =>
  outcomes.length === 0 ? null : outcomes.reduce((sum, { gap }) => sum + gap, 0) / outcomes.length;

function reportDistance(report: Report, { all, faults }: Outcomes, count: number, seconds: number) {
  const what = `Solomon ${count}, distance, ${seconds} s`;
  const worst = Math.max(...all.map(({ gap }) => gap));
  report.row({
    case: `${what}: mean gap`,
    peer: 'what is promised',
    ours: meanGap(all),
    theirs: PROMISED[seconds] ?? null,
    unit: '%',
    better: 'lower',
    target: 1,
    sameResult: faults.length === 0,
    note: faults[0] ?? `all answers right; worst ${worst.toFixed(2)} %`,
  });
  report.row({
    case: `${what}: at best known or shorter`,
    peer: 'all of them',
    ours: all.filter(({ gap }) => gap <= ROUNDING_PERCENT).length,
    theirs: count,
    unit: 'problems',
    better: 'higher',
  });
}

function reportVehicles(report: Report, { all, faults }: Outcomes, count: number, seconds: number) {
  const what = `Solomon ${count}, vehicles first, ${seconds} s`;
  const even = all.filter(({ vehicles, best }) => vehicles === best.vehicles);
  report.row({
    case: `${what}: all vehicles`,
    peer: 'best known',
    ours: all.reduce((sum, { vehicles }) => sum + vehicles, 0),
    theirs: all.reduce((sum, { best }) => sum + best.vehicles, 0),
    unit: 'vehicles',
    better: 'lower',
    sameResult: faults.length === 0,
    note: faults[0] ?? 'all answers right',
  });
  report.row({
    case: `${what}: fewest known reached`,
    peer: 'all of them',
    ours: all.filter(({ vehicles, best }) => vehicles <= best.vehicles).length,
    theirs: count,
    unit: 'problems',
    better: 'higher',
    note: `mean gap of distance where the fleet is the same: ${meanGap(even)?.toFixed(3)} %`,
  });
}
