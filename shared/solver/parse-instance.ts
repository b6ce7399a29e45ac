// Reads the two text forms in which routing problems are handed round: Solomon's (also Gehring and
// Homberger's) and Li and Lim's. They are told apart by their columns: 7 or 9 numbers a row.
import { InstanceError } from './instance.ts';
import type { Instance, InstanceKind } from './instance.ts';

const COLUMNS = { vrptw: 7, pdptw: 9 } as const;
/** The search keeps all distances; beyond this they would not fit in memory. */
const MOST_ROWS = 3_000;

interface Row {
  line: number;
  values: number[];
}

/**
 * Headings and blank lines are skipped, any white space parts the numbers. Li and Lim's third number of
 * the first line, the speed, is not used, as everywhere where their problems are solved.
 * Throws InstanceError where something is missing, contradicts itself or can't be read.
 */
export function parseInstance(text: string): Instance {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const { fleet, rows } = numericRows(lines);
  if (fleet === null || rows.length === 0)
    throw new InstanceError(
      'Neither Solomon nor Li and Lim: no line with vehicles and capacity, followed by customers.',
    );
  const [vehicles, capacity] = fleet.values as [number, number];
  if (!Number.isInteger(vehicles) || vehicles < 1)
    throw new InstanceError(`Line ${fleet.line}: ${vehicles} vehicles is not a number from 1.`);
  if (capacity < 0) throw new InstanceError(`Line ${fleet.line}: the capacity is negative.`);
  const kind: InstanceKind = rows[0]!.values.length === COLUMNS.pdptw ? 'pdptw' : 'vrptw';
  if (rows.length > MOST_ROWS)
    throw new InstanceError(`${rows.length} rows are more than the ${MOST_ROWS} that fit.`);
  const instance = columns(kind, depotFirst(rows));
  const pairs = kind === 'pdptw' ? readPairs(depotFirst(rows), instance.demand) : null;
  const none = new Int32Array(rows.length);
  return {
    ...instance,
    name: nameIn(lines),
    vehicles,
    capacity,
    deliveryOf: pairs?.deliveryOf ?? none,
    pickupOf: pairs?.pickupOf ?? none,
  };
}

function numericRows(lines: readonly string[]): { fleet: Row | null; rows: Row[] } {
  let fleet: Row | null = null;
  const rows: Row[] = [];
  lines.forEach((text, at) => {
    const words = text.trim().split(/\s+/);
    const line = at + 1;
    if (words[0] === '') return;
    const values = words.map(Number);
    const numeric = values.every(Number.isFinite);
    if (fleet === null) {
      if (numeric && (values.length === 2 || values.length === 3)) fleet = { line, values };
      else if (numeric && values.length > 3)
        throw new InstanceError(
          `Line ${line}: customers before the line of vehicles and capacity.`,
        );
      return;
    }
    if (!numeric) {
      const heading = Number.isNaN(values[0]) && rows.length === 0;
      const end = /^(eof|end)$/i.test(words[0]!) && words.length === 1;
      if (heading || end) return;
      throw new InstanceError(
        `Line ${line}: "${words.find((w) => !Number.isFinite(Number(w)))}" is no number.`,
      );
    }
    const wanted = rows[0]?.values.length;
    if (
      wanted === undefined ? values.length !== 7 && values.length !== 9 : values.length !== wanted
    )
      throw new InstanceError(
        `Line ${line}: ${values.length} numbers, where a row has ${wanted ?? '7 (Solomon) or 9 (Li and Lim)'}.`,
      );
    rows.push({ line, values });
  });
  return { fleet, rows };
}

/** The depot is customer number 0; files have it first. */
function depotFirst(rows: readonly Row[]): Row[] {
  const depots = rows.filter(({ values }) => values[0] === 0);
  if (depots.length === 0) throw new InstanceError('There is no depot: no row has the number 0.');
  return [...depots, ...rows.filter(({ values }) => values[0] !== 0)];
}

type Columns = Omit<Instance, 'name' | 'vehicles' | 'capacity' | 'deliveryOf' | 'pickupOf'>;

function columns(kind: InstanceKind, rows: readonly Row[]): Columns {
  const column = (at: number) => Float64Array.from(rows, ({ values }) => values[at]!);
  const seen = new Set<number>();
  for (const { line, values } of rows) {
    const [id, , , demand, ready, due, service] = values as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    if (!Number.isInteger(id) || id < 0 || id > 2 ** 31 - 1)
      throw new InstanceError(`Line ${line}: ${id} is not a customer's number.`);
    if (seen.has(id)) throw new InstanceError(`Line ${line}: a second row with the number ${id}.`);
    seen.add(id);
    if (due < ready)
      throw new InstanceError(`Line ${line}: customer ${id} is due before it is ready.`);
    if (service < 0)
      throw new InstanceError(`Line ${line}: customer ${id} has a negative service time.`);
    if (kind === 'vrptw' && demand < 0)
      throw new InstanceError(`Line ${line}: customer ${id} has a negative demand.`);
  }
  return {
    kind,
    ids: Int32Array.from(rows, ({ values }) => values[0]!),
    x: column(1),
    y: column(2),
    demand: column(3),
    ready: column(4),
    due: column(5),
    service: column(6),
  };
}

function readPairs(rows: readonly Row[], demand: Float64Array) {
  const rowOf = new Map(rows.map(({ values }, row) => [values[0]!, row]));
  const [deliveryOf, pickupOf] = [new Int32Array(rows.length), new Int32Array(rows.length)];
  rows.forEach(({ line, values }, row) => {
    if (row === 0) return;
    const [id, pickup, delivery] = [values[0]!, values[7]!, values[8]!];
    if ((pickup === 0) === (delivery === 0))
      throw new InstanceError(`Line ${line}: customer ${id} needs either a pickup or a delivery.`);
    const partner = rowOf.get(pickup === 0 ? delivery : pickup);
    if (partner === undefined || partner === row)
      throw new InstanceError(
        `Line ${line}: there is no customer ${pickup === 0 ? delivery : pickup}.`,
      );
    if (pickup === 0) deliveryOf[row] = partner;
    else pickupOf[row] = partner;
  });
  rows.forEach(({ line, values }, row) => {
    const partner = deliveryOf[row]! + pickupOf[row]!;
    if (row === 0) return;
    if (
      deliveryOf[partner]! + pickupOf[partner]! !== row ||
      deliveryOf[row]! * deliveryOf[partner]! !== 0
    )
      throw new InstanceError(
        `Line ${line}: customer ${values[0]} and its partner do not name each other.`,
      );
    if (
      demand[row]! + demand[partner]! !== 0 ||
      demand[row]! * (deliveryOf[row] === 0 ? -1 : 1) < 0
    )
      throw new InstanceError(
        `Line ${line}: customer ${values[0]} does not bring what its partner takes.`,
      );
  });
  return { deliveryOf, pickupOf };
}

/** Solomon's first line; nothing in Li and Lim's. */
function nameIn(lines: readonly string[]): string {
  const first = lines.find((line) => line.trim() !== '')?.trim() ?? '';
  return /^[\d\s.]+$/.test(first) ? '' : first;
}
