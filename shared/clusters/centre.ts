// Where a cluster is drawn and what its radius is.
import { chordMeters, fromEcef, toEcef } from '../geo/ellipsoid.ts';
import type { Position } from '../geo/position.ts';

export interface LocatedReport extends Position {
  accuracyMeters: number;
}

export interface Centre extends Position {
  /** Distance of the farthest report. */
  radiusMeters: number;
}

/** No phone is better than this, whatever it says. */
const BEST_ACCURACY_METERS = 5;

/**
 * Mean of the positions in earth-centred space, each weighted with 1 / max(accuracy, 5 m)²: no seam at
 * the antimeridian. The same in any order of the reports. Throws RangeError when there are none.
 */
export function centreOf(reports: readonly LocatedReport[]): Centre {
  const [first] = reports;
  if (first === undefined) throw new RangeError('nothing has no centre');
  // Floating-point sums depend on the order: take one order.
  const sorted = reports.toSorted(
    (a, b) => a.lon - b.lon || a.lat - b.lat || weightOf(a) - weightOf(b),
  );
  const sum = { x: 0, y: 0, z: 0 };
  let total = 0;
  for (const report of sorted) {
    const place = toEcef(report);
    const weight = weightOf(report);
    sum.x += place.x * weight;
    sum.y += place.y * weight;
    sum.z += place.z * weight;
    total += weight;
  }
  const { lon, lat } = fromEcef({ x: sum.x / total, y: sum.y / total, z: sum.z / total });
  return { lon, lat, radiusMeters: farthest({ lon, lat }, sorted) };
}

function weightOf({ accuracyMeters }: LocatedReport): number {
  return 1 / Math.max(accuracyMeters, BEST_ACCURACY_METERS) ** 2;
}

function farthest(centre: Position, reports: readonly Position[]): number {
  let meters = 0;
  for (const report of reports) meters = Math.max(meters, chordMeters(centre, report));
  return meters;
}
