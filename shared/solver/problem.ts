// What the search asks of an instance over and over, worked out once: all distances and each customer's
// nearest others. Throws InstanceError where some customer can't be served by any vehicle.
import { InstanceError } from './instance.ts';
import type { Instance } from './instance.ts';

export interface Problem {
  instance: Instance;
  /** Rows, the depot included. */
  size: number;
  /** size × size, row by row; also the travel times. */
  distance: Float64Array;
  /** size × near: other customers, nearest first. Row 0 is unused. */
  nearest: Int32Array;
  near: number;
  /** The most routes an answer can use. */
  maxRoutes: number;
}

/** Enough for any ruin: more neighbours are never walked through. */
const MOST_NEAR = 300;

export function makeProblem(instance: Instance): Problem {
  const size = instance.ids.length;
  const distance = distances(instance);
  const customers = size - 1;
  checkServable(instance, distance);
  const trips = instance.kind === 'pdptw' ? customers / 2 : customers;
  const near = Math.min(MOST_NEAR, Math.max(0, customers - 1));
  return {
    instance,
    size,
    distance,
    nearest: nearestOthers(distance, size, near),
    near,
    maxRoutes: Math.min(instance.vehicles, trips),
  };
}

function distances({ x, y, ids }: Instance): Float64Array {
  const size = ids.length;
  const distance = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++) {
      const [dx, dy] = [x[i]! - x[j]!, y[i]! - y[j]!];
      const d = Math.sqrt(dx * dx + dy * dy);
      distance[i * size + j] = d;
      distance[j * size + i] = d;
    }
  return distance;
}

function nearestOthers(distance: Float64Array, size: number, near: number): Int32Array {
  const nearest = new Int32Array(size * near);
  let widest = 0;
  for (const d of distance) if (d > widest) widest = d;
  // Numbers sort faster than pairs: the distance in the high bits, the row in the low ones.
  const scale = widest > 0 ? 2 ** 36 / widest : 0;
  const keys = new Float64Array(Math.max(0, size - 2));
  for (let i = 1; i < size; i++) {
    let at = 0;
    for (let j = 1; j < size; j++)
      if (j !== i) keys[at++] = Math.floor(distance[i * size + j]! * scale) * 8192 + j;
    keys.sort();
    for (let k = 0; k < near; k++) nearest[i * near + k] = keys[k]! % 8192;
  }
  return nearest;
}

function checkServable(instance: Instance, distance: Float64Array): void {
  const { ids, demand, capacity, kind, deliveryOf, pickupOf, vehicles } = instance;
  let total = 0;
  for (let i = 1; i < ids.length; i++) {
    if (demand[i]! > capacity)
      throw new InstanceError(
        `Customer ${ids[i]} can't be served: its demand ${demand[i]} is more than a vehicle's ${capacity}.`,
      );
    total += demand[i]!;
    if (kind === 'pdptw' && pickupOf[i] !== 0) continue;
    const stops = kind === 'pdptw' ? [i, deliveryOf[i]!] : [i];
    const late = firstLate(instance, distance, stops);
    if (late !== null)
      throw new InstanceError(
        late === 0
          ? `Customer ${stops.map((s) => ids[s]).join(' with ')} can't be served: a vehicle that goes there alone is back after the depot closes.`
          : `Customer ${ids[late]} can't be served: a vehicle that goes there${kind === 'pdptw' && late !== i ? ` by its pickup ${ids[i]}` : ' at once'} comes after it is due.`,
      );
  }
  if (kind === 'vrptw' && total > capacity * vehicles)
    throw new InstanceError(
      `The demand of all, ${total}, is more than ${vehicles} vehicles of ${capacity} carry.`,
    );
}

/** The first stop reached too late on a route of these alone, 0 for the depot, null when all is well. */
function firstLate(instance: Instance, distance: Float64Array, stops: readonly number[]) {
  const { ready, due, service, ids } = instance;
  let [at, leave] = [0, ready[0]! + service[0]!];
  for (const stop of [...stops, 0]) {
    const arrival = leave + distance[at * ids.length + stop]!;
    if (arrival > due[stop]!) return stop;
    leave = Math.max(arrival, ready[stop]!) + service[stop]!;
    at = stop;
  }
  return null;
}
