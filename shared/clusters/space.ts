// Where points lie and which of them are within eps: on the earth or on a plane. Answers are exact;
// the approximations in here only decide what their error bound lets them decide.
import { MEAN_SPHERE, RADIANS_PER_DEGREE, WGS84, writeEcef } from '../geo/ellipsoid.ts';
import type { Earth } from '../geo/ellipsoid.ts';
import { fitsInGrid, hashedCells, gridCells } from './cells.ts';
import type { Cells } from './cells.ts';
import type { Surface } from './point-columns.ts';

/** Points in cell order; i and j are slots of `cells`. */
export interface Space {
  readonly cells: Cells;
  /** Exactly `squaredMeters(i, j) <= eps²`. */
  within(i: number, j: number): boolean;
  squaredMeters(i: number, j: number): number;
}

export function earthOf(surface: 'ellipsoid' | 'sphere'): Earth {
  return surface === 'ellipsoid' ? WGS84 : MEAN_SPHERE;
}

export function spaceOf(x: Float64Array, y: Float64Array, surface: Surface, eps: number): Space {
  if (surface === 'plane') return planeSpace(x, y, eps);
  const earth = earthOf(surface);
  return LocalSpace.tryOf(x, y, earth, eps) ?? cartesianSpace(cartesian(x, y, surface), eps);
}

/** One column per axis, in metres; two on the plane, three on the earth. */
export function cartesian(x: Float64Array, y: Float64Array, surface: Surface): Float64Array[] {
  if (surface === 'plane') return [x, y];
  const earth = earthOf(surface);
  const columns = [0, 1, 2].map(() => new Float64Array(x.length));
  const point = new Float64Array(3);
  for (let i = 0; i < x.length; i++) {
    writeEcef(x[i]!, y[i]!, earth, point, 0);
    for (let d = 0; d < 3; d++) columns[d]![i] = point[d]!;
  }
  return columns;
}

/** Plain Euclidean distances in metres. */
class EuclideanSpace implements Space {
  readonly cells: Cells;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #z: Float64Array | null;
  readonly #epsSquared: number;

  constructor(cells: Cells, columns: readonly Float64Array[], eps: number) {
    this.cells = cells;
    this.#x = inOrder(columns[0]!, cells.order);
    this.#y = inOrder(columns[1]!, cells.order);
    this.#z = columns[2] ? inOrder(columns[2], cells.order) : null;
    this.#epsSquared = eps * eps;
  }

  squaredMeters(i: number, j: number): number {
    const dx = this.#x[i]! - this.#x[j]!;
    const dy = this.#y[i]! - this.#y[j]!;
    if (this.#z === null) return dx * dx + dy * dy;
    const dz = this.#z[i]! - this.#z[j]!;
    return dx * dx + dy * dy + dz * dz;
  }

  within(i: number, j: number): boolean {
    return this.squaredMeters(i, j) <= this.#epsSquared;
  }
}

function cartesianSpace(columns: readonly Float64Array[], eps: number): Space {
  return new EuclideanSpace(hashedCells(columns, eps), columns, eps);
}

function planeSpace(x: Float64Array, y: Float64Array, eps: number): Space {
  const [minX, maxX] = extent(x);
  const [minY, maxY] = extent(y);
  // A hair less than eps/√2, so that rounding can't make a cell's diagonal longer than eps.
  const side = (eps * (1 - 1e-6)) / Math.SQRT2;
  const columns = Math.floor((maxX - minX) / side) + 2;
  const rows = Math.floor((maxY - minY) / side) + 2;
  if (!fitsInGrid(columns, rows, x.length)) return cartesianSpace([x, y], eps);
  const reach = new Int32Array(rows).fill(2);
  const shape = {
    originX: minX,
    originY: minY,
    cellWidth: side,
    cellHeight: side,
    columns,
    rows,
    reach,
  };
  return new EuclideanSpace(gridCells(x, y, shape), [x, y], eps);
}

/** Rounding of degrees and of earth-centred coordinates, with room to spare. */
const ROUNDING_METERS = 1e-7;

/**
 * Longitude and latitude as they are, with metres per degree taken from the middle of the row a point
 * lies in. Relative error of a distance up to eps: over the at most three rows (δ ≤ 3·eps/R) the
 * circle of latitude changes by 1.02·δ·tan φ, over the whole data the meridian's curvature by
 * 0.0102·Δφ; `tolerance` is more than twice that. A pair whose approximate distance differs from eps
 * by more than the tolerance is decided by it, all others by earth-centred coordinates.
 */
class LocalSpace implements Space {
  readonly cells: Cells;
  readonly #lon: Float64Array;
  readonly #lat: Float64Array;
  readonly #given: { lon: Float64Array; lat: Float64Array };
  readonly #perLonSquared: Float64Array;
  readonly #perLatSquared: number;
  readonly #surelyIn: number;
  readonly #surelyOut: number;
  readonly #epsSquared: number;
  readonly #earth: Earth;
  #ecef: Float64Array | null = null;

  private constructor(
    cells: Cells,
    given: { lon: Float64Array; lat: Float64Array },
    lon: Float64Array,
    lat: Float64Array,
    scale: Scale,
    earth: Earth,
    eps: number,
  ) {
    this.cells = cells;
    this.#given = given;
    this.#lon = inOrder(lon, cells.order);
    this.#lat = inOrder(lat, cells.order);
    const squaredByRow = scale.perLon.map((perLon) => perLon * perLon);
    this.#perLonSquared = new Float64Array(lon.length);
    for (let i = 0; i < lon.length; i++)
      this.#perLonSquared[i] =
        squaredByRow[((this.#lat[i]! - scale.originLat) * scale.rowsPerDegree) | 0]!;
    this.#perLatSquared = scale.perLat ** 2;
    this.#surelyIn = Math.max(0, eps * (1 - scale.tolerance) - ROUNDING_METERS) ** 2;
    this.#surelyOut = (eps * (1 + scale.tolerance) + ROUNDING_METERS) ** 2;
    this.#epsSquared = eps * eps;
    this.#earth = earth;
  }

  /** Null where the approximation would be poor or the grid too large. */
  static tryOf(
    lonAsGiven: Float64Array,
    lat: Float64Array,
    earth: Earth,
    eps: number,
  ): LocalSpace | null {
    const lon = withoutSeam(lonAsGiven);
    if (lon === null) return null;
    const [minLon, maxLon] = extent(lon);
    const [minLat, maxLat] = extent(lat);
    const scale = scaleOf(minLat, maxLat, earth, eps);
    if (scale === null) return null;
    const rowHeight = 1 / scale.rowsPerDegree;
    const columns = Math.floor((maxLon - minLon) / scale.columnWidth) + 2;
    const rows = scale.perLon.length;
    if (!fitsInGrid(columns, rows, lon.length)) return null;
    const reach = Int32Array.from(scale.perLon, (perLon) =>
      Math.ceil(
        (eps * (1 + scale.tolerance) + ROUNDING_METERS) /
          (scale.columnWidth * perLon * (1 - scale.tolerance)),
      ),
    );
    const cells = gridCells(lon, lat, {
      originX: minLon,
      originY: minLat,
      cellWidth: scale.columnWidth,
      cellHeight: rowHeight,
      columns,
      rows,
      reach,
    });
    return new LocalSpace(cells, { lon: lonAsGiven, lat }, lon, lat, scale, earth, eps);
  }

  within(i: number, j: number): boolean {
    const dLon = this.#lon[i]! - this.#lon[j]!;
    const dLat = this.#lat[i]! - this.#lat[j]!;
    const squared = this.#perLonSquared[i]! * dLon * dLon + this.#perLatSquared * dLat * dLat;
    if (squared < this.#surelyIn) return true;
    if (squared > this.#surelyOut) return false;
    return this.squaredMeters(i, j) <= this.#epsSquared;
  }

  squaredMeters(i: number, j: number): number {
    const ecef = (this.#ecef ??= new Float64Array(this.#lon.length * 3).fill(Number.NaN));
    const p = this.#place(ecef, i);
    const q = this.#place(ecef, j);
    const dx = ecef[p]! - ecef[q]!;
    const dy = ecef[p + 1]! - ecef[q + 1]!;
    const dz = ecef[p + 2]! - ecef[q + 2]!;
    return dx * dx + dy * dy + dz * dz;
  }

  #place(ecef: Float64Array, slot: number): number {
    const at = slot * 3;
    if (Number.isNaN(ecef[at]!)) {
      // From the longitude as given: a shifted one is rounded, and a tie must be a tie in every subset.
      const i = this.cells.order[slot]!;
      writeEcef(this.#given.lon[i]!, this.#given.lat[i]!, this.#earth, ecef, at);
    }
    return at;
  }
}

interface Scale {
  originLat: number;
  rowsPerDegree: number;
  /** Degrees. */
  columnWidth: number;
  /** Metres per degree of longitude in the middle of each row. */
  perLon: Float64Array;
  /** Metres per degree of latitude. */
  perLat: number;
  /** Relative. */
  tolerance: number;
}

function scaleOf(minLat: number, maxLat: number, earth: Earth, eps: number): Scale | null {
  const steepest = Math.tan(Math.max(Math.abs(minLat), Math.abs(maxLat)) * RADIANS_PER_DEGREE);
  const delta = (3 * eps) / 6.33e6;
  const tolerance =
    4 * delta * (1 + Math.abs(steepest)) + 0.0204 * (maxLat - minLat) * RADIANS_PER_DEGREE + 1e-9;
  if (!(tolerance <= 0.05)) return null;
  const perLat = metersPerDegree((minLat + maxLat) / 2, earth).perLat;
  const side = (eps * (1 - tolerance) * (1 - 1e-6) - ROUNDING_METERS) / Math.SQRT2;
  const rowHeight = side / (perLat * (1 + tolerance));
  const rows = Math.floor((maxLat - minLat) / rowHeight) + 2;
  if (rows > 1 << 22) return null;
  const perLon = new Float64Array(rows);
  let widest = 0;
  for (let row = 0; row < rows; row++) {
    perLon[row] = metersPerDegree(minLat + (row + 0.5) * rowHeight, earth).perLon;
    widest = Math.max(widest, perLon[row]!);
  }
  return {
    originLat: minLat,
    rowsPerDegree: 1 / rowHeight,
    columnWidth: side / (widest * (1 + tolerance)),
    perLon,
    perLat,
    tolerance,
  };
}

function metersPerDegree(lat: number, earth: Earth): { perLon: number; perLat: number } {
  const phi = lat * RADIANS_PER_DEGREE;
  const w = 1 - earth.eccentricitySquared * Math.sin(phi) ** 2;
  const normal = earth.radiusMeters / Math.sqrt(w);
  return {
    perLon: normal * Math.cos(phi) * RADIANS_PER_DEGREE,
    perLat: ((normal * (1 - earth.eccentricitySquared)) / w) * RADIANS_PER_DEGREE,
  };
}

/** Longitudes without a jump: shifted to 0…360 when that is the shorter range; null when both span over 180°. */
function withoutSeam(lon: Float64Array): Float64Array | null {
  const [min, max] = extent(lon);
  if (max - min <= 180) return lon;
  const shifted = lon.map((degrees) => (degrees < 0 ? degrees + 360 : degrees));
  const [from, to] = extent(shifted);
  return to - from <= 180 ? shifted : null;
}

function extent(values: Float64Array): [number, number] {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return [min, max];
}

function inOrder(values: Float64Array, order: Int32Array): Float64Array {
  const sorted = new Float64Array(order.length);
  for (let slot = 0; slot < order.length; slot++) sorted[slot] = values[order[slot]!]!;
  return sorted;
}
