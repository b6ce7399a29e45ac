// `npm run bench -- NAME [--json]`: runs one bench (or several) and prints its figures.
import { readdir, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { table, toRow } from './report.ts';
import type { Bench, BenchRow, Report } from './report.ts';

const USAGE = `npm run bench -- NAME… [--json]    run these (all: every one), print a table
npm run bench -- --list            name them
  --json   one JSON object per line on standard output, nothing else there`;

/** Modules beside this one that export `bench`; others are never loaded. */
async function findBenches(): Promise<Map<string, URL>> {
  const found = new Map<string, URL>();
  for (const file of (await readdir(new URL('.', import.meta.url))).toSorted()) {
    if (!file.endsWith('.ts') || file.includes('.test.')) continue;
    const url = new URL(file, import.meta.url);
    if (/^export const bench\b/m.test(await readFile(url, 'utf8')))
      found.set(file.slice(0, -3), url);
  }
  return found;
}

async function load(url: URL): Promise<Bench> {
  const module: { bench: Bench } = await import(url.href);
  return module.bench;
}

async function runBench(bench: Bench, json: boolean): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const add = (row: BenchRow) => {
    rows.push(row);
    if (json) process.stdout.write(`${JSON.stringify(row)}\n`);
  };
  const report: Report = {
    row: (comparison) => add(toRow(bench.name, comparison)),
    skip: (comparison, reason) =>
      add(toRow(bench.name, { ...comparison, theirs: null, note: `skipped: ${reason}` })),
    say: (text) => void process.stderr.write(`${bench.name}: ${text}\n`),
  };
  await bench.run(report);
  if (!json)
    process.stdout.write(
      `\n${bench.name}: ${bench.describe}\nratio = ours / theirs\n\n${table(rows)}\n`,
    );
  return rows;
}

/** The exit code: 1 for wrong usage. Figures short of their target are a result, not a failure. */
async function main(args: string[]): Promise<number> {
  const benches = await findBenches();
  let parsed;
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: 'boolean' }, list: { type: 'boolean' }, help: { type: 'boolean' } },
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    return 1;
  }
  const { values, positionals } = parsed;
  if (values.list) {
    for (const url of benches.values()) {
      const { name, describe } = await load(url);
      process.stdout.write(
        values.json
          ? `${JSON.stringify({ bench: name, describe })}\n`
          : `${name.padEnd(10)} ${describe}\n`,
      );
    }
    return 0;
  }
  const wanted = positionals.includes('all') ? [...benches.keys()] : positionals;
  const unknown = wanted.filter((name) => !benches.has(name));
  if (values.help || wanted.length === 0 || unknown.length > 0) {
    for (const name of unknown) process.stderr.write(`There is no bench "${name}".\n`);
    process.stderr.write(`${USAGE}\nThere are: ${[...benches.keys()].join(', ')}.\n`);
    return values.help ? 0 : 1;
  }
  for (const name of wanted) await runBench(await load(benches.get(name)!), values.json === true);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
