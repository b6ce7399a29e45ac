// `npm run hindcast`: how much of each next month the forecast of where people are would have caught, on a CSV
// file of past events.
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CsvError } from 'csv-parse';
import { firstDayOf, monthName } from '../shared/presence/calendar.ts';
import { inHexagons, inOrder, inSquares } from '../shared/presence/event-cells.ts';
import type { EventsInCells, PlacedEvents } from '../shared/presence/event-cells.ts';
import { cellBudget, firstTestedMonth, hindcast } from '../shared/presence/hindcast.ts';
import type { HindcastResult } from '../shared/presence/hindcast.ts';
import { readRows, UsageError } from './hindcast-file.ts';
import type { RowColumns, RowsOfFile } from './hindcast-file.ts';

const USAGE = `Forecasts, month by month and from earlier rows only, in which cells the next month's events will be, and
says what share of them the best cells caught.

npm run hindcast -- FILE.csv --lon COLUMN --lat COLUMN --time COLUMN (--cell-meters M | --h3 R) [options]

  FILE.csv             with a header line; .csv.gz is read too; - reads standard input
  --lon, --lat COLUMN  columns with the position in degrees (WGS-84)
  --time COLUMN        column with the time; its calendar month counts as it is written
  --weight COLUMN      column with what a row counts (default 1 each)
  --cell-meters M      square cells of M metres
  --h3 R               H3 cells of resolution R
  --share S            how much of the cells may be named, above 0, at most 1 (default 0.05)
  --from YYYY-MM       first month that counts (default: after 12 months with events, or two thirds of them)
  --json               the last line is {"hit","oracle","pai","pei","months","baselines"}
  --help

hit: mean share of a month's events (by weight) in the cells named. oracle: the same for who knows the month. pai: hit / share of the cells. pei: hit / oracle. All but pai run from 0 to 1; they are null where
no month could be tested. Rows that can't be used are counted on standard error. How it is measured:
docs/presence.md. Ends with 2 when the arguments or the file are wrong.`;

type Cells = { meters: number } | { resolution: number };
export interface HindcastArguments extends RowColumns {
  file: string;
  cells: Cells;
  share: number;
  /** year x 12 + month; null = as the protocol says */
  from: number | null;
  json: boolean;
}

/** Null when help was asked for. Throws UsageError. */
export function readArguments(args: readonly string[]): HindcastArguments | null {
  const text = { type: 'string' } as const;
  const yes = { type: 'boolean', default: false } as const;
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        lon: text,
        lat: text,
        time: text,
        weight: text,
        'cell-meters': text,
        h3: text,
        share: { ...text, default: '0.05' },
        from: text,
        json: yes,
        help: yes,
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const { values, positionals } = parsed;
  if (values.help) return null;
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('Name the file to forecast from.');
  if (more.length > 0) throw new UsageError(`One file at a time; what is "${more.join(' ')}"?`);
  return {
    file,
    lonColumn: required('lon', values.lon),
    latColumn: required('lat', values.lat),
    timeColumn: required('time', values.time),
    weightColumn: values.weight === undefined ? null : required('weight', values.weight),
    cells: cellsFrom(values['cell-meters'], values.h3),
    share: within('share', values.share, (share) => share > 0 && share <= 1, 'above 0, at most 1'),
    from: values.from === undefined ? null : monthFrom(values.from),
    json: values.json,
  };
}

function required(name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new UsageError(`--${name} is missing.`);
  return value;
}

function within(name: string, text: string, fits: (n: number) => boolean, what: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || !fits(number))
    throw new UsageError(`--${name} must be a number ${what}, not "${text}".`);
  return number;
}

function cellsFrom(meters: string | undefined, resolution: string | undefined): Cells {
  if (meters !== undefined && resolution !== undefined)
    throw new UsageError('Either --cell-meters or --h3, not both.');
  if (meters !== undefined)
    return {
      meters: within('cell-meters', meters, (m) => m >= 1 && m <= 1e6, 'from 1 to 1000000'),
    };
  if (resolution === undefined) throw new UsageError('Say --cell-meters M or --h3 R.');
  const fits = (r: number) => Number.isInteger(r) && r >= 0 && r <= 15;
  return { resolution: within('h3', resolution, fits, 'that is whole, from 0 to 15') };
}

function monthFrom(text: string): number {
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(text) ?? [];
  if (year === undefined || Number(month) < 1 || Number(month) > 12)
    throw new UsageError(`--from must be a month as 2025-01, not "${text}".`);
  return Number(year) * 12 + Number(month) - 1;
}

export interface Hindcast {
  result: HindcastResult;
  cells: number;
  named: number;
  from: number | null;
}

/** Rows in any order. */
export function hindcastRows(
  unordered: PlacedEvents,
  { cells, share, from: asked }: Pick<HindcastArguments, 'cells' | 'share' | 'from'>,
): Hindcast {
  const rows = inOrder(unordered);
  const from = asked ?? firstTestedMonth(rows.day);
  const placed: EventsInCells =
    'meters' in cells
      ? inSquares(rows, cells.meters, layoutBefore(rows.day, from))
      : inHexagons(rows, cells.resolution);
  const { events, kernels, tieBreak } = placed;
  const result = hindcast(events, kernels, { share, from: from ?? Infinity, tieBreak });
  return { result, cells: events.cells, named: cellBudget(share, events.cells), from };
}

/** The grid is laid by what came before the first month that counts; that is never the first month of all. */
function layoutBefore(days: Int32Array, from: number | null): number {
  const first = days[0];
  if (from === null || first === undefined) return Infinity;
  return Math.max(firstDayOf(from), first + 1);
}

const inPercent = (share: number | null): string =>
  share === null ? '–' : `${(share * 100).toFixed(1)} %`;

function told({ result, cells, named, from }: Hindcast): string {
  const lines = [
    `${result.months} months${from === null ? '' : ` from ${monthName(from)}`}, ${named} of ${cells} cells named`,
    `hit ${inPercent(result.hit)}, oracle ${inPercent(result.oracle)}, pai ${result.pai?.toFixed(2) ?? '–'}, pei ${result.pei?.toFixed(3) ?? '–'}`,
    ...Object.entries(result.baselines).map(([name, hit]) => `${name} ${inPercent(hit)}`),
  ];
  return lines.join('\n');
}

function report({ read, skipped, dayFirst, rows }: RowsOfFile): string {
  const { withoutPosition, withoutTime, withoutWeight } = skipped;
  const order = dayFirst ? ' Dates were read with the day first.' : '';
  return `${read} rows, ${rows.lon.length} used; skipped: ${withoutPosition} without a possible position, ${withoutTime} without a possible time, ${withoutWeight} without a possible weight.${order}`;
}

/** In words, what went wrong; undefined when it is not about the arguments or the file. */
function inWords(error: unknown): string | undefined {
  if (error instanceof UsageError) return `${error.message}\nSee --help.`;
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `There is no file ${path}.`;
  if (code === 'EISDIR') return 'That is a folder, not a file.';
  if (code === 'EACCES' || code === 'EPERM') return `No permission for ${path}.`;
  if (error instanceof CsvError) return `Not a CSV file that can be read: ${message}.`;
  if (code?.startsWith('Z_')) return `Not a gzip file that can be read: ${message}.`;
  return undefined;
}

interface Streams {
  stdout: { write(text: string): void };
  stderr: { write(text: string): void };
}

/** The exit code. */
export async function main(
  args: readonly string[],
  { stdout, stderr }: Streams = process,
): Promise<number> {
  try {
    const options = readArguments(args);
    if (options === null) {
      stdout.write(`${USAGE}\n`);
      return 0;
    }
    const raw = options.file === '-' ? process.stdin : createReadStream(options.file);
    const read = await readRows(options.file, raw, options);
    stderr.write(`${report(read)}\n`);
    if (read.read > 0 && read.rows.lon.length === 0)
      throw new UsageError('Not one of the rows can be used: are these the right columns?');
    const done = hindcastRows(read.rows, options);
    if (done.result.months === 0)
      stderr.write('No month could be tested: there must be one with events before it.\n');
    stdout.write(`${told(done)}\n`);
    if (options.json) stdout.write(`${JSON.stringify(done.result)}\n`);
    return 0;
  } catch (error) {
    const words = inWords(error);
    if (words === undefined) throw error;
    stderr.write(`${words}\n`);
    return 2;
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  process.exitCode = await main(process.argv.slice(2));
