/** The CSV file of `npm run winter`, and which of its columns are meant. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { usualColumns } from '../shared/response/hour-table.ts';
import type { HourColumns } from '../shared/response/hour-table.ts';

/** The arguments are wrong. */
export class UsageError extends Error {}

export async function readTable(file: string): Promise<string[][]> {
  let bytes: Buffer;
  if (file === '-') {
    const chunks: Uint8Array[] = [];
    for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) chunks.push(chunk);
    bytes = Buffer.concat(chunks);
  } else bytes = await readFile(file);
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return parse(packed ? gunzipSync(bytes) : bytes, {
    bom: true,
    skip_empty_lines: true,
    relax_column_count: true,
  });
}

/** What was named, or everything of a table whose columns are known. */
export function columnsOf(header: readonly string[], named: Partial<HourColumns>): HourColumns {
  const { time, temperature, wind, windUnit = 'ms', windSumsBy, precipitation } = named;
  const known = temperature === undefined && wind === undefined && usualColumns(header);
  if (known) return { ...known, time: time ?? null };
  if (temperature === undefined) throw new UsageError('--temp is missing.');
  if (wind === undefined) throw new UsageError('--wind is missing.');
  if (time === undefined && !['year', 'month', 'day', 'hour'].every((n) => header.includes(n)))
    throw new UsageError('--time is missing, and the file has no year, month, day and hour.');
  return {
    time: time ?? null,
    temperature,
    wind,
    windUnit,
    windSumsBy: windSumsBy ?? null,
    precipitation: precipitation ?? null,
  };
}
