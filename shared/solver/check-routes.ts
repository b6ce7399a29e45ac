// Is this answer right? Drives every route from the numbers of the file, stop by stop, and shares no
// arithmetic with the search, so that a fault there can't hide here.
import type { Answer, Instance } from './instance.ts';

export interface Verdict {
  /** What is wrong, in words; empty when the answer is right. */
  faults: string[];
  /** As driven, without rounding. */
  distance: number;
  vehicles: number;
}

/** Slack for the rounding of sums in another order: far below a unit of any file. */
const TOLERANCE = 1e-9;

export function checkRoutes(instance: Instance, answer: Answer): Verdict {
  const rowOf = new Map<number, number>();
  instance.ids.forEach((id, row) => rowOf.set(id, row));
  const faults: string[] = [];
  const visits = new Map<number, number>();
  let distance = 0;
  answer.routes.forEach((route, at) => {
    const where = `route ${at + 1}`;
    if (route.length === 0) faults.push(`${where} is empty`);
    const rows: number[] = [];
    for (const id of route) {
      const row = rowOf.get(id);
      if (row === undefined || row === 0) faults.push(`${where}: there is no customer ${id}`);
      else rows.push(row);
      visits.set(id, (visits.get(id) ?? 0) + 1);
    }
    distance += drive(instance, rows, where, faults);
    checkPairs(instance, rows, where, faults);
  });
  for (let row = 1; row < instance.ids.length; row++) {
    const times = visits.get(instance.ids[row]!) ?? 0;
    if (times !== 1) faults.push(`customer ${instance.ids[row]} is visited ${times} times`);
  }
  const vehicles = answer.routes.length;
  if (vehicles > instance.vehicles)
    faults.push(`${vehicles} routes, but ${instance.vehicles} vehicles`);
  if (!(Math.abs(distance - answer.distance) <= 1e-6 * Math.max(1, distance)))
    faults.push(`distance is ${distance}, not ${answer.distance}`);
  return { faults, distance, vehicles };
}

function drive(instance: Instance, rows: readonly number[], where: string, faults: string[]) {
  const { x, y, demand, ready, due, service, ids, capacity } = instance;
  let [at, distance, time] = [0, 0, ready[0]! + service[0]!];
  // Goods of a vrptw are all aboard at the start; those of a pdptw come aboard on the way.
  let load = 0;
  if (instance.kind === 'vrptw') for (const row of rows) load += demand[row]!;
  if (load > capacity + TOLERANCE) faults.push(`${where}: load ${load} of ${capacity}`);
  for (const row of [...rows, 0]) {
    const [dx, dy] = [x[row]! - x[at]!, y[row]! - y[at]!];
    const leg = Math.sqrt(dx * dx + dy * dy);
    distance += leg;
    time += leg;
    if (time > due[row]! + TOLERANCE)
      faults.push(`${where}: at ${ids[row]} at ${time}, due ${due[row]}`);
    time = Math.max(time, ready[row]!) + service[row]!;
    if (instance.kind === 'pdptw' && row !== 0) {
      load += demand[row]!;
      if (load > capacity + TOLERANCE || load < -TOLERANCE)
        faults.push(`${where}: load ${load} of ${capacity} after ${ids[row]}`);
    }
    at = row;
  }
  return distance;
}

function checkPairs(instance: Instance, rows: readonly number[], where: string, faults: string[]) {
  if (instance.kind === 'vrptw') return;
  for (const [at, row] of rows.entries()) {
    const delivery = instance.deliveryOf[row]!;
    const pickup = instance.pickupOf[row]!;
    if (delivery !== 0 && !rows.includes(delivery, at + 1))
      faults.push(`${where}: what ${instance.ids[row]} gives is not delivered after it`);
    if (pickup !== 0 && !rows.slice(0, at).includes(pickup))
      faults.push(`${where}: ${instance.ids[row]} gets what was not picked up before it`);
  }
}
