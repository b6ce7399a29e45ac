/**
 * The field of a city's cells, held in memory and brought up to date when it is asked for: what is known comes from
 * the rows that changed since, what is expected from the stored forecast.
 */
import { applyCells, blankField } from '../../shared/zones/cell-field.ts';
import type { CellField } from '../../shared/zones/cell-field.ts';
import { decodeCellField } from '../../shared/zones/field-bytes.ts';
import { AppError } from '../../shared/errors.ts';
import { readConfiguration } from '../cities/queries.ts';
import type { Sql, Tx } from '../kernel/sql.ts';
import { readLastSeq } from '../realtime/event-log.ts';
import { readChangedCells, readForecastBytes, readForecastNews } from './cell-records.ts';

export interface HeldField {
  field: CellField;
  /** another number whenever any cell or the forecast has changed */
  version: number;
}

interface City {
  held: HeldField | null;
  reading: Promise<HeldField> | null;
  next: Promise<HeldField> | null;
}
const cities = new WeakMap<Sql, Map<string, City>>();

/**
 * The field as of now or later. Its columns change with the next call: whoever keeps something of it copies it.
 * @throws AppError not_found
 */
export function readCellField(sql: Sql, cityId: string): Promise<HeldField> {
  const ofDatabase = cities.get(sql) ?? new Map<string, City>();
  cities.set(sql, ofDatabase);
  const city = ofDatabase.get(cityId) ?? { held: null, reading: null, next: null };
  ofDatabase.set(cityId, city);
  if (city.reading === null) return begin(sql, cityId, city);
  // What is being read may have begun before the last change: all who ask meanwhile share the reading after it.
  city.next ??= city.reading
    .catch(() => undefined)
    .then(() => {
      city.next = null;
      return begin(sql, cityId, city);
    });
  return city.next;
}

function begin(sql: Sql, cityId: string, city: City): Promise<HeldField> {
  const reading = bringUpToDate(sql, cityId, city).finally(() => {
    if (city.reading === reading) city.reading = null;
  });
  city.reading = reading;
  return reading;
}

async function bringUpToDate(sql: Sql, cityId: string, city: City): Promise<HeldField> {
  const read: { news?: News } = {};
  await sql.begin('isolation level repeatable read read only', async (tx) => {
    read.news = await readNews(tx, cityId, city.held);
  });
  const { seq, at, base, changed } = read.news!;
  const known = city.held;
  const field = base ?? known!.field;
  applyCells(field, changed);
  field.seq = seq;
  field.asOf = at;
  const isNew = base !== null || changed.length > 0;
  city.held = { field, version: (known?.version ?? 0) + (isNew ? 1 : 0) };
  return city.held;
}

interface News {
  seq: number;
  at: string;
  /** a field without facts where the forecast is another one, else null */
  base: CellField | null;
  changed: Awaited<ReturnType<typeof readChangedCells>>;
}

async function readNews(tx: Tx, cityId: string, held: City['held']): Promise<News> {
  const seq = await readLastSeq(tx, cityId);
  if (seq === null) throw new AppError('not_found', { field: 'cityId' });
  const configuration = await readConfiguration(tx, cityId);
  if (configuration === null) throw new AppError('not_found', { field: 'cityId' });
  const { cellResolution: resolution } = configuration;
  const { revision, at } = await readForecastNews(tx, cityId);
  const { field } = held ?? { field: null };
  const same = field !== null && field.revision === revision && field.resolution === resolution;
  if (!same) {
    const base = await readForecastField(tx, cityId, { seq, revision, resolution, at });
    return { seq, at, base, changed: await readChangedCells(tx, cityId, null) };
  }
  return { seq, at, base: null, changed: await readChangedCells(tx, cityId, field.seq) };
}

async function readForecastField(
  tx: Tx,
  cityId: string,
  of: { seq: number; revision: number; resolution: number; at: string },
): Promise<CellField> {
  const { seq, revision, resolution, at } = of;
  const bytes = await readForecastBytes(tx, cityId);
  const field = bytes && decodeCellField(bytes);
  // Made for cells of the resolution before: the next one comes in a moment.
  if (field?.resolution === resolution) return Object.assign(field, { revision });
  return blankField({ revision, seq, resolution, madeAt: null, asOf: at }, new Float64Array());
}
