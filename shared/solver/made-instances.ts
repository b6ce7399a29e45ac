// Problems made by chance for tests: every customer can be served by a vehicle of its own, and windows,
// loads and the closing of the depot all matter.
import type { Instance, InstanceKind } from './instance.ts';
import { Random } from './random.ts';

/** `customers` is even for a pdptw. Only as many vehicles as customers where `vehicles` is left out. */
export function makeInstance(
  kind: InstanceKind,
  customers: number,
  seed: number,
  vehicles = customers,
): Instance {
  const random = new Random(seed);
  const size = customers + 1;
  const side = 10 * Math.ceil(Math.sqrt(customers)) + 10;
  const closing = 6 * side;
  const column = (of: (row: number) => number) =>
    Float64Array.from({ length: size }, (_, i) => of(i));
  const x = column((i) => (i === 0 ? side / 2 : random.below(side)));
  const y = column((i) => (i === 0 ? side / 2 : random.below(side)));
  const service = column((i) => (i === 0 ? 0 : random.below(10)));
  const width = column(() => [5, 40, 6 * side][random.below(3)]!);
  const earliest = column((i) => Math.ceil(Math.hypot(x[i]! - x[0]!, y[i]! - y[0]!)));
  const ready = column((i) => (i === 0 ? 0 : earliest[i]! + random.below(2 * side)));
  const due = column((i) =>
    i === 0 ? closing : Math.min(ready[i]! + width[i]!, closing - 10 - earliest[i]!),
  );
  const demand = column((i) => (i === 0 ? 0 : 1 + random.below(9)));
  const instance: Instance = {
    kind,
    name: `${kind} ${customers} ${seed}`,
    vehicles,
    capacity: 20 + random.below(30),
    ids: Int32Array.from({ length: size }, (_, i) => i),
    x,
    y,
    demand,
    ready,
    due,
    service,
    deliveryOf: new Int32Array(size),
    pickupOf: new Int32Array(size),
  };
  if (kind === 'pdptw') pairUp(instance);
  return instance;
}

/** Odd rows are picked up, each for the row behind it, which is due late enough. */
function pairUp({ demand, ready, due, deliveryOf, pickupOf, x, y, service }: Instance): void {
  for (let pickup = 1; pickup < demand.length; pickup += 2) {
    const delivery = pickup + 1;
    deliveryOf[pickup] = delivery;
    pickupOf[delivery] = pickup;
    demand[delivery] = -demand[pickup]!;
    const way = Math.hypot(x[pickup]! - x[delivery]!, y[pickup]! - y[delivery]!);
    const soonest = Math.ceil(ready[pickup]! + service[pickup]! + way);
    ready[delivery] = Math.max(ready[delivery]!, soonest);
    due[delivery] = Math.max(due[delivery]!, ready[delivery]);
  }
}

/** As Solomon or Li and Lim would write it. */
export function toText(instance: Instance): string {
  const { kind, name, vehicles, capacity, ids, x, y, demand, ready, due, service } = instance;
  const row = (i: number) => {
    const numbers = [ids[i], x[i], y[i], demand[i], ready[i], due[i], service[i]];
    return kind === 'vrptw'
      ? numbers.map((value) => String(value).padStart(8)).join('')
      : [...numbers, ids[instance.pickupOf[i]!], ids[instance.deliveryOf[i]!]].join('\t');
  };
  const rows = Array.from(ids, (_, i) => row(i)).join('\n');
  return kind === 'pdptw'
    ? `${vehicles}\t${capacity}\t1\n${rows}\n`
    : `${name}\n\nVEHICLE\nNUMBER     CAPACITY\n  ${vehicles}   ${capacity}\n\nCUSTOMER\nCUST NO.  XCOORD.  YCOORD.  DEMAND  READY TIME  DUE DATE  SERVICE TIME\n\n${rows}\n`;
}
