// Points sorted into square cells whose diagonal is at most eps, so that all points of a cell are
// linked without measuring, and only cells of a small neighbourhood have to be compared.

/**
 * The occupied cells. A *slot* is a point's place in cell order; `order[slot]` is its index in the
 * input. Cell c holds the slots `start[c]…start[c + 1] − 1`. Its neighbours, each pair listed once,
 * are the cells `from[r]…to[r] − 1` for every r in `ranges[c]…ranges[c + 1] − 1`.
 */
export interface Cells {
  readonly count: number;
  readonly order: Int32Array;
  readonly start: Int32Array;
  readonly ranges: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** Row r is compared with itself and the two rows above it, `reach[r]` columns to each side. */
export interface GridShape {
  readonly originX: number;
  readonly originY: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly columns: number;
  readonly rows: number;
  readonly reach: Int32Array;
}

const ROWS_ABOVE = 2;

/** Sorting takes a counter per column and per row: they must stay in proportion to the points. */
export function fitsInGrid(columns: number, rows: number, points: number): boolean {
  return columns + rows <= 8192 + 16 * points && columns <= 1 << 24 && rows <= 1 << 24;
}

/** Cells in rows and columns: the fast way. Sorted by column and then by row, each pass keeping the order. */
export function gridCells(xs: Float64Array, ys: Float64Array, shape: GridShape): Cells {
  const n = xs.length;
  const { columns, rows } = shape;
  const column = bucketsOf(xs, shape.originX, shape.cellWidth);
  const row = bucketsOf(ys, shape.originY, shape.cellHeight);
  const nextOfColumn = firstOfBucket(column, columns);
  const byColumn = new Int32Array(n);
  const rowByColumn = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const at = nextOfColumn[column[i]!]!++;
    byColumn[at] = i;
    rowByColumn[at] = row[i]!;
  }
  const endOfRow = firstOfBucket(row, rows);
  const order = new Int32Array(n);
  const columnOfSlot = new Int32Array(n);
  // After the first pass nextOfColumn[c] is where column c ends.
  for (let c = 0, at = 0; c < columns; c++)
    for (; at < nextOfColumn[c]!; at++) {
      const slot = endOfRow[rowByColumn[at]!]!++;
      order[slot] = byColumn[at]!;
      columnOfSlot[slot] = c;
    }
  const start = new Int32Array(n + 1);
  const columnOfCell = new Int32Array(n);
  const firstOfRow = new Int32Array(rows + 1);
  let count = 0;
  for (let r = 0, slot = 0; r < rows; r++) {
    firstOfRow[r] = count;
    for (let before = -1; slot < endOfRow[r]!; slot++) {
      const c = columnOfSlot[slot]!;
      if (c === before) continue;
      before = c;
      columnOfCell[count] = c;
      start[count++] = slot;
    }
  }
  firstOfRow[rows] = count;
  start[count] = n;
  return {
    count,
    order,
    start: start.subarray(0, count + 1),
    ...gridRanges(columnOfCell, firstOfRow, count, shape.reach),
  };
}

function bucketsOf(values: Float64Array, origin: number, size: number): Int32Array {
  const buckets = new Int32Array(values.length);
  const perUnit = 1 / size;
  for (let i = 0; i < values.length; i++) buckets[i] = ((values[i]! - origin) * perUnit) | 0;
  return buckets;
}

function firstOfBucket(bucketOf: Int32Array, buckets: number): Int32Array {
  const first = new Int32Array(buckets + 1);
  for (let i = 0; i < bucketOf.length; i++) first[bucketOf[i]! + 1]!++;
  for (let b = 0; b < buckets; b++) first[b + 1]! += first[b]!;
  return first;
}

/**
 * Occupied cells are numbered along the rows, so the neighbours in one row are one range of numbers,
 * whose ends only move forward from cell to cell. Three ranges each, empty ones included.
 */
function gridRanges(
  columnOf: Int32Array,
  firstOfRow: Int32Array,
  count: number,
  reach: Int32Array,
): Pick<Cells, 'ranges' | 'from' | 'to'> {
  const perCell = ROWS_ABOVE + 1;
  const ranges = new Int32Array(count + 1);
  for (let cell = 0; cell <= count; cell++) ranges[cell] = cell * perCell;
  const from = new Int32Array(count * perCell);
  const to = new Int32Array(count * perCell);
  const rows = firstOfRow.length - 1;
  for (let row = 0; row < rows; row++) {
    const wide = reach[row]!;
    for (let up = 0; up <= ROWS_ABOVE && row + up < rows; up++) {
      let first = firstOfRow[row + up]!;
      let end = first;
      const stop = firstOfRow[row + up + 1]!;
      for (let cell = firstOfRow[row]!; cell < firstOfRow[row + 1]!; cell++) {
        const column = columnOf[cell]!;
        while (first < stop && columnOf[first]! < column - wide) first++;
        if (end < first) end = first;
        while (end < stop && columnOf[end]! <= column + wide) end++;
        from[cell * perCell + up] = up === 0 ? cell + 1 : first;
        to[cell * perCell + up] = end;
      }
    }
  }
  return { ranges, from, to };
}

/**
 * Cells of a sparse space of two or three dimensions, found through a hash table: for data that a
 * grid does not suit (poles, both sides of the antimeridian at once, half a continent).
 * `coordinates` holds one column per dimension.
 */
export function hashedCells(coordinates: readonly Float64Array[], epsMeters: number): Cells {
  const n = coordinates[0]!.length;
  const dimensions = coordinates.length;
  // A hair smaller than eps/√d, so that rounding can't make a cell's diagonal longer than eps.
  const perMeter = Math.sqrt(dimensions) / (epsMeters * (1 - 1e-6));
  const table = new CellTable(dimensions, n);
  const cellOf = new Int32Array(n);
  const at = new Float64Array(dimensions);
  for (let i = 0; i < n; i++) {
    for (let d = 0; d < dimensions; d++) at[d] = Math.floor(coordinates[d]![i]! * perMeter);
    cellOf[i] = table.find(at, true);
  }
  const count = table.count;
  const start = new Int32Array(count + 1);
  for (let i = 0; i < n; i++) start[cellOf[i]! + 1]!++;
  for (let cell = 0; cell < count; cell++) start[cell + 1]! += start[cell]!;
  const cursor = start.slice();
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[cursor[cellOf[i]!]!++] = i;

  const offsets = halfNeighbourhood(dimensions);
  const ranges = new Int32Array(count + 1);
  const from: number[] = [];
  for (let cell = 0; cell < count; cell++) {
    for (const offset of offsets) {
      for (let d = 0; d < dimensions; d++) at[d] = table.coordinate(cell, d) + offset[d]!;
      const neighbour = table.find(at, false);
      if (neighbour >= 0) from.push(neighbour);
    }
    ranges[cell + 1] = from.length;
  }
  const first = Int32Array.from(from);
  return { count, order, start, ranges, from: first, to: first.map((cell) => cell + 1) };
}

/** Offsets of up to two cells each way, one of every opposite pair. */
function halfNeighbourhood(dimensions: number): number[][] {
  let offsets: number[][] = [[]];
  for (let d = 0; d < dimensions; d++)
    offsets = offsets.flatMap((head) => [-2, -1, 0, 1, 2].map((step) => [...head, step]));
  return offsets.slice((offsets.length + 1) / 2);
}

/** Open addressing over typed arrays: cell coordinates → number of the cell. */
class CellTable {
  count = 0;
  readonly #dimensions: number;
  readonly #mask: number;
  readonly #slots: Int32Array;
  readonly #coordinates: Float64Array;

  constructor(dimensions: number, capacity: number) {
    let size = 16;
    while (size < capacity * 2) size *= 2;
    this.#dimensions = dimensions;
    this.#mask = size - 1;
    this.#slots = new Int32Array(size);
    this.#coordinates = new Float64Array(capacity * dimensions);
  }

  coordinate(cell: number, dimension: number): number {
    return this.#coordinates[cell * this.#dimensions + dimension]!;
  }

  /** The cell's number; a new one when it is not there and `add` is set, else −1. */
  find(at: Float64Array, add: boolean): number {
    const dimensions = this.#dimensions;
    let hash = 0;
    for (let d = 0; d < dimensions; d++) hash = Math.imul(hash ^ (at[d]! | 0), 0x9e3779b1);
    hash ^= hash >>> 15;
    for (let place = hash & this.#mask; ; place = (place + 1) & this.#mask) {
      const cell = this.#slots[place]! - 1;
      if (cell < 0) return add ? this.#append(at, place) : -1;
      let d = 0;
      while (d < dimensions && this.#coordinates[cell * dimensions + d] === at[d]) d++;
      if (d === dimensions) return cell;
    }
  }

  #append(at: Float64Array, place: number): number {
    const cell = this.count++;
    this.#slots[place] = cell + 1;
    this.#coordinates.set(at, cell * this.#dimensions);
    return cell;
  }
}
