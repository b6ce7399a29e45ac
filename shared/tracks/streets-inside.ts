/** Which stretches of a city's streets lie in a drawn area. */
import { pointInPolygon } from '../geo/point-in-polygon.ts';
import type { Polygon } from '../geo/position.ts';
import { metersPerDegree } from './fixes.ts';
import { isPatrolled } from './street-network.ts';
import type { StreetNetwork } from './street-network.ts';
import { unionOf } from './stretches.ts';
import type { Stretch } from './stretches.ts';

/** The border of an area is drawn no finer than this. */
const partMeters = 20;

/** All streets that can be patrolled; with an area, the parts whose middle lies in it. */
export function streetsInside(network: StreetNetwork, area: Polygon | null): Stretch[] {
  const stretches: Stretch[] = [];
  if (area === null) {
    network.edgeMeters.forEach((meters, edge) => {
      if (isPatrolled(network, edge)) stretches.push([edge, 0, toTenth(meters)]);
    });
    return unionOf(stretches);
  }
  const ring = area.coordinates.flat();
  const x = (lon: number) => (lon - network.originLon) * network.metersPerLon;
  const y = (lat: number) => (lat - network.originLat) * metersPerDegree;
  const xs = ring.map(([lon]) => x(lon));
  const ys = ring.map(([, lat]) => y(lat));
  const [west, south, east, north] = [
    xs.reduce((a, b) => Math.min(a, b), Infinity),
    ys.reduce((a, b) => Math.min(a, b), Infinity),
    xs.reduce((a, b) => Math.max(a, b), -Infinity),
    ys.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  for (const piece of network.index?.search(west, south, east, north) ?? [])
    if (isPatrolled(network, network.pieceEdge[piece]!))
      stretches.push(...partsInside(network, piece, area));
  return unionOf(stretches);
}

function partsInside(network: StreetNetwork, piece: number, area: Polygon): Stretch[] {
  const [ax, ay, bx, by] = [0, 1, 2, 3].map((i) => network.pieces[4 * piece + i]!) as [
    number,
    number,
    number,
    number,
  ];
  const meters = network.pieceMeters[piece]!;
  const start = network.pieceStart[piece]!;
  const parts = Math.max(1, Math.ceil(meters / partMeters));
  const stretches: Stretch[] = [];
  for (let part = 0; part < parts; part += 1) {
    const middle = (part + 0.5) / parts;
    const lon = network.originLon + (ax + (bx - ax) * middle) / network.metersPerLon;
    const lat = network.originLat + (ay + (by - ay) * middle) / metersPerDegree;
    if (pointInPolygon({ lon, lat }, area))
      stretches.push([
        network.pieceEdge[piece]!,
        toTenth(start + (part / parts) * meters),
        toTenth(start + ((part + 1) / parts) * meters),
      ]);
  }
  return stretches;
}

const toTenth = (meters: number): number => Math.round(meters * 10) / 10;
