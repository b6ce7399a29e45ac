/** Made-up tracks and a made-up grid of streets for the tests of what is read from tracks. */
import type { StreetsFile } from '../../basemap/schema.ts';
import { metersPerDegree } from '../fixes.ts';
import type { TrackPoint } from '../schema.ts';

export const origin = { lon: 116.4, lat: 39.9 };
const metersPerLon = metersPerDegree * Math.cos((origin.lat * Math.PI) / 180);

/** So many metres east and north of the origin. */
export const at = (east: number, north: number): { lon: number; lat: number } => ({
  lon: origin.lon + east / metersPerLon,
  lat: origin.lat + north / metersPerDegree,
});

export const pointAt = (
  moment: number,
  east: number,
  north: number,
  accuracyMeters = 8,
): TrackPoint => {
  const { lon, lat } = at(east, north);
  return [moment, lon, lat, accuracyMeters, null, null];
};

interface Made {
  at: number;
  count: number;
  everyMs?: number;
}
/** Eastwards along the street through the origin. */
export const drive = (
  made: Made & { metersPerSecond: number; startMeters?: number; north?: number },
): TrackPoint[] =>
  Array.from({ length: made.count }, (_, i) => {
    const ms = i * (made.everyMs ?? 5_000);
    const east = (made.startMeters ?? 0) + (made.metersPerSecond * ms) / 1000;
    return pointAt(made.at + ms, east, made.north ?? 0);
  });

export const stand = (
  made: Made & { jitterMeters: number; east?: number; north?: number },
): TrackPoint[] =>
  Array.from({ length: made.count }, (_, i) => {
    // Irrational steps round the circle: never the same place twice, and the same in every run.
    const [angle, reach] = [i * 2.399, made.jitterMeters * (0.3 + 0.7 * ((i * 0.618) % 1))];
    return pointAt(
      made.at + i * (made.everyMs ?? 5_000),
      (made.east ?? 0) + reach * Math.cos(angle),
      (made.north ?? 0) + reach * Math.sin(angle),
    );
  });

/** A fix between this one and the next, far off. */
export function thrownIn(
  [moment, lon, lat]: TrackPoint,
  { meters, angle, laterMs = 2_000 }: { meters: number; angle: number; laterMs?: number },
): TrackPoint {
  return [
    moment + laterMs,
    lon + (meters * Math.cos(angle)) / metersPerLon,
    lat + (meters * Math.sin(angle)) / metersPerDegree,
    8,
    null,
    null,
  ];
}

/**
 * Streets of 100 m from corner to corner, `columns` × `rows` corners, the first at the origin and the others east and
 * north of it. Row by row first all that run east, then all that run north.
 */
export function gridOfStreets(columns: number, rows: number, stepMeters = 100): StreetsFile {
  const file: StreetsFile = {
    version: 1,
    nodes: [],
    edges: [],
    shapes: [],
    names: [],
    edgeNames: [],
  };
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      const { lon, lat } = at(column * stepMeters, row * stepMeters);
      file.nodes.push(Math.round(lon * 1e6), Math.round(lat * 1e6));
    }
  const add = (from: number, to: number, name: number) => {
    file.edges.push(from, to, stepMeters * 10, 5, 0, 30);
    file.shapes.push([]);
    file.edgeNames.push(name);
  };
  for (let row = 0; row < rows; row += 1) {
    file.names.push({ zh: `东西${row}路`, en: `East ${row} Road` });
    for (let column = 1; column < columns; column += 1)
      add(row * columns + column - 1, row * columns + column, row);
  }
  for (let column = 0; column < columns; column += 1) {
    file.names.push({ zh: `南北${column}街`, en: `North ${column} Street` });
    for (let row = 1; row < rows; row += 1)
      add((row - 1) * columns + column, row * columns + column, rows + column);
  }
  return file;
}
