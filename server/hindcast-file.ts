/** The CSV file of `npm run hindcast`: rows with a place, a day and a weight. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import type { PlacedEvents } from '../shared/presence/event-cells.ts';
import { dayMonthOrder, writtenDay } from '../shared/presence/written-day.ts';

/** Wrong usage or a wrong file: the message is for the person at the terminal. */
export class UsageError extends Error {}

/** What the columns are called. */
export interface RowColumns {
  lonColumn: string;
  latColumn: string;
  timeColumn: string;
  weightColumn: string | null;
}

interface Skipped {
  withoutPosition: number;
  withoutTime: number;
  withoutWeight: number;
}
export interface RowsOfFile {
  rows: PlacedEvents;
  read: number;
  skipped: Skipped;
  dayFirst: boolean;
}

/** The rows that can be used. Throws UsageError. */
export async function readRows(
  file: string,
  raw: Readable,
  options: RowColumns,
): Promise<RowsOfFile> {
  const parser = parse({ bom: true, trim: true, skip_empty_lines: true, relax_column_count: true });
  const [first, bytes] = await peeked(raw);
  const packed = file.endsWith('.gz') || (first?.[0] === 0x1f && first[1] === 0x8b);
  const stages = packed ? [bytes, createGunzip(), parser] : [bytes, parser];
  // A failure of any stage reaches the reader through the parser, which pipeline destroys with it.
  pipeline(stages).catch(() => undefined);
  const texts: string[] = [];
  const numbers: number[] = [];
  const skipped: Skipped = { withoutPosition: 0, withoutTime: 0, withoutWeight: 0 };
  let at: Columns | null = null;
  let read = 0;
  for await (const row of parser as AsyncIterable<string[]>) {
    if (at === null) {
      at = columnsOf(row, options);
      continue;
    }
    read++;
    const [lon, lat] = [numberIn(row[at.lon]), numberIn(row[at.lat])];
    const weight = at.weight === null ? 1 : numberIn(row[at.weight]);
    if (!possible(lon, lat)) skipped.withoutPosition++;
    else if (!(weight >= 0)) skipped.withoutWeight++;
    else {
      numbers.push(lon, lat, weight);
      texts.push(row[at.time] ?? '');
    }
  }
  if (at === null) throw new UsageError(`${file} is empty: not even a header line.`);
  return { ...withDays(texts, numbers, skipped), read, skipped };
}

/** The first piece, and all of them. A stream that can't be read fails here. */
async function peeked(raw: Readable): Promise<[Buffer | undefined, Readable]> {
  const pieces = raw[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await pieces.next();
  async function* all() {
    for (let piece = first; piece.done !== true; piece = await pieces.next()) yield piece.value;
  }
  return [first.done === true ? undefined : first.value, Readable.from(all())];
}

/** Times last: how dates are written shows only in the whole column. */
function withDays(texts: readonly string[], numbers: readonly number[], skipped: Skipped) {
  const order = dayMonthOrder(texts);
  const days = texts.map((text) => writtenDay(text, order));
  const kept = days.flatMap((day, i) => (day === null || numbers[i * 3 + 2] === 0 ? [] : [i]));
  skipped.withoutTime = days.filter((day) => day === null).length;
  const rows: PlacedEvents = {
    lon: Float64Array.from(kept, (i) => numbers[i * 3]!),
    lat: Float64Array.from(kept, (i) => numbers[i * 3 + 1]!),
    weight: Float64Array.from(kept, (i) => numbers[i * 3 + 2]!),
    day: Int32Array.from(kept, (i) => days[i]!),
  };
  return { rows, dayFirst: order === 'day first' };
}

type Columns = ReturnType<typeof columnsOf>;
function columnsOf(header: readonly string[], options: RowColumns) {
  const column = (name: string): number => {
    const exact = header.indexOf(name);
    const at = exact < 0 ? header.findIndex((cell) => cell.trim() === name.trim()) : exact;
    if (at < 0)
      throw new UsageError(`There is no column "${name}"; there are: ${header.join(', ')}.`);
    return at;
  };
  const { lonColumn, latColumn, timeColumn, weightColumn } = options;
  return {
    lon: column(lonColumn),
    lat: column(latColumn),
    time: column(timeColumn),
    weight: weightColumn === null ? null : column(weightColumn),
  };
}

/** NaN where there is none. */
function numberIn(text: string | undefined): number {
  if (text === undefined || text.trim() === '') return Number.NaN;
  const value = Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}

/** Nobody reports from where equator and meridian cross: that is a missing position written as zeros. */
const possible = (lon: number, lat: number): boolean =>
  Math.abs(lon) <= 180 && Math.abs(lat) <= 90 && !(lon === 0 && lat === 0);
