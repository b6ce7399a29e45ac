/** The rows of a CSV or GeoJSON file, gzipped or not, as texts by column. */
import { createReadStream, openSync, readSync, closeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { gunzipSync, createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { ReplayError } from './columns.ts';

export type Row = Record<string, string>;
/** `fault` when the row itself could not be read. */
export interface SourceRow {
  number: number;
  row: Row;
  fault: 'unreadable' | null;
}
export interface Source {
  header: string[];
  rows: AsyncIterable<SourceRow>;
}

const isGzip = (file: string): boolean => {
  const start = Buffer.alloc(2);
  const descriptor = openFile(file);
  readSync(descriptor, start, 0, 2, 0);
  closeSync(descriptor);
  return start[0] === 0x1f && start[1] === 0x8b;
};

function openFile(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    throw new ReplayError(`${file} can't be read: ${(error as Error).message}`);
  }
}

/** @throws ReplayError when there is no such file, or nothing in it */
export async function openSource(file: string): Promise<Source> {
  const gzip = isGzip(file);
  if (/\.(geo)?json(\.gz)?$/i.test(file)) return openGeoJson(file, gzip);
  return openCsv(file, gzip);
}

async function openCsv(file: string, gzip: boolean): Promise<Source> {
  const delimiter = await guessDelimiter(file, gzip);
  const skipped: number[] = [];
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
  });
  parser.on('skip', (error: { lines?: number } | undefined) => skipped.push(error?.lines ?? 0));
  const input = createReadStream(file);
  const unpacked = gzip ? input.pipe(createGunzip()) : input;
  input.on('error', (error) => parser.destroy(error));
  unpacked.on('error', (error: Error) => parser.destroy(error));
  unpacked.pipe(parser);
  const iterator = (parser as AsyncIterable<string[]>)[Symbol.asyncIterator]();
  const records = {
    next: () =>
      iterator.next().catch((error: Error) => {
        throw new ReplayError(`${file} can't be read: ${error.message}`);
      }),
  };
  const first = await records.next();
  if (first.done) throw new ReplayError(`${file} is empty`);
  const header = first.value.map((name) => name.trim());
  async function* rows(): AsyncIterable<SourceRow> {
    let number = 0;
    for (let record = await records.next(); !record.done; record = await records.next()) {
      number += 1;
      const { value } = record;
      const row = Object.fromEntries(header.map((name, i) => [name, value[i] ?? '']));
      yield { number, row, fault: value.length === header.length ? null : 'unreadable' };
    }
    for (const line of skipped) yield { number: line, row: {}, fault: 'unreadable' };
  }
  return { header, rows: rows() };
}

async function guessDelimiter(file: string, gzip: boolean): Promise<string> {
  const input = createReadStream(file, { end: gzip ? undefined : 65_536 });
  const stream = gzip ? input.pipe(createGunzip()) : input;
  let start = '';
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      start += chunk.toString('utf8');
      if (start.includes('\n') || start.length > 65_536) break;
    }
  } catch (error) {
    throw new ReplayError(`${file} can't be read: ${(error as Error).message}`);
  } finally {
    input.destroy();
  }
  const [line = ''] = start.split('\n');
  const count = (mark: string): number => line.split(mark).length;
  return [',', ';', '\t'].sort((a, b) => count(b) - count(a))[0]!;
}

interface Feature {
  id?: string | number;
  geometry?: { type: string; coordinates: unknown } | null;
  properties?: Record<string, unknown> | null;
}

/** A feature's point becomes the columns `lon` and `lat`, its own id `id`. */
async function openGeoJson(file: string, gzip: boolean): Promise<Source> {
  const bytes = await readFile(file);
  let features: Feature[];
  try {
    const parsed = JSON.parse((gzip ? gunzipSync(bytes) : bytes).toString('utf8')) as {
      features?: Feature[];
    };
    if (!Array.isArray(parsed.features)) throw new Error('it is not a FeatureCollection');
    features = parsed.features;
  } catch (error) {
    throw new ReplayError(`${file} can't be read: ${(error as Error).message}`);
  }
  const header = new Set(['id', 'lon', 'lat']);
  for (const feature of features)
    for (const name of Object.keys(feature.properties ?? {})) header.add(name);
  async function* rows(): AsyncIterable<SourceRow> {
    for (const [index, feature] of features.entries()) {
      const point =
        feature.geometry?.type === 'Point' ? (feature.geometry.coordinates as unknown[]) : [];
      const row: Row = { id: textOf(feature.id), lon: textOf(point[0]), lat: textOf(point[1]) };
      for (const [name, value] of Object.entries(feature.properties ?? {}))
        row[name] ||= textOf(value);
      yield { number: index + 1, row, fault: null };
    }
  }
  return { header: [...header], rows: rows() };
}

const textOf = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
