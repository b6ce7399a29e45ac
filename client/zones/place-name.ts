/** What a place on the map is called: by a drawn zone it lies in, else by the nearest thing that has a name. Pure. */
import { distanceMeters } from '../../shared/geo/ellipsoid.ts';
import { pointInPolygon } from '../../shared/geo/point-in-polygon.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { ZoneView } from '../../shared/zones/schema.ts';

/** A key point or a station. */
export type Named = Position & { name: string };

export const compass = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const;
export type PlaceName =
  | { kind: 'zone' | 'at'; name: string }
  /** so far from it, in that direction */
  | { kind: 'near'; name: string; meters: number; toward: (typeof compass)[number] };

const atMeters = 200;
/** Further away a name says little of a place. */
const nearMeters = 2_500;

/** Null where nothing with a name is near. */
export function nameOfPlace(
  position: Position,
  zones: readonly ZoneView[],
  named: readonly Named[],
): PlaceName | null {
  const zone = zones
    .filter(({ boundary }) => pointInPolygon(position, boundary))
    .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))[0];
  const nearest = nearestOf(position, named);
  if (nearest !== null && nearest.meters <= atMeters) return { kind: 'at', name: nearest.name };
  if (zone) return { kind: 'zone', name: zone.name };
  if (nearest === null || nearest.meters > nearMeters) return null;
  const { name, meters } = nearest;
  return { kind: 'near', name, meters, toward: towardFrom(nearest, position) };
}

function nearestOf(
  position: Position,
  named: readonly Named[],
): (Named & { meters: number }) | null {
  const eastScale = Math.cos((position.lat * Math.PI) / 180);
  let found: Named | null = null;
  let least = Infinity;
  for (const one of named) {
    const far = ((one.lon - position.lon) * eastScale) ** 2 + (one.lat - position.lat) ** 2;
    if (far > least || (far === least && found !== null && one.name >= found.name)) continue;
    least = far;
    found = one;
  }
  return found === null ? null : { ...found, meters: distanceMeters(found, position) };
}

function towardFrom(from: Position, to: Position): (typeof compass)[number] {
  const east = (to.lon - from.lon) * Math.cos((from.lat * Math.PI) / 180);
  const turn = Math.atan2(east, to.lat - from.lat) / (2 * Math.PI);
  return compass[(Math.round(turn * compass.length) + compass.length) % compass.length]!;
}
