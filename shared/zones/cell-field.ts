/**
 * All cells of a city in columns: what is known of each now, and what its past lets expect. Server and screens hold
 * the same, so that they come to the same debt; `field-bytes.ts` carries it between them.
 */
import { cellOfKey, keyOfCell } from './cell-key.ts';
import type { ColdCellView } from './schema.ts';

/** Every column runs along `cells`. Times are ms since 1970; 0 = never. */
export interface CellField {
  /** of the forecast; 0 = none was made yet */
  revision: number;
  /** every change of a cell up to this number of the event log is in */
  seq: number;
  /** H3 resolution of the cells */
  resolution: number;
  /** when the forecast was made */
  madeAt: string | null;
  /** when the facts were read */
  asOf: string;
  /** sorted */
  cells: string[];
  /** the same as numbers (`cell-key.ts`) */
  keys: Float64Array;

  livePeople: Uint16Array;
  /** as of `likelyAtMs`, fading from then on */
  likelyPeople: Float32Array;
  likelyAtMs: Float64Array;
  lastSightingAtMs: Float64Array;
  lastVisitAtMs: Float64Array;

  /** expected people at local hour h = `peak[i] * profiles[profileOf[i]][h]` */
  peak: Float32Array;
  profileOf: Uint8Array;
  /** at most 16 shapes of 24 local hours, each with a maximum of 1; not along `cells` */
  profiles: Float32Array[];
  peopleSeen14: Uint16Array;
  /** local hours that hold the middle 80 % of what was seen, `usualTo` not included; 255 = not known */
  usualFrom: Uint8Array;
  usualTo: Uint8Array;
  /** of the last 28 nights */
  nightsLooked: Uint16Array;
  nightsFoundNobody: Uint16Array;
}

export const unknownHour = 255;

const columns = {
  keys: Float64Array,
  livePeople: Uint16Array,
  likelyPeople: Float32Array,
  likelyAtMs: Float64Array,
  lastSightingAtMs: Float64Array,
  lastVisitAtMs: Float64Array,
  peak: Float32Array,
  profileOf: Uint8Array,
  peopleSeen14: Uint16Array,
  usualFrom: Uint8Array,
  usualTo: Uint8Array,
  nightsLooked: Uint16Array,
  nightsFoundNobody: Uint16Array,
} as const;
type ColumnName = keyof typeof columns;
type Columns = { [Name in ColumnName]: InstanceType<(typeof columns)[Name]> };
const columnNames = Object.keys(columns) as ColumnName[];

/** So many cells of which nothing is known but their `keys`, sorted. */
export function blankField(
  of: Pick<CellField, 'revision' | 'seq' | 'resolution' | 'madeAt' | 'asOf'>,
  keys: Float64Array,
): CellField {
  const made = Object.fromEntries(
    columnNames.map((name) => [name, new columns[name](keys.length)]),
  ) as unknown as Columns;
  made.keys.set(keys);
  made.usualFrom.fill(unknownHour);
  made.usualTo.fill(unknownHour);
  const cells = Array.from(keys, (key) => cellOfKey(key, of.resolution));
  const { revision, seq, resolution, madeAt, asOf } = of;
  return { revision, seq, resolution, madeAt, asOf, cells, ...made, profiles: [] };
}

/** Place of a cell in the columns; −1 = not in the field, also for a cell of another resolution. */
export function indexOfCell(field: CellField, cell: string): number {
  const { cells } = field;
  let low = 0;
  let high = cells.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const there = cells[middle]!;
    if (there === cell) return middle;
    if (there < cell) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/**
 * Writes the facts of one cell into the field; one that is new to it finds its place in the order.
 * @returns its index; −1 for a cell of another resolution, which changes nothing
 */
export function applyCell(field: CellField, view: ColdCellView): number {
  applyCells(field, [view]);
  return indexOfCell(field, view.cell);
}

/** The same for many; those of another resolution are left out. The later of two of one cell counts. */
export function applyCells(field: CellField, views: readonly ColdCellView[]): void {
  const own = views.filter(({ cell }) => isOfResolution(cell, field.resolution));
  const missing = own.filter(({ cell }) => indexOfCell(field, cell) < 0);
  if (missing.length > 0)
    insertKeys(
      field,
      missing.map(({ cell }) => keyOfCell(cell, field.resolution)),
    );
  for (const view of own) {
    const index = indexOfCell(field, view.cell);
    field.livePeople[index] = Math.min(0xffff, view.livePeople);
    field.likelyPeople[index] = view.likelyPeople;
    field.likelyAtMs[index] = timeOf(view.likelyAt);
    field.lastSightingAtMs[index] = timeOf(view.lastSightingAt);
    field.lastVisitAtMs[index] = timeOf(view.lastVisitAt);
  }
}

const timeOf = (at: string | null): number => (at === null ? 0 : Date.parse(at));
const isOfResolution = (cell: string, resolution: number): boolean =>
  cell.length === 15 && Number.parseInt(cell[1]!, 16) === resolution;

/** Makes room for cells that the field doesn't have; of what they are nothing is known yet. */
function insertKeys(field: CellField, added: readonly number[]): void {
  const keys = Float64Array.from(new Set([...field.keys, ...added])).sort();
  const grown = blankField(field, keys);
  const from = field.keys;
  // Runs of known cells keep their order: each is copied in one piece.
  for (let old = 0, at = 0; old < from.length;) {
    while (keys[at] !== from[old]) at += 1;
    let run = 1;
    while (old + run < from.length && keys[at + run] === from[old + run]) run += 1;
    for (const name of columnNames) grown[name].set(field[name].subarray(old, old + run), at);
    old += run;
    at += run;
  }
  for (const name of columnNames) Object.assign(field, { [name]: grown[name] });
  field.cells = grown.cells;
}

/** The facts of one cell as a change would tell them. */
export function cellViewAt(field: CellField, index: number): ColdCellView {
  const at = (ms: number): string | null => (ms === 0 ? null : new Date(ms).toISOString());
  return {
    cell: field.cells[index]!,
    livePeople: field.livePeople[index]!,
    likelyPeople: field.likelyPeople[index]!,
    likelyAt: at(field.likelyAtMs[index]!),
    lastSightingAt: at(field.lastSightingAtMs[index]!),
    lastVisitAt: at(field.lastVisitAtMs[index]!),
  };
}
