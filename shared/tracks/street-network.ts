/** The streets of a city, made ready for finding those near a position and the way along them. */
import Flatbush from 'flatbush';
import { ROAD_CLASSES } from '../basemap/schema.ts';
import type { StreetsFile } from '../basemap/schema.ts';
import { metersPerDegree } from './fixes.ts';
import { WaysAround } from './ways-around.ts';

/**
 * Edges keep the numbers they have in the file. Each is cut into straight pieces, those of edge `j` being
 * `firstPiece[j]` to `firstPiece[j + 1] − 1`, in metres east and north of the origin.
 */
export interface StreetNetwork {
  /** changes with the streets: numbers of edges mean nothing across versions */
  version: string;
  originLon: number;
  originLat: number;
  metersPerLon: number;
  edgeFrom: Int32Array;
  edgeTo: Int32Array;
  edgeMeters: Float64Array;
  edgeClass: Uint8Array;
  edgeName: Int32Array;
  names: readonly { zh: string; en: string }[];
  firstPiece: Int32Array;
  pieceEdge: Int32Array;
  /** x, y of its beginning, x, y of its end */
  pieces: Float64Array;
  /** metres along the edge at its beginning */
  pieceStart: Float64Array;
  pieceMeters: Float64Array;
  /** null without any street */
  index: Flatbush | null;
  ways: WaysAround;
}

export function buildStreetNetwork(file: StreetsFile, version: string): StreetNetwork {
  const edgeCount = file.edgeNames.length;
  const originLon = (file.nodes[0] ?? 0) / 1e6;
  const originLat = (file.nodes[1] ?? 0) / 1e6;
  const metersPerLon = metersPerDegree * Math.cos((originLat * Math.PI) / 180);
  const column = (offset: number) =>
    Int32Array.from({ length: edgeCount }, (_, edge) => file.edges[6 * edge + offset]!);
  const [edgeFrom, edgeTo] = [column(0), column(1)];
  const edgeMeters = Float64Array.from(column(2), (decimeters) => decimeters / 10);
  const firstPiece = new Int32Array(edgeCount + 1);
  for (let edge = 0; edge < edgeCount; edge += 1)
    firstPiece[edge + 1] = firstPiece[edge]! + file.shapes[edge]!.length / 2 + 1;
  const count = firstPiece[edgeCount]!;
  const network = {
    pieceEdge: new Int32Array(count),
    pieces: new Float64Array(4 * count),
    pieceStart: new Float64Array(count),
    pieceMeters: new Float64Array(count),
  };
  const x = (micro: number) => (micro / 1e6 - originLon) * metersPerLon;
  const y = (micro: number) => (micro / 1e6 - originLat) * metersPerDegree;
  for (let edge = 0; edge < edgeCount; edge += 1) {
    const corners = cornersOf(file, edge);
    const steps: number[] = [];
    for (let i = 2; i < corners.length; i += 2) {
      const at = firstPiece[edge]! + i / 2 - 1;
      const ends = [
        x(corners[i - 2]!),
        y(corners[i - 1]!),
        x(corners[i]!),
        y(corners[i + 1]!),
      ] as const;
      network.pieces.set(ends, 4 * at);
      network.pieceEdge[at] = edge;
      steps.push(Math.hypot(ends[2] - ends[0], ends[3] - ends[1]));
    }
    // The file's own length is the more exact one: the pieces are stretched to it.
    const drawn = steps.reduce((sum, step) => sum + step, 0);
    const scale = drawn === 0 ? 0 : edgeMeters[edge]! / drawn;
    let along = 0;
    steps.forEach((step, i) => {
      network.pieceStart[firstPiece[edge]! + i] = along;
      network.pieceMeters[firstPiece[edge]! + i] = step * scale;
      along += step * scale;
    });
  }
  return {
    version,
    originLon,
    originLat,
    metersPerLon,
    edgeFrom,
    edgeTo,
    edgeMeters,
    edgeClass: Uint8Array.from(column(3)),
    edgeName: Int32Array.from(file.edgeNames),
    names: file.names,
    firstPiece,
    ...network,
    index: indexOf(network.pieces),
    ways: new WaysAround(file.nodes.length / 2, edgeFrom, edgeTo, edgeMeters),
  };
}

/** Its junctions and the bends between them, in 1e-6 degrees. */
function cornersOf(file: StreetsFile, edge: number): number[] {
  const from = file.edges[6 * edge]!;
  const to = file.edges[6 * edge + 1]!;
  let lon = file.nodes[2 * from]!;
  let lat = file.nodes[2 * from + 1]!;
  const corners = [lon, lat];
  const steps = file.shapes[edge]!;
  for (let i = 0; i < steps.length; i += 2) {
    lon += steps[i]!;
    lat += steps[i + 1]!;
    corners.push(lon, lat);
  }
  corners.push(file.nodes[2 * to]!, file.nodes[2 * to + 1]!);
  return corners;
}

function indexOf(pieces: Float64Array): Flatbush | null {
  if (pieces.length === 0) return null;
  const index = new Flatbush(pieces.length / 4);
  for (let i = 0; i < pieces.length; i += 4) {
    const [ax, ay, bx, by] = [pieces[i]!, pieces[i + 1]!, pieces[i + 2]!, pieces[i + 3]!];
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  }
  index.finish();
  return index;
}

/** A place on an edge: how far along it, and how far from the position it was looked for. */
export interface OnEdge {
  edge: number;
  alongMeters: number;
  awayMeters: number;
}

/** The nearest place on each edge that comes within reach, nearest first. */
export function edgesNear(
  network: StreetNetwork,
  lon: number,
  lat: number,
  reachMeters: number,
): OnEdge[] {
  const x = (lon - network.originLon) * network.metersPerLon;
  const y = (lat - network.originLat) * metersPerDegree;
  const found: OnEdge[] = [];
  const pieces =
    network.index?.search(x - reachMeters, y - reachMeters, x + reachMeters, y + reachMeters) ?? [];
  for (const piece of pieces) {
    const near = nearestOn(network, piece, x, y);
    if (near.awayMeters > reachMeters) continue;
    const known = found.findIndex(({ edge }) => edge === near.edge);
    if (known < 0) found.push(near);
    else if (isNearer(near, found[known]!)) found[known] = near;
  }
  return found.sort((a, b) => a.awayMeters - b.awayMeters || a.edge - b.edge);
}

const isNearer = (a: OnEdge, b: OnEdge): boolean =>
  a.awayMeters < b.awayMeters || (a.awayMeters === b.awayMeters && a.alongMeters < b.alongMeters);

function nearestOn(network: StreetNetwork, piece: number, x: number, y: number): OnEdge {
  const ax = network.pieces[4 * piece]!;
  const ay = network.pieces[4 * piece + 1]!;
  const dx = network.pieces[4 * piece + 2]! - ax;
  const dy = network.pieces[4 * piece + 3]! - ay;
  const square = dx * dx + dy * dy;
  const share =
    square === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square));
  return {
    edge: network.pieceEdge[piece]!,
    alongMeters: network.pieceStart[piece]! + share * network.pieceMeters[piece]!,
    awayMeters: Math.hypot(x - ax - share * dx, y - ay - share * dy),
  };
}

/** The line of a stretch, as [lon, lat] to the metre or so. */
export function lineOf(
  network: StreetNetwork,
  edge: number,
  fromMeters: number,
  toMeters: number,
): [number, number][] {
  const line: [number, number][] = [];
  const add = (piece: number, share: number): void => {
    const [ax, ay, bx, by] = network.pieces.subarray(4 * piece, 4 * piece + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    const lon = network.originLon + (ax + (bx - ax) * share) / network.metersPerLon;
    const lat = network.originLat + (ay + (by - ay) * share) / metersPerDegree;
    line.push([Math.round(lon * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6]);
  };
  for (let piece = network.firstPiece[edge]!; piece < network.firstPiece[edge + 1]!; piece += 1) {
    const start = network.pieceStart[piece]!;
    const meters = network.pieceMeters[piece]!;
    if (meters === 0 || start + meters < fromMeters || start > toMeters) continue;
    if (line.length === 0) add(piece, Math.max(0, (fromMeters - start) / meters));
    add(piece, Math.min(1, (toMeters - start) / meters));
  }
  return line;
}

/** Where nobody can stop or walk, nobody can look. */
const notPatrolled = ROAD_CLASSES.indexOf('motorway');
export const isPatrolled = (network: StreetNetwork, edge: number): boolean =>
  network.edgeClass[edge] !== notPatrolled;
