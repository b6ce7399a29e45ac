// Brings the groups of live sightings up to date after some of them changed, from the changed ones'
// neighbourhood alone (`neighbourhood.ts` says what that is and why it is enough). The law: the result
// equals `groupLive` over all live sightings.
import { chordMeters } from '../geo/ellipsoid.ts';
import type { Position } from '../geo/position.ts';
import { UNKNOWN_CORE } from './density.ts';
import { groupPoints, rankIds } from './grouping.ts';
import { placeByHand } from './placement.ts';
import type { Placement } from './placement.ts';

export interface RegroupOptions {
  epsMeters: number;
  minPoints: number;
  maxDiameterMeters: number | null;
}

/** A live sighting. A placed one is taken out of the automatic graph altogether. */
export interface LivePoint extends Position {
  id: string;
  placement: Placement | null;
}

/** A live sighting as stored: where it lies now, and what the last grouping said of it. */
export interface Member extends LivePoint {
  isCore: boolean;
  /** Smallest id of its group before the cut for width; null for noise and for placed ones. */
  componentKey: string | null;
}

export interface Assignment {
  id: string;
  isCore: boolean;
  componentKey: string | null;
  /** Smallest id of its group; null for noise. */
  groupKey: string | null;
}

/** A sighting that arrived, moved, left, came back, or was placed by hand. */
export interface Change {
  id: string;
  /** Where it was and where it is: one or both. */
  positions: readonly Position[];
  /** Sightings it was or is placed with. */
  anchorIds: readonly string[];
}

/** Rounding, and a database that measures geodesics, stay well under this. */
export const MARGIN_METERS = 0.01;

/**
 * The groups of `members`, which must be closed in the sense of `collectNeighbourhood`. Core points are
 * counted anew within eps of a change and taken as stored elsewhere. Sorted by id.
 */
export function regroup(
  members: readonly Member[],
  changes: readonly Change[],
  options: RegroupOptions,
): Assignment[] {
  const changed = changes.flatMap((change) => change.positions);
  const reach = options.epsMeters + MARGIN_METERS;
  return assign(members, options, (member) =>
    changed.some((position) => chordMeters(position, member) <= reach)
      ? UNKNOWN_CORE
      : Number(member.isCore),
  );
}

/** The groups of all live sightings, from nothing but the set of them. Sorted by id. */
export function groupLive(points: readonly LivePoint[], options: RegroupOptions): Assignment[] {
  return assign(points, options, () => UNKNOWN_CORE);
}

function assign<P extends LivePoint>(
  given: readonly P[],
  options: RegroupOptions,
  coreHint: (point: P) => number,
): Assignment[] {
  const points = given.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const automatic = points.filter((point) => point.placement === null);
  const { labels, components, core } = groupPoints(
    {
      x: Float64Array.from(automatic, (point) => point.lon),
      y: Float64Array.from(automatic, (point) => point.lat),
      rank: rankIds(automatic.map((point) => point.id)),
      coreHint: Uint8Array.from(automatic, options.minPoints > 1 ? coreHint : () => UNKNOWN_CORE),
    },
    { ...options, surface: 'ellipsoid' },
  );
  const componentKeys = firstIds(automatic, components);
  const placed = placeByHand(points, new Map(automatic.map((point, i) => [point.id, labels[i]!])));
  const own = new Map(automatic.map((point, i) => [point.id, i]));
  return points.map(({ id }) => {
    const i = own.get(id);
    return {
      id,
      isCore: i !== undefined && core[i] === 1,
      componentKey: i === undefined ? null : (componentKeys.get(components[i]!) ?? null),
      groupKey: placed.get(id) ?? null,
    };
  });
}

/** Smallest id by label; the points come sorted by id. */
function firstIds(points: readonly LivePoint[], labels: Int32Array): Map<number, string> {
  const first = new Map<number, string>();
  points.forEach(({ id }, i) => {
    const label = labels[i]!;
    if (label >= 0 && !first.has(label)) first.set(label, id);
  });
  return first;
}
