// How much of next month the forecast of where people are would have caught, on real cities.
import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import { hindcastRows, readArguments } from '../server/hindcast.ts';
import { readRows } from '../server/hindcast-file.ts';
import type { Report } from './report.ts';

const DATA = path.resolve(import.meta.dirname, '../../shared/data/homeless');

interface City {
  name: string;
  file: string;
  time: string;
  /** What it has to reach on which cells: per cent. */
  promised: number;
}
const CITIES: readonly City[] = [
  {
    name: 'Tacoma clean-ups',
    file: 'tacoma_encampments/encampment_cleanups.csv',
    time: 'created',
    promised: 39,
  },
  {
    name: 'Seattle impounds',
    file: 'seattle_impounds/impounds_2014-2024_geo.csv.gz',
    time: 'requested_at',
    promised: 50,
  },
];
const CELLS = [
  ['200 m', ['--cell-meters', '200']],
  ['H3 9', ['--h3', '9']],
] as const;

export async function benchHindcast(report: Report): Promise<void> {
  for (const city of CITIES)
    for (const [cells, flags] of CELLS) await onCity(report, city, cells, flags);
}

async function onCity(
  report: Report,
  { name, file, time, promised }: City,
  cells: string,
  flags: readonly string[],
): Promise<void> {
  const row = { case: `hindcast, ${name}, ${cells}`, unit: '%', better: 'higher' } as const;
  const at = path.join(DATA, file);
  if (!existsSync(at)) {
    report.skip({ ...row, peer: 'promised', ours: null }, `no ${file}`);
    return;
  }
  const options = readArguments([at, '--lon', 'lon', '--lat', 'lat', '--time', time, ...flags])!;
  const { rows } = await readRows(at, createReadStream(at), options);
  const began = performance.now();
  const { result } = hindcastRows(rows, options);
  const seconds = (performance.now() - began) / 1000;
  const percent = (share: number | null) => (share === null ? null : share * 100);
  const ours = percent(result.hit);
  const note = `${result.months} months, ${seconds.toFixed(1)} s`;
  report.row({ ...row, peer: 'promised', ours, theirs: promised, target: 1, note });
  for (const [peer, hit] of Object.entries(result.baselines))
    report.row({ ...row, peer, ours, theirs: percent(hit), target: 1 });
  report.row({ ...row, peer: 'oracle', ours, theirs: percent(result.oracle) });
}
