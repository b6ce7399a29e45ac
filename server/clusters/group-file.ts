// `npm run cluster`: groups the rows of a CSV file by the server's own rule and writes them back with a
// label each.
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createGunzip, createGzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify';
import { groupPoints } from '../../shared/clusters/grouping.ts';
import type { Surface } from '../../shared/clusters/point-columns.ts';

/** Wrong usage or a wrong file: the message is for the person at the terminal. */
export class UsageError extends Error {}

export const USAGE = `Groups the rows of a CSV file and writes them back with a label each (-1 = noise).

npm run cluster -- FILE.csv --lon COLUMN --lat COLUMN --eps METERS [options]

  FILE.csv             with a header line; .csv.gz is read too; - reads standard input
  --lon, --lat COLUMN  columns with the position in degrees (WGS-84)
  --eps METERS         rows at most this far apart are linked
  --min-points N       rows within eps, itself counted, that make a core row (default 1)
  --max-diameter M     groups wider than M metres are cut; off leaves them whole (default off)
  --earth MODEL        sphere (default): mean radius 6371008.8 m, as the haversine formula of other tools
                       ellipsoid: WGS-84, as the server groups sightings; at most 0.6 % different
                       flat: the two columns are x and y in metres
  --out FILE           write there instead of to standard output; .gz is compressed
  --help

Rows without a possible position are kept, with an empty label, and counted on standard error. The new
column is called label, or cluster_label (cluster_label_2, ...) where the file has such a column already.
For the server's own groups: --earth ellipsoid --max-diameter 250.`;

export interface GroupFileOptions {
  file: string;
  lonColumn: string;
  latColumn: string;
  epsMeters: number;
  minPoints: number;
  maxDiameterMeters: number | null;
  surface: Surface;
  out: string | null;
}

const SURFACES: Record<string, Surface> = {
  sphere: 'sphere',
  ellipsoid: 'ellipsoid',
  flat: 'plane',
};

/** Null when help was asked for. Throws UsageError. */
export function readArguments(args: readonly string[]): GroupFileOptions | null {
  const text = { type: 'string' } as const;
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        lon: text,
        lat: text,
        eps: text,
        'min-points': { ...text, default: '1' },
        'max-diameter': { ...text, default: 'off' },
        earth: { ...text, default: 'sphere' },
        out: text,
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const { values, positionals } = parsed;
  if (values.help) return null;
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('Name the file to group.');
  if (more.length > 0) throw new UsageError(`One file at a time; what is "${more.join(' ')}"?`);
  const surface = SURFACES[values.earth];
  if (surface === undefined)
    throw new UsageError(`--earth is sphere, ellipsoid or flat, not "${values.earth}".`);
  const epsMeters = numberFrom('eps', required('eps', values.eps));
  if (epsMeters < 0.001) throw new UsageError('--eps must be at least 0.001.');
  const minPoints = numberFrom('min-points', values['min-points']);
  if (!Number.isInteger(minPoints) || minPoints < 1)
    throw new UsageError('--min-points must be a whole number from 1.');
  const widest = values['max-diameter'];
  return {
    file,
    lonColumn: required('lon', values.lon),
    latColumn: required('lat', values.lat),
    epsMeters,
    minPoints,
    maxDiameterMeters: widest === 'off' ? null : numberFrom('max-diameter', widest),
    surface,
    out: values.out ?? null,
  };
}

function required(name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new UsageError(`--${name} is missing.`);
  return value;
}

function numberFrom(name: string, value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || number <= 0)
    throw new UsageError(`--${name} must be a number above 0, not "${value}".`);
  return number;
}

export interface GroupFileSummary {
  rows: number;
  groups: number;
  noise: number;
  /** Rows without a possible position. */
  nowhere: number;
  labelColumn: string;
}

/**
 * Reads the file twice: first the positions alone, then row by row to write it back, so that memory
 * grows with the number of rows but not with their size. Standard input is held in memory instead.
 */
export async function groupFile(
  options: GroupFileOptions,
  stdin: Readable,
  stdout: Writable,
): Promise<GroupFileSummary> {
  if (options.out !== null && resolve(options.out) === resolve(options.file))
    throw new UsageError('--out is the file that is being read.');
  const source = await sourceOf(options.file, stdin);
  const { header, x, y, rowOfPoint, rows } = await readPositions(source, options);
  const { labels, groupCount } = groupPoints({ x, y }, options);
  const labelOfRow = new Int32Array(rows).fill(NOWHERE);
  let noise = 0;
  labels.forEach((label, i) => {
    labelOfRow[rowOfPoint[i]!] = label;
    if (label === -1) noise++;
  });
  const labelColumn = freeName(header);
  await writeLabelled(source, options, labelOfRow, labelColumn, stdout);
  return { rows, groups: groupCount, noise, nowhere: rows - labels.length, labelColumn };
}

const NOWHERE = -2;

type Source = () => Readable;

async function sourceOf(file: string, stdin: Readable): Promise<Source> {
  if (file !== '-') return () => createReadStream(file);
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin as AsyncIterable<Uint8Array>) chunks.push(chunk);
  const whole = Buffer.concat(chunks);
  return () => Readable.from([whole]);
}

function openRows(source: Source, file: string): AsyncIterable<string[]> {
  const parser = parse({ bom: true, skip_empty_lines: true });
  const raw = source();
  const stages = file.endsWith('.gz') ? [raw, createGunzip(), parser] : [raw, parser];
  // A failure of any stage reaches the reader through the parser, which pipeline destroys with it.
  pipeline(stages).catch(() => undefined);
  return parser as AsyncIterable<string[]>;
}

interface Positions {
  header: string[];
  x: Float64Array;
  y: Float64Array;
  rowOfPoint: number[];
  rows: number;
}

async function readPositions(source: Source, options: GroupFileOptions): Promise<Positions> {
  const [maxX, maxY] = options.surface === 'plane' ? [Infinity, Infinity] : [180, 90];
  const x: number[] = [];
  const y: number[] = [];
  const rowOfPoint: number[] = [];
  let header: string[] | null = null;
  let [lonAt, latAt, rows] = [0, 0, 0];
  for await (const row of openRows(source, options.file)) {
    if (header === null) {
      header = row;
      lonAt = columnIn(header, options.lonColumn);
      latAt = columnIn(header, options.latColumn);
      continue;
    }
    const [lon, lat] = [coordinate(row[lonAt]), coordinate(row[latAt])];
    if (Math.abs(lon) <= maxX && Math.abs(lat) <= maxY) {
      x.push(lon);
      y.push(lat);
      rowOfPoint.push(rows);
    }
    rows++;
  }
  if (header === null) throw new UsageError(`${options.file} is empty: not even a header line.`);
  return { header, x: Float64Array.from(x), y: Float64Array.from(y), rowOfPoint, rows };
}

/** NaN where there is none. */
function coordinate(text: string | undefined): number {
  if (text === undefined || text.trim() === '') return Number.NaN;
  const value = Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}

function columnIn(header: readonly string[], name: string): number {
  const at = header.indexOf(name);
  if (at < 0)
    throw new UsageError(`There is no column "${name}"; there are: ${header.join(', ')}.`);
  return at;
}

function freeName(header: readonly string[]): string {
  for (let n = 0; ; n++) {
    const name = n === 0 ? 'label' : n === 1 ? 'cluster_label' : `cluster_label_${n}`;
    if (!header.includes(name)) return name;
  }
}

async function writeLabelled(
  source: Source,
  options: GroupFileOptions,
  labelOfRow: Int32Array,
  labelColumn: string,
  stdout: Writable,
): Promise<void> {
  async function* labelled() {
    let row = -1;
    for await (const values of openRows(source, options.file)) {
      const label = row < 0 ? labelColumn : labelOfRow[row];
      yield [...values, label === NOWHERE ? '' : label];
      row++;
    }
  }
  const { out } = options;
  if (out === null) {
    await pipeline(labelled, stringify(), stdout, { end: false });
    return;
  }
  // Written beside and moved into place at the end: never half a file.
  const beside = join(dirname(out), `.${basename(out)}.${process.pid}.part`);
  try {
    const file = createWriteStream(beside);
    if (out.endsWith('.gz')) await pipeline(labelled, stringify(), createGzip(), file);
    else await pipeline(labelled, stringify(), file);
    await rename(beside, out);
  } finally {
    await rm(beside, { force: true });
  }
}

/** In words, what went wrong; undefined when it is not about the arguments or the files. */
function inWords(error: unknown): string | undefined {
  if (error instanceof UsageError) return `${error.message}\nSee --help.`;
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `There is no file or folder ${path}.`;
  if (code === 'EISDIR') return 'That is a folder, not a file.';
  if (code === 'EACCES' || code === 'EPERM') return `No permission for ${path}.`;
  if (code === 'ENOSPC') return 'The disk is full.';
  if (code?.startsWith('CSV_')) return `Not a CSV file that can be read: ${message}.`;
  if (code?.startsWith('Z_')) return `Not a gzip file that can be read: ${message}.`;
  return undefined;
}

/** The exit code. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const options = readArguments(args);
    if (options === null) {
      process.stdout.write(`${USAGE}\n`);
      return 0;
    }
    const done = await groupFile(options, process.stdin, process.stdout);
    process.stderr.write(
      `${done.rows} rows: ${done.groups} groups, ${done.noise} noise, ${done.nowhere} without a possible position. Column: ${done.labelColumn}.\n`,
    );
    return 0;
  } catch (error) {
    // The reader of our output has seen enough.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return 0;
    const words = inWords(error);
    if (words === undefined) throw error;
    process.stderr.write(`${words}\n`);
    return 1;
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  process.exitCode = await main(process.argv.slice(2));
