import type { z } from 'zod';
import type { Position } from '../../shared/geo/position.ts';
import { compassPoints } from '../../shared/streets/schema.ts';
import type {
  CompassPoint,
  describePlaceSchema,
  PlaceDescription,
  StreetNearby,
} from '../../shared/streets/schema.ts';
import { metersBetween } from '../../shared/tracks/fixes.ts';
import { edgesNear, lineOf } from '../../shared/tracks/street-network.ts';
import type { OnEdge, StreetNetwork } from '../../shared/tracks/street-network.ts';
import type { Context } from '../kernel/context.ts';
import { hitLimit, networkOf } from '../kernel/rate-limit.ts';
import { readKnownPlaces, readStreetNetwork } from './queries.ts';

/** More than anyone who looks for words for a place, from one household or phone. */
const limit = { limit: 120, windowSeconds: 600 };

export async function describePlace(
  ctx: Context,
  { cityId, position }: z.infer<typeof describePlaceSchema>,
): Promise<PlaceDescription> {
  await hitLimit(ctx.db.sql, `streets:address:${networkOf(ctx.address)}`, limit);
  return readDescription(cityId, position);
}

/** What is known of a place from the city's map; empty names where the map says nothing. */
export async function readDescription(
  cityId: string,
  position: Position,
): Promise<PlaceDescription> {
  const [network, places] = await Promise.all([readStreetNetwork(cityId), readKnownPlaces(cityId)]);
  const street = network && nearestStreet(network, position);
  return {
    ...(street?.named ?? { zh: '', en: '', meters: 0 }),
    crossing: network && street ? crossingOf(network, street.on, position) : null,
    place: nearestPlace(places, position),
  };
}

/** Looked for near by first: nearly everyone stands beside a street. */
const streetReaches = [60, 300];
/** Farther along a street nobody would call it the corner of. */
const farthestCorner = 400;
const farthestPlace = 1_000;

function nearestStreet(
  network: StreetNetwork,
  { lon, lat }: Position,
): { on: OnEdge; named: StreetNearby } | null {
  for (const reach of streetReaches)
    for (const on of edgesNear(network, lon, lat, reach)) {
      const name = network.names[network.edgeName[on.edge]!];
      if (name) return { on, named: { ...name, meters: Math.round(on.awayMeters) } };
    }
  return null;
}

/** Along the street to both sides, edge by edge, until something of another name meets it. */
function crossingOf(
  network: StreetNetwork,
  start: OnEdge,
  position: Position,
): StreetNearby | null {
  const street = network.edgeName[start.edge]!;
  const ends = [network.edgeFrom[start.edge]!, network.edgeTo[start.edge]!];
  const queue = ends.map((junction, i) => ({
    junction,
    meters: i === 0 ? start.alongMeters : network.edgeMeters[start.edge]! - start.alongMeters,
  }));
  const seen = new Set<number>();
  while (queue.length > 0) {
    queue.sort((a, b) => a.meters - b.meters);
    const { junction, meters } = queue.shift()!;
    if (meters > farthestCorner) return null;
    if (seen.has(junction)) continue;
    seen.add(junction);
    for (const edge of network.ways.edgesAt(junction)) {
      const name = network.edgeName[edge]!;
      if (name >= 0 && isOther(network, name, street)) {
        const corner = cornerOf(network, edge, junction);
        return { ...network.names[name]!, meters: Math.round(metersBetween(corner, position)) };
      }
      if (name === street)
        queue.push({
          junction: network.ways.otherEnd(edge, junction),
          meters: meters + network.edgeMeters[edge]!,
        });
    }
  }
  return null;
}

const isOther = (network: StreetNetwork, name: number, street: number): boolean =>
  name !== street && network.names[name]!.zh !== network.names[street]!.zh;

function cornerOf(network: StreetNetwork, edge: number, junction: number): Position {
  const line = lineOf(network, edge, 0, network.edgeMeters[edge]!);
  const [lon, lat] = (network.edgeFrom[edge] === junction ? line[0] : line.at(-1))!;
  return { lon, lat };
}

function nearestPlace(
  places: Awaited<ReturnType<typeof readKnownPlaces>>,
  position: Position,
): PlaceDescription['place'] {
  let best: PlaceDescription['place'] = null;
  let bestMeters = farthestPlace;
  for (const { geometry, properties } of places) {
    const [lon, lat] = geometry.coordinates;
    const meters = metersBetween({ lon, lat }, position);
    const { kind, nameZh: zh, nameEn: en } = properties;
    if (meters >= bestMeters || (zh === '' && en === '')) continue;
    bestMeters = meters;
    best = { zh, en, meters: Math.round(meters), kind, side: sideOf({ lon, lat }, position) };
  }
  return best;
}

/** On which side of `place` the position lies. */
export function sideOf(place: Position, position: Position): CompassPoint {
  const east = (position.lon - place.lon) * Math.cos((place.lat * Math.PI) / 180);
  const degrees = (Math.atan2(east, position.lat - place.lat) * 180) / Math.PI;
  return compassPoints[(Math.round(degrees / 45) + 8) % 8]!;
}
