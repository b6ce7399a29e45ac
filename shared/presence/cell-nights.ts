/**
 * From rows to what was known of a cell in a night: how many people, and whether somebody looked. Reports of
 * one place in one night are of the same people, so the largest counts.
 */
import type { LocalClock } from './local-nights.ts';
import { presenceKinds } from './schema.ts';
import type { PresenceHistory } from './schema.ts';

/** More in one place is a slip of the pen. */
const mostPeople = 500;
/** Older rows say nothing that newer ones don't. */
const horizonMs = 3 * 365.25 * 86_400_000;

/** One entry per cell and night with a row, by night and then by cell. Cells are those of `names`. */
export interface CellNights {
  /** Sorted; those with a row, and those asked for. */
  names: string[];
  firstNight: number;
  cell: Uint32Array;
  /** counted from `firstNight` */
  night: Uint16Array;
  people: Float64Array;
  /** staff were there: they reported, met somebody, or found nobody */
  visited: Uint8Array;
  /** The rows behind them in the same order, the same place of a night together, and where those of an entry begin. */
  rows: NightRows;
  rowsOf: Uint32Array;
}
export interface NightRows {
  place: Uint32Array;
  /** 0 for a look that found nobody */
  people: Float64Array;
  hour: Uint8Array;
  visit: Uint8Array;
}

/** Rows after `nowMs`, older than three years, or without a cell are left out. */
export function cellNights(
  history: PresenceHistory,
  nowMs: number,
  clock: LocalClock,
  alsoCells: readonly string[],
): CellNights {
  const used = usedRows(history, nowMs);
  const { names, numberOf } = numberedCells(history, used, alsoCells);
  const nights = Int32Array.from(used, (row) => clock.nightOf(history.atMs[row]!));
  let firstNight = Infinity;
  for (const night of nights) firstNight = Math.min(firstNight, night);
  if (nights.length === 0) firstNight = clock.nightOf(nowMs);
  const cells = Uint32Array.from(used, (row) => numberOf[history.cellOf[row]!]!);
  for (let i = 0; i < nights.length; i++) nights[i]! -= firstNight;
  const order = sortedOrder(history, used, cells, nights, names.length);
  const rows = rowsInOrder(history, used, order, clock);
  return { names, firstNight, ...entriesOf(order, cells, nights, rows), rows };
}

function usedRows({ atMs, cellOf, cells }: PresenceHistory, nowMs: number): Uint32Array {
  const used = new Uint32Array(atMs.length);
  let count = 0;
  for (let row = 0; row < atMs.length; row++)
    if (atMs[row]! <= nowMs && atMs[row]! >= nowMs - horizonMs && cellOf[row]! < cells.length)
      used[count++] = row;
  return used.slice(0, count);
}

function numberedCells(history: PresenceHistory, used: Uint32Array, also: readonly string[]) {
  const hasRow = new Uint8Array(history.cells.length);
  for (const row of used) hasRow[history.cellOf[row]!] = 1;
  const wanted = new Set(also);
  history.cells.forEach((name, i) => hasRow[i] === 1 && wanted.add(name));
  const names = [...wanted].sort();
  const indexOf = new Map(names.map((name, i) => [name, i]));
  return { names, numberOf: history.cells.map((name) => indexOf.get(name) ?? -1) };
}

/** By night, cell, place, hour and people: by night and cell in two passes of counting, the few left by comparing. */
function sortedOrder(
  { placeOf, people, kind, atMs }: PresenceHistory,
  used: Uint32Array,
  cells: Uint32Array,
  nights: Int32Array,
  cellCount: number,
): Uint32Array {
  const byCell = countingSort(
    Uint32Array.from(used, (_, i) => i),
    cells,
    cellCount,
  );
  const order = countingSort(byCell, nights, 1 + nights.reduce((a, b) => Math.max(a, b), 0));
  const compare = (a: number, b: number) => {
    const [p, q] = [used[a]!, used[b]!];
    const nobody =
      Number(kind[p] === presenceKinds.nobody) - Number(kind[q] === presenceKinds.nobody);
    return (
      nobody ||
      placeOf[p]! - placeOf[q]! ||
      people[p]! - people[q]! ||
      atMs[p]! - atMs[q]! ||
      kind[p]! - kind[q]!
    );
  };
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    const [cell, night] = [cells[order[from]!], nights[order[from]!]];
    while (to < order.length && cells[order[to]!] === cell && nights[order[to]!] === night) to++;
    if (to - from > 1) order.subarray(from, to).sort(compare);
    from = to;
  }
  return order;
}

function countingSort(order: Uint32Array, keys: ArrayLike<number>, range: number): Uint32Array {
  const next = new Uint32Array(range + 1);
  for (const i of order) next[keys[i]! + 1]!++;
  for (let key = 0; key < range; key++) next[key + 1]! += next[key]!;
  const sorted = new Uint32Array(order.length);
  for (const i of order) sorted[next[keys[i]!]!++] = i;
  return sorted;
}

function rowsInOrder(
  { placeOf, people, kind, atMs }: PresenceHistory,
  used: Uint32Array,
  order: Uint32Array,
  clock: LocalClock,
): NightRows {
  const size = order.length;
  const rows: NightRows = {
    place: new Uint32Array(size),
    people: new Float64Array(size),
    hour: new Uint8Array(size),
    visit: new Uint8Array(size),
  };
  for (let i = 0; i < size; i++) {
    const row = used[order[i]!]!;
    const found = kind[row] !== presenceKinds.nobody;
    rows.place[i] = placeOf[row]!;
    // A sighting without a count is of one person.
    rows.people[i] = found ? Math.min(mostPeople, people[row]! >= 1 ? people[row]! : 1) : 0;
    rows.hour[i] = clock.hourOf(atMs[row]!);
    rows.visit[i] = kind[row] === presenceKinds.publicReport ? 0 : 1;
  }
  return rows;
}

function entriesOf(order: Uint32Array, cells: Uint32Array, nights: Int32Array, rows: NightRows) {
  const size = order.length;
  const cell = new Uint32Array(size);
  const night = new Uint16Array(size);
  const people = new Float64Array(size);
  const visited = new Uint8Array(size);
  const rowsOf = new Uint32Array(size + 1);
  let entry = -1;
  let largest = 0;
  for (let i = 0; i < size; i++) {
    const [ofCell, ofNight] = [cells[order[i]!]!, nights[order[i]!]!];
    const fresh = entry < 0 || cell[entry] !== ofCell || night[entry] !== ofNight;
    if (fresh) {
      entry++;
      cell[entry] = ofCell;
      night[entry] = ofNight;
      rowsOf[entry] = i;
    }
    // The rows of a place come with rising counts.
    const samePlace = !fresh && rows.people[i - 1]! > 0 && rows.place[i - 1] === rows.place[i];
    if (!samePlace) largest = 0;
    if (rows.people[i]! > largest) {
      people[entry]! += rows.people[i]! - largest;
      largest = rows.people[i]!;
    }
    if (rows.visit[i] === 1) visited[entry] = 1;
  }
  const count = entry + 1;
  rowsOf[count] = size;
  return {
    cell: cell.slice(0, count),
    night: night.slice(0, count),
    people: people.slice(0, count),
    visited: visited.slice(0, count),
    rowsOf: rowsOf.slice(0, count + 1),
  };
}
