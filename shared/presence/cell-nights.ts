/**
 * From rows to what was known of a cell in a night: how many people, and whether somebody looked. Reports of
 * one place in one night are of the same people, so the largest counts.
 */
import { hourOf, nightOf } from './local-nights.ts';
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

/** The rows that count, as columns. */
interface UsedRows extends NightRows {
  cell: Uint32Array;
  night: Uint16Array;
  count: number;
}

/** Rows after `nowMs`, older than three years, or without a cell are left out. */
export function cellNights(
  history: PresenceHistory,
  nowMs: number,
  clock: LocalClock,
  alsoCells: readonly string[],
): CellNights {
  const firstNight = nightOf(clock(nowMs - horizonMs));
  const { names, numberOf } = numberedCells(history, nowMs, alsoCells);
  const used = usedRows(history, nowMs, numberOf, (ms) => clock(ms) - firstNight * 24);
  let earliest = used.count === 0 ? nightOf(clock(nowMs)) - firstNight : 65_535;
  for (let i = 0; i < used.count; i++) earliest = Math.min(earliest, used.night[i]!);
  for (let i = 0; i < used.count; i++) used.night[i]! -= earliest;
  const order = sortedOrder(used, names.length);
  const rows = rowsInOrder(used, order);
  return { names, firstNight: firstNight + earliest, ...entriesOf(used, order, rows), rows };
}

const inTime = (ms: number, nowMs: number): boolean => ms <= nowMs && ms >= nowMs - horizonMs;

function numberedCells(history: PresenceHistory, nowMs: number, also: readonly string[]) {
  const { cells, cellOf, atMs } = history;
  const hasRow = new Uint8Array(cells.length);
  for (let row = 0; row < cellOf.length; row++)
    if (inTime(atMs[row]!, nowMs)) hasRow[cellOf[row]!] = 1;
  const wanted = new Set(also);
  cells.forEach((name, i) => hasRow[i] === 1 && wanted.add(name));
  const names = [...wanted].sort();
  const indexOf = new Map(names.map((name, i) => [name, i]));
  return { names, numberOf: cells.map((name) => indexOf.get(name) ?? -1) };
}

function usedRows(
  { cellOf, atMs, people, kind, placeOf }: PresenceHistory,
  nowMs: number,
  numberOf: readonly number[],
  localHours: LocalClock,
): UsedRows {
  const size = cellOf.length;
  const used: UsedRows = {
    cell: new Uint32Array(size),
    night: new Uint16Array(size),
    place: new Uint32Array(size),
    people: new Float64Array(size),
    hour: new Uint8Array(size),
    visit: new Uint8Array(size),
    count: 0,
  };
  for (let row = 0; row < size; row++) {
    const cell = numberOf[cellOf[row]!];
    if (cell === undefined || !inTime(atMs[row]!, nowMs)) continue;
    const i = used.count++;
    const hours = localHours(atMs[row]!);
    used.cell[i] = cell;
    used.night[i] = nightOf(hours);
    used.hour[i] = hourOf(hours);
    used.place[i] = placeOf[row]!;
    // A sighting without a count is of one person.
    const counted = people[row]! >= 1 ? Math.min(mostPeople, people[row]!) : 1;
    used.people[i] = kind[row] === presenceKinds.nobody ? 0 : counted;
    used.visit[i] = kind[row] === presenceKinds.publicReport ? 0 : 1;
  }
  return used;
}

/** By night and cell, in two passes of counting; the few rows left of each by place, those that found nobody last. */
function sortedOrder(used: UsedRows, cellCount: number): Uint32Array {
  const { cell, night, place, people, hour, visit, count } = used;
  const unsorted = new Uint32Array(count);
  for (let i = 0; i < count; i++) unsorted[i] = i;
  const order = countingSort(countingSort(unsorted, cell, cellCount), night, 65_536);
  const after = (a: number, b: number): boolean => {
    const by =
      Number(people[a] === 0) - Number(people[b] === 0) ||
      place[a]! - place[b]! ||
      people[a]! - people[b]! ||
      hour[a]! - hour[b]! ||
      visit[a]! - visit[b]!;
    return by > 0;
  };
  for (let from = 0, at = 1; at <= count; at++) {
    const same =
      at < count &&
      cell[order[at]!] === cell[order[from]!] &&
      night[order[at]!] === night[order[from]!];
    if (same) continue;
    insertionSort(order, from, at, after);
    from = at;
  }
  return order;
}

function countingSort(order: Uint32Array, keys: ArrayLike<number>, range: number): Uint32Array {
  const next = new Uint32Array(range + 1);
  for (let i = 0; i < order.length; i++) next[keys[order[i]!]! + 1]!++;
  for (let key = 0; key < range; key++) next[key + 1]! += next[key]!;
  const sorted = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i++) sorted[next[keys[order[i]!]!]!++] = order[i]!;
  return sorted;
}

/** Two or three rows as a rule; a cell with hundreds in one night is left to the library. */
function insertionSort(
  order: Uint32Array,
  from: number,
  to: number,
  after: (a: number, b: number) => boolean,
): void {
  if (to - from > 50) {
    order.subarray(from, to).sort((a, b) => (after(a, b) ? 1 : after(b, a) ? -1 : 0));
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const row = order[i]!;
    let at = i;
    while (at > from && after(order[at - 1]!, row)) {
      order[at] = order[at - 1]!;
      at--;
    }
    order[at] = row;
  }
}

function rowsInOrder(used: UsedRows, order: Uint32Array): NightRows {
  const size = order.length;
  const rows: NightRows = {
    place: new Uint32Array(size),
    people: new Float64Array(size),
    hour: new Uint8Array(size),
    visit: new Uint8Array(size),
  };
  for (let i = 0; i < size; i++) {
    const row = order[i]!;
    rows.place[i] = used.place[row]!;
    rows.people[i] = used.people[row]!;
    rows.hour[i] = used.hour[row]!;
    rows.visit[i] = used.visit[row]!;
  }
  return rows;
}

function entriesOf(used: UsedRows, order: Uint32Array, rows: NightRows) {
  const size = order.length;
  const cell = new Uint32Array(size);
  const night = new Uint16Array(size);
  const people = new Float64Array(size);
  const visited = new Uint8Array(size);
  const rowsOf = new Uint32Array(size + 1);
  let [count, largest, lastCell, lastNight] = [0, 0, -1, -1];
  for (let i = 0; i < size; i++) {
    const ofCell = used.cell[order[i]!]!;
    const ofNight = used.night[order[i]!]!;
    const fresh = ofCell !== lastCell || ofNight !== lastNight;
    if (fresh) {
      cell[count] = lastCell = ofCell;
      night[count] = lastNight = ofNight;
      rowsOf[count++] = i;
    }
    if (fresh || rows.place[i - 1] !== rows.place[i]) largest = 0;
    const entry = count - 1;
    // The rows of a place come with rising counts, those that found nobody at the end.
    if (rows.people[i]! > largest) {
      people[entry]! += rows.people[i]! - largest;
      largest = rows.people[i]!;
    }
    if (rows.visit[i] === 1) visited[entry] = 1;
  }
  rowsOf[count] = size;
  return {
    cell: cell.slice(0, count),
    night: night.slice(0, count),
    people: people.slice(0, count),
    visited: visited.slice(0, count),
    rowsOf: rowsOf.slice(0, count + 1),
  };
}
