/** One row of a file as a sighting, or why it is none. */
import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { Position } from '../../shared/geo/position.ts';
import { maxHeadcount, maxNoteLength } from '../../shared/sightings/schema.ts';
import { fitsRule } from './columns.ts';
import type { Columns, Rule } from './columns.ts';
import { parseInstant } from './instants.ts';
import type { Row, SourceRow } from './records.ts';

export const rejections = [
  'unreadable',
  'no_coordinates',
  'impossible_coordinates',
  'no_time',
  'impossible_time',
  'headcount_out_of_range',
  'text_too_long',
  'outside_city',
] as const;
export type Rejection = (typeof rejections)[number];

export interface Candidate {
  id: string;
  position: Position;
  /** when it was recorded, in the record's own time */
  atMs: number;
  headcount: number;
  note: string;
  number: number;
  row: Row;
}
export type Judged =
  | { verdict: 'sighting'; candidate: Candidate }
  | { verdict: 'ignored' }
  | { verdict: 'rejected'; reason: Rejection };

/** The rule comes first: what isn't a sighting isn't refused either. */
export function judgeRow({ row, fault, number }: SourceRow, columns: Columns, rule: Rule): Judged {
  if (fault) return { verdict: 'rejected', reason: fault };
  if (!fitsRule(rule, row)) return { verdict: 'ignored' };
  const cell = (name: string | undefined): string =>
    name === undefined ? '' : (row[name] ?? '').trim();
  const position = readPosition(cell(columns.lon), cell(columns.lat));
  if (typeof position === 'string') return { verdict: 'rejected', reason: position };
  const time = cell(columns.time);
  const atMs = time === '' ? null : parseInstant(time);
  if (atMs === null)
    return { verdict: 'rejected', reason: time === '' ? 'no_time' : 'impossible_time' };
  const headcount = cell(columns.headcount) === '' ? 1 : Number(cell(columns.headcount));
  if (!Number.isInteger(headcount) || headcount < 1 || headcount > maxHeadcount)
    return { verdict: 'rejected', reason: 'headcount_out_of_range' };
  const note = [cell(columns.kind), cell(columns.text)].filter((text) => text !== '').join(': ');
  if (note.length > maxNoteLength) return { verdict: 'rejected', reason: 'text_too_long' };
  const source = cell(columns.id) === '' ? JSON.stringify(row) : cell(columns.id);
  const candidate = { id: idOfRecord(atMs, source), position, atMs, headcount, note, number, row };
  return { verdict: 'sighting', candidate };
}

function readPosition(lonText: string, latText: string): Position | Rejection {
  if (lonText === '' || latText === '') return 'no_coordinates';
  const [lon, lat] = [Number(lonText), Number(latText)];
  const possible = Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
  // 0, 0 in the Gulf of Guinea is where missing coordinates end up.
  return possible && (lon !== 0 || lat !== 0) ? { lon, lat } : 'impossible_coordinates';
}

/** The same record has the same id on every run, so that sending it again changes nothing. */
export const idOfRecord = (atMs: number, source: string): string =>
  uuidv7({
    msecs: Math.max(0, Math.floor(atMs)),
    seq: createHash('sha256').update(`seq ${source}`).digest().readUInt32BE(0),
    random: createHash('sha256').update(source).digest().subarray(0, 16),
  });
