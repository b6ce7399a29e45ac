/** Puts places on the map into cells: squares of so many metres, or H3. */
import { latLngToCell } from 'h3-js';
import { hexKernels, squareKernels } from './kernels.ts';
import type { Kernels } from './kernels.ts';
import type { CellEvents } from './month-forecasts.ts';
import { tieBreaks } from './ranking.ts';

/** Columns; in any order. */
export interface PlacedEvents {
  lon: Float64Array;
  lat: Float64Array;
  /** since 1970-01-01 */
  day: Int32Array;
  weight: Float64Array;
}

export interface EventsInCells {
  events: CellEvents;
  kernels: Kernels;
  tieBreak: Float64Array;
  names: string[];
}

const metersPerDegree = 111_195;
/** Where the grid could begin, per side. */
const shifts = 10;
/** As many events as this say well enough where a grid cuts busy places. */
const mostForLayout = 20_000;

/** The same rows give the same order, however they came. */
export function inOrder({ lon, lat, day, weight }: PlacedEvents): PlacedEvents {
  const order = Uint32Array.from(day, (_, i) => i).sort(
    (a, b) =>
      day[a]! - day[b]! || lon[a]! - lon[b]! || lat[a]! - lat[b]! || weight[a]! - weight[b]!,
  );
  return {
    lon: Float64Array.from(order, (i) => lon[i]!),
    lat: Float64Array.from(order, (i) => lat[i]!),
    day: Int32Array.from(order, (i) => day[i]!),
    weight: Float64Array.from(order, (i) => weight[i]!),
  };
}

/** Rows in order of their days. */
export function inHexagons(rows: PlacedEvents, resolution: number): EventsInCells {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  const cellOf = new Uint32Array(rows.lon.length);
  for (let i = 0; i < cellOf.length; i++)
    cellOf[i] = numbered(numbers, names, latLngToCell(rows.lat[i]!, rows.lon[i]!, resolution));
  return {
    events: { cellOf, day: rows.day, weight: rows.weight, cells: names.length },
    kernels: hexKernels(names),
    tieBreak: tieBreaks(names),
    names,
  };
}

/**
 * Squares on a plane that touches the middle of the city. Where the grid begins is free: it is laid where the
 * events before `layoutBefore` (a day) are least cut apart, which later events can't change.
 */
export function inSquares(
  rows: PlacedEvents,
  cellMeters: number,
  layoutBefore: number,
): EventsInCells {
  let early = 0;
  while (early < rows.day.length && rows.day[early]! < layoutBefore) early++;
  const plane = planeOf(rows, Math.max(1, early), cellMeters);
  const shift = bestShift(plane.x, plane.y, early);
  const names: string[] = [];
  const numbers = new Map<string, number>();
  const cellOf = new Uint32Array(rows.lon.length);
  const columns: number[] = [];
  const lines: number[] = [];
  for (let i = 0; i < cellOf.length; i++) {
    const column = Math.floor(plane.x[i]! + shift.x);
    const line = Math.floor(plane.y[i]! + shift.y);
    const cell = numbered(numbers, names, `${column},${line}`);
    cellOf[i] = cell;
    columns[cell] = column;
    lines[cell] = line;
  }
  return {
    events: { cellOf, day: rows.day, weight: rows.weight, cells: names.length },
    kernels: squareKernels(columns, lines),
    tieBreak: tieBreaks(names),
    names,
  };
}

/** The number of a name, a new one where it is new. */
function numbered(numbers: Map<string, number>, names: string[], name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, names.length);
  return names.push(name) - 1;
}

/** In cells from the equator and the meridian; as wide as at the median latitude of the first rows. */
function planeOf({ lon, lat }: PlacedEvents, early: number, cellMeters: number) {
  const middle = lat.slice(0, early).sort()[early >> 1] ?? 0;
  const perDegree = metersPerDegree / cellMeters;
  const narrowing = Math.cos((middle * Math.PI) / 180);
  return {
    x: lon.map((value) => value * perDegree * narrowing),
    y: lat.map((value) => value * perDegree),
  };
}

/** Of 10 x 10 beginnings the one with the most pairs of events in a common cell. */
function bestShift(x: Float64Array, y: Float64Array, early: number): { x: number; y: number } {
  const step = Math.max(1, Math.ceil(early / mostForLayout));
  let best = { x: 0, y: 0, pairs: -1 };
  for (let i = 0; i < shifts * shifts; i++) {
    const shift = { x: (i % shifts) / shifts, y: Math.floor(i / shifts) / shifts };
    const counts = new Map<number, number>();
    let pairs = 0;
    for (let e = 0; e < early; e += step) {
      const cell = Math.floor(x[e]! + shift.x) * 2 ** 26 + Math.floor(y[e]! + shift.y);
      const count = counts.get(cell) ?? 0;
      pairs += count;
      counts.set(cell, count + 1);
    }
    if (pairs > best.pairs) best = { ...shift, pairs };
  }
  return best;
}
