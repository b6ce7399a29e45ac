/** What lies over the cells of a field at one moment, in columns: weather there and then, drawn zones. */
import { cellToLatLng } from 'h3-js';
import { pointInPolygon } from '../geo/point-in-polygon.ts';
import type { Position } from '../geo/position.ts';
import type { CellField } from './cell-field.ts';
import { cellOfKey, parentKey } from './cell-key.ts';
import { countsAtHour } from './rules.ts';
import type { ZoneView } from './schema.ts';

/** Cells with one parent share their weather: about 36 km², finer than any grid of a provider. */
const weatherResolution = 6;
/** Corner to middle of a cell of that resolution, in degrees of latitude, with room to spare. */
const parentReachDegrees = 0.06;

interface Run {
  /** from…to − 1 along the cells */
  from: number;
  to: number;
  middle: Position;
}

/** The cells of one parent follow each other. */
function runsOf({ keys, resolution }: CellField): Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < keys.length;) {
    const parent = parentKey(keys[from]!, resolution, weatherResolution);
    let to = from + 1;
    while (to < keys.length && parentKey(keys[to]!, resolution, weatherResolution) === parent)
      to += 1;
    const middle = middleOf(cellOfKey(parent, weatherResolution));
    runs.push({ from, to, middle });
    from = to;
  }
  return runs;
}
function middleOf(cell: string): Position {
  const [lat, lon] = cellToLatLng(cell);
  return { lon, lat };
}

/** Columns for `DebtCircumstances`. @param weatherAt asked once for some tens of cells that lie together */
export function feltOfCells(
  field: CellField,
  weatherAt: (position: Position) => { feltCelsius: number; wet: boolean } | null,
): { felt: Float32Array; wet: Uint8Array } {
  const felt = new Float32Array(field.cells.length);
  const wet = new Uint8Array(field.cells.length);
  for (const { from, to, middle } of runsOf(field)) {
    const weather = weatherAt(middle);
    felt.fill(weather?.feltCelsius ?? Number.NaN, from, to);
    wet.fill(weather?.wet === true ? 1 : 0, from, to);
  }
  return { felt, wet };
}

/**
 * For each cell the greatest weight of the zones that hold its centre and count at this hour, 1 without any; null
 * when none counts at all.
 */
export function zoneWeightsOf(
  field: CellField,
  zones: readonly ZoneView[],
  hour: number,
): Float32Array | null {
  const counting = zones
    .filter((zone) => !zone.removed && countsAtHour(zone, hour))
    .map((zone) => ({ ...zone, box: boxOf(zone) }));
  if (counting.length === 0) return null;
  const weights = new Float32Array(field.cells.length).fill(1);
  for (const run of runsOf(field)) {
    const near = counting.filter(({ box }) => isNear(box, run.middle));
    if (near.length === 0) continue;
    for (let i = run.from; i < run.to; i++) {
      const middle = middleOf(field.cells[i]!);
      const over = near.filter(({ boundary }) => pointInPolygon(middle, boundary));
      if (over.length > 0) weights[i] = Math.max(...over.map(({ weight }) => weight));
    }
  }
  return weights;
}

interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}
function boxOf({ boundary }: ZoneView): Box {
  const ring = boundary.coordinates[0] ?? [];
  const lons = ring.map(([lon]) => lon);
  const lats = ring.map(([, lat]) => lat);
  return {
    west: Math.min(...lons),
    south: Math.min(...lats),
    east: Math.max(...lons),
    north: Math.max(...lats),
  };
}
function isNear({ west, south, east, north }: Box, { lon, lat }: Position): boolean {
  const reachLon = parentReachDegrees / Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  return (
    lon >= west - reachLon &&
    lon <= east + reachLon &&
    lat >= south - parentReachDegrees &&
    lat <= north + parentReachDegrees
  );
}
