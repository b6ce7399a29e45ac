// The points that grouping is measured on, and whether two ways of grouping them agree.
import { seededRandom } from './measure.ts';

export interface City {
  lon: Float64Array;
  lat: Float64Array;
}

const LON = 116.4;
const LAT = 39.93;
const METERS_PER_LAT = 111_030;
const METERS_PER_LON = 85_510;
/** Half of the points lie around so many places, within some hundred metres; the rest anywhere. */
const PLACES = 2_000;
/**
 * Turf knows only a sphere, PostGIS only a plane, so on a pair that is nearly eps apart they rightly
 * differ from the ellipsoid. Points that make such a pair are left out: then all must agree.
 */
const BLUR = 0.004;

/** n points in a square city (40 × 40 km unless said otherwise), the same in every run. */
export function cityPoints(n: number, epsMeters: number, halfMeters = 20_000): City {
  const random = seededRandom(n);
  const spread = () => (random() * 2 - 1) * halfMeters;
  const places = Array.from({ length: PLACES }, () => [spread(), spread()] as const);
  const around = new Neighbours(n, epsMeters * (1 + BLUR), halfMeters);
  const near = (epsMeters * (1 - BLUR)) ** 2;
  const far = (epsMeters * (1 + BLUR)) ** 2;
  const lon = new Float64Array(n);
  const lat = new Float64Array(n);
  for (let i = 0; i < n;) {
    const [x, y] = onePoint(random, spread, places);
    if (around.someSquared(x, y, near, far)) continue;
    around.add(i, x, y);
    lon[i] = LON + x / METERS_PER_LON;
    lat[i] = LAT + y / METERS_PER_LAT;
    i++;
  }
  return { lon, lat };
}

function onePoint(
  random: () => number,
  spread: () => number,
  places: readonly (readonly [number, number])[],
): [number, number] {
  if (random() < 0.5) return [spread(), spread()];
  const [x, y] = places[Math.floor(random() * places.length)]!;
  const scatter = () => (random() + random() + random() - 1.5) * 300;
  return [x + scatter(), y + scatter()];
}

/** A grid of lists: only for making the points. */
class Neighbours {
  readonly #cell: number;
  readonly #half: number;
  readonly #columns: number;
  readonly #first: Int32Array;
  readonly #next: Int32Array;
  readonly #x: Float64Array;
  readonly #y: Float64Array;

  constructor(capacity: number, radius: number, halfMeters: number) {
    this.#cell = radius;
    this.#half = halfMeters;
    this.#columns = Math.ceil((2 * halfMeters + 2000) / radius) + 3;
    this.#first = new Int32Array(this.#columns * this.#columns).fill(-1);
    this.#next = new Int32Array(capacity);
    this.#x = new Float64Array(capacity);
    this.#y = new Float64Array(capacity);
  }

  add(i: number, x: number, y: number): void {
    const at = this.#at(this.#column(x), this.#column(y));
    this.#x[i] = x;
    this.#y[i] = y;
    this.#next[i] = this.#first[at]!;
    this.#first[at] = i;
  }

  /** Whether a point lies at a squared distance between the two. */
  someSquared(x: number, y: number, from: number, to: number): boolean {
    for (let column = this.#column(x) - 1; column <= this.#column(x) + 1; column++)
      for (let row = this.#column(y) - 1; row <= this.#column(y) + 1; row++)
        for (let i = this.#first[this.#at(column, row)]!; i >= 0; i = this.#next[i]!) {
          const squared = (this.#x[i]! - x) ** 2 + (this.#y[i]! - y) ** 2;
          if (squared > from && squared < to) return true;
        }
    return false;
  }

  #column(meters: number): number {
    return Math.floor((meters + this.#half + 1000) / this.#cell) + 1;
  }

  #at(column: number, row: number): number {
    return row * this.#columns + column;
  }
}

/** Whether two labellings name the same groups, whatever the names; every point must be in one. */
export function samePartition(ours: readonly number[], theirs: readonly number[]): boolean {
  if (ours.length !== theirs.length) return false;
  const forth = new Map<number, number>();
  const back = new Map<number, number>();
  return ours.every((label, i) => {
    const other = theirs[i]!;
    if (!forth.has(label)) forth.set(label, other);
    if (!back.has(other)) back.set(other, label);
    return forth.get(label) === other && back.get(other) === label;
  });
}
