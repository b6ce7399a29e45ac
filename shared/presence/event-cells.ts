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
/** What stands on a line, as in a table of round numbers, lies in the cell that begins there, whatever the rounding. */
const onTheLine = 1e-6;

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
 * Squares on a plane, from the south-west corner of the rows before `layoutBefore` (a day) on, and as wide as at their
 * median latitude: later rows can't move the grid. Rows in order of their days.
 */
export function inSquares(
  rows: PlacedEvents,
  cellMeters: number,
  layoutBefore: number,
): EventsInCells {
  let early = 0;
  while (early < rows.day.length && rows.day[early]! < layoutBefore) early++;
  const plane = planeOf(rows, Math.max(1, early), cellMeters);
  const names: string[] = [];
  const numbers = new Map<string, number>();
  const cellOf = new Uint32Array(rows.lon.length);
  const columns: number[] = [];
  const lines: number[] = [];
  for (let i = 0; i < cellOf.length; i++) {
    const [column, line] = [Math.floor(plane.x[i]!), Math.floor(plane.y[i]!)];
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

/** In cells from the south-west corner of the first rows; as wide as at their median latitude. */
function planeOf({ lon, lat }: PlacedEvents, early: number, cellMeters: number) {
  const latitudes = lat.slice(0, early).sort();
  const [south, middle] = [latitudes[0] ?? 0, latitudes[early >> 1] ?? 0];
  const west = lon.subarray(0, early).reduce((a, b) => Math.min(a, b), Infinity);
  const perDegree = metersPerDegree / cellMeters;
  const narrowing = Math.cos((middle * Math.PI) / 180);
  return {
    x: lon.map((value) => (value - west) * perDegree * narrowing + onTheLine),
    y: lat.map((value) => (value - south) * perDegree + onTheLine),
  };
}
