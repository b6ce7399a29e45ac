/** How far what was seen in a cell tells about the cells around it: weights that fall with the distance. */
import { cellToLocalIj, gridDisk, gridRingUnsafe, isPentagon } from 'h3-js';

/** 0 the cell alone, 1 with the cells that touch it, 2 wider */
export type Reach = 0 | 1 | 2;

/** Standard deviation of the bell in cell widths, and how many cells out it is cut. */
const bells = { 1: { sd: 0.6, rings: 1 }, 2: { sd: 1.2, rings: 2 } } as const;

/** Weights from each cell to itself and its neighbours, in rows one after the other. */
export class Kernel {
  readonly #start: Uint32Array;
  readonly #to: Uint32Array;
  readonly #weight: Float64Array;

  constructor(start: Uint32Array, to: Uint32Array, weight: Float64Array) {
    this.#start = start;
    this.#to = to;
    this.#weight = weight;
  }

  /** out[cell] = what the cell and its neighbours have, weighted; neighbours from `cells` on count as 0. */
  smooth(values: Float64Array, cells: number, out: Float64Array): void {
    for (let cell = 0; cell < cells; cell++) {
      const end = this.#start[cell + 1]!;
      let sum = 0;
      for (let i = this.#start[cell]!; i < end; i++) {
        const to = this.#to[i]!;
        if (to < cells) sum += this.#weight[i]! * values[to]!;
      }
      out[cell] = sum;
    }
  }

  /** The same without the cell itself. */
  smoothOthers(values: Float64Array, cells: number): Float64Array {
    const out = new Float64Array(cells);
    for (let cell = 0; cell < cells; cell++) {
      const end = this.#start[cell + 1]!;
      for (let i = this.#start[cell]!; i < end; i++) {
        const to = this.#to[i]!;
        if (to !== cell && to < cells) out[cell]! += this.#weight[i]! * values[to]!;
      }
    }
    return out;
  }
}

export type Kernels = Record<1 | 2, Kernel>;

/** A neighbour's place in the list of cells, or -1, in the same order for every cell; with the weights of these places. */
interface Stencil {
  weights: readonly number[];
  neighboursOf(cell: number, into: Int32Array): void;
}

/** Weights add up to 1 over all places, taken or not: what lies in an unknown cell is not pushed into known ones. */
function kernelOf(cells: number, { weights, neighboursOf }: Stencil): Kernel {
  const found = new Int32Array(weights.length);
  const start = new Uint32Array(cells + 1);
  const to = new Uint32Array(cells * weights.length);
  const weight = new Float64Array(cells * weights.length);
  let at = 0;
  for (let cell = 0; cell < cells; cell++) {
    found.fill(-1);
    neighboursOf(cell, found);
    for (let i = 0; i < found.length; i++) {
      if (found[i]! < 0) continue;
      to[at] = found[i]!;
      weight[at++] = weights[i]!;
    }
    start[cell + 1] = at;
  }
  return new Kernel(start, to.slice(0, at), weight.slice(0, at));
}

const bellAt = (distance: number, sd: number): number => Math.exp(-(distance ** 2) / (2 * sd ** 2));
function normalised(weights: number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

/** For cells of a square grid, by column and row. */
export function squareKernels(columns: ArrayLike<number>, rows: ArrayLike<number>): Kernels {
  const indexOf = new Map<number, number>();
  const key = (column: number, row: number) => column * 2 ** 26 + row;
  for (let i = 0; i < columns.length; i++) indexOf.set(key(columns[i]!, rows[i]!), i);
  const build = ({ sd, rings }: { sd: number; rings: number }) => {
    const places: [number, number][] = [];
    for (let dx = -rings; dx <= rings; dx++)
      for (let dy = -rings; dy <= rings; dy++) places.push([dx, dy]);
    return kernelOf(columns.length, {
      weights: normalised(places.map(([dx, dy]) => bellAt(Math.hypot(dx, dy), sd))),
      neighboursOf(cell, into) {
        places.forEach(([dx, dy], i) => {
          into[i] = indexOf.get(key(columns[cell]! + dx, rows[cell]! + dy)) ?? -1;
        });
      },
    });
  };
  return { 1: build(bells[1]), 2: build(bells[2]) };
}

/** For H3 cells: by rings, each ring as far as its number of cells. */
export function hexKernels(cells: readonly string[]): Kernels {
  const rings = ringsAround(cells);
  const build = (reach: 1 | 2) => {
    const { sd } = bells[reach];
    const places = reach === 1 ? 7 : 19;
    const ringOf = (place: number) => (place === 0 ? 0 : place < 7 ? 1 : 2);
    return kernelOf(cells.length, {
      weights: normalised(Array.from({ length: places }, (_, place) => bellAt(ringOf(place), sd))),
      neighboursOf(cell, into) {
        for (let place = 0; place < places; place++) into[place] = rings[cell * 19 + place]!;
      },
    });
  };
  return { 1: build(1), 2: build(2) };
}

/** Of each cell itself, then ring 1, then ring 2: 19 places, -1 where there is no such cell in the list. */
function ringsAround(cells: readonly string[]): Int32Array {
  const lattice = latticeOf(cells);
  const rings = new Int32Array(cells.length * 19).fill(-1);
  if (lattice === null) {
    const indexOf = new Map(cells.map((cell, i) => [cell, i]));
    cells.forEach((cell, at) => {
      rings[at * 19] = at;
      let place = at * 19 + 1;
      for (const neighbour of neighbourhood(cell)) rings[place++] = indexOf.get(neighbour) ?? -1;
    });
    return rings;
  }
  const { at, width, places } = lattice;
  for (let cell = 0; cell < cells.length; cell++)
    for (let k = 0; k < 19; k++) {
      const found = at[places[cell]! + steps[k]![0] * width + steps[k]![1]]!;
      rings[cell * 19 + k] = found - 1;
    }
  return rings;
}

/** The cells around in H3's local coordinates i and j, whose axes stand at 120 degrees. */
const steps: readonly (readonly [number, number])[] = [
  [0, 0],
  ...([
    [1, 0],
    [1, 1],
    [0, 1],
    [-1, 0],
    [-1, -1],
    [0, -1],
  ] as [number, number][]),
  ...([
    [2, 0],
    [2, 1],
    [2, 2],
    [1, 2],
    [0, 2],
    [-1, 1],
    [-2, 0],
    [-2, -1],
    [-2, -2],
    [-1, -2],
    [0, -2],
    [1, -1],
  ] as [number, number][]),
];
const largestLattice = 16_000_000;

/**
 * A city's cells on one plane of numbers, with two empty rows all round; much quicker than asking for the
 * neighbours of each. Null for cells that don't lie on one plane (near a pentagon) or too far apart.
 */
function latticeOf(cells: readonly string[]) {
  if (cells.length === 0) return null;
  const i = new Int32Array(cells.length);
  const j = new Int32Array(cells.length);
  const bounds = { i: [Infinity, -Infinity], j: [Infinity, -Infinity] };
  try {
    for (let cell = 0; cell < cells.length; cell++) {
      const at = cellToLocalIj(cells[0]!, cells[cell]!);
      i[cell] = at.i;
      j[cell] = at.j;
      bounds.i = [Math.min(bounds.i[0]!, at.i), Math.max(bounds.i[1]!, at.i)];
      bounds.j = [Math.min(bounds.j[0]!, at.j), Math.max(bounds.j[1]!, at.j)];
    }
  } catch {
    return null;
  }
  const height = bounds.i[1]! - bounds.i[0]! + 5;
  const width = bounds.j[1]! - bounds.j[0]! + 5;
  if (height * width > largestLattice) return null;
  const at = new Int32Array(height * width);
  const places = new Int32Array(cells.length);
  for (let cell = 0; cell < cells.length; cell++) {
    places[cell] = (i[cell]! - bounds.i[0]! + 2) * width + (j[cell]! - bounds.j[0]! + 2);
    // Two cells in one place: not a plane.
    if (at[places[cell]!] !== 0) return null;
    at[places[cell]!] = cell + 1;
  }
  return { at, width, places };
}

/** Ring 1, then ring 2; near one of the twelve pentagons fewer than 18, and the rings found by their discs. */
function neighbourhood(cell: string): string[] {
  try {
    if (!isPentagon(cell)) return [...gridRingUnsafe(cell, 1), ...gridRingUnsafe(cell, 2)];
  } catch {
    // A pentagon in the way.
  }
  const first = gridDisk(cell, 1).filter((other) => other !== cell);
  const known = new Set([cell, ...first]);
  return [...first, ...gridDisk(cell, 2).filter((other) => !known.has(other))];
}
