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

/** A table with one entry per cell must stay in proportion to the points, and in memory. */
export function fitsInTable(columns: number, rows: number, points: number): boolean {
  const cells = columns * rows;
  return cells <= 4096 + 512 * points && cells <= 1 << 25;
}

/** Cells as a plain table of rows and columns: the fast way, for a city or a small country. */
export function tableCells(xs: Float64Array, ys: Float64Array, shape: GridShape): Cells {
  const n = xs.length;
  const { originX, originY, columns, rows } = shape;
  const perX = 1 / shape.cellWidth;
  const perY = 1 / shape.cellHeight;
  const keys = new Int32Array(n);
  // By cell: first the number of its points, then the slot the next of them goes to.
  const table = new Int32Array(columns * rows);
  let occupied = 0;
  for (let i = 0; i < n; i++) {
    const column = ((xs[i]! - originX) * perX) | 0;
    const row = ((ys[i]! - originY) * perY) | 0;
    const key = row * columns + column;
    keys[i] = key;
    if (table[key]!++ === 0) occupied++;
  }
  const start = new Int32Array(occupied + 1);
  const keyOfCell = new Int32Array(occupied);
  // By cell: how many occupied ones come before it.
  const before = new Int32Array(table.length + 1);
  let cell = 0;
  let slot = 0;
  for (let key = 0; key < table.length; key++) {
    before[key] = cell;
    const size = table[key]!;
    if (size === 0) continue;
    table[key] = slot;
    start[cell] = slot;
    keyOfCell[cell++] = key;
    slot += size;
  }
  before[table.length] = occupied;
  start[occupied] = n;
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[table[keys[i]!]!++] = i;
  return { count: occupied, order, start, ...tableRanges(before, keyOfCell, shape) };
}

/** Occupied cells are numbered along the rows, so the neighbours in one row are one range of numbers. */
function tableRanges(before: Int32Array, keyOfCell: Int32Array, shape: GridShape) {
  const { columns, rows, reach } = shape;
  const perCell = ROWS_ABOVE + 1;
  const count = keyOfCell.length;
  const ranges = new Int32Array(count + 1);
  const from = new Int32Array(count * perCell);
  const to = new Int32Array(count * perCell);
  let r = 0;
  for (let cell = 0; cell < count; cell++) {
    const key = keyOfCell[cell]!;
    const row = (key / columns) | 0;
    const column = key - row * columns;
    const wide = reach[row]!;
    const left = Math.max(0, column - wide);
    const right = Math.min(columns - 1, column + wide);
    from[r] = cell + 1;
    to[r++] = before[row * columns + right + 1]!;
    const top = Math.min(rows - 1, row + ROWS_ABOVE);
    for (let above = row + 1; above <= top; above++) {
      const first = before[above * columns + left]!;
      const last = before[above * columns + right + 1]!;
      if (first < last) {
        from[r] = first;
        to[r++] = last;
      }
    }
    ranges[cell + 1] = r;
  }
  return { ranges, from, to };
}

/**
 * Cells of a sparse space of two or three dimensions, found through a hash table: for data that a
 * plain table doesn't fit (poles, both sides of the antimeridian at once, half a continent).
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
