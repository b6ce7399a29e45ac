/**
 * How many people to expect in a cell on a night, from what was seen there and around, and from how much was
 * looked. Rates, weights and laws: `docs/presence.md`.
 */
import type { CellNights } from './cell-nights.ts';
import { hexKernels } from './kernels.ts';
import type { Kernels } from './kernels.ts';
import { halfLives, logRates, MemoryBank, newColumns, priorWeights } from './memories.ts';
import { MemoryWeights } from './memory-weights.ts';
import type { LearnedPresence } from './schema.ts';

/** A night nobody went to or reported from is a look of this weight, by how much is reported around. */
const leastLook = 0.05;
const mostLook = 0.4;
/** Nights of the city's mean that a cell starts with. */
const priorNights = 2;
const floorShare = 0.2;
const stepNights = 7;
/** Only so many of the last steps teach: habits change, and time is short. */
const mostLessons = 26;

export type Weighing = Pick<
  LearnedPresence,
  'memoryWeights' | 'cityRate' | 'firstNight' | 'traffic'
>;

export interface Expectation {
  /** people on a night, per cell of `CellNights.names` */
  people: Float64Array;
  weighing: Weighing;
  /** remembered nights on which staff found nobody, half-life 90 nights */
  nobody: Float64Array;
}

/** Everything that is fixed while the past is rolled through. */
interface City {
  nights: CellNights;
  cells: number;
  kernels: Kernels;
  /** the most people ever seen in a night; at least 1 */
  most: Float64Array;
  look: Float64Array;
  traffic: number;
}

export function expectPeople(
  nights: CellNights,
  tonight: number,
  learned: Weighing | undefined,
): Expectation {
  const order = orderOfAppearance(nights);
  const cityOf = inOrderOfAppearance(nights, order, learned?.traffic);
  const banks = { seen: new MemoryBank(cityOf.cells), nobody: new MemoryBank(cityOf.cells) };
  const weighing = rollThrough(cityOf, banks, tonight, learned);
  const people = expected(cityOf, banks, weighing);
  const nobody = banks.nobody.amounts[halfLives.indexOf(90)]!;
  const back = (values: Float64Array): Float64Array => {
    const sorted = new Float64Array(cityOf.cells);
    order.forEach((cell, i) => (sorted[cell] = values[i]!));
    return sorted;
  };
  return { people: back(people), weighing, nobody: back(nobody) };
}

/** Cells by the night they first have a row; those without one come last. */
function orderOfAppearance({ names, cell }: CellNights): Uint32Array {
  const seen = new Uint8Array(names.length);
  const order = new Uint32Array(names.length);
  let count = 0;
  for (const c of cell)
    if (seen[c] === 0) {
      seen[c] = 1;
      order[count++] = c;
    }
  for (let c = 0; c < names.length; c++) if (seen[c] === 0) order[count++] = c;
  return order;
}

function inOrderOfAppearance(
  nights: CellNights,
  order: Uint32Array,
  learnedTraffic: number | undefined,
): City {
  const cells = order.length;
  const placeIn = new Uint32Array(cells);
  order.forEach((cell, i) => (placeIn[cell] = i));
  const cell = nights.cell.map((c) => placeIn[c]!);
  const kernels = hexKernels(Array.from(order, (c) => nights.names[c]!));
  const most = new Float64Array(cells).fill(1);
  const rows = new Float64Array(cells);
  for (let i = 0; i < cell.length; i++) {
    most[cell[i]!] = Math.max(most[cell[i]!]!, nights.people[i]!);
    rows[cell[i]!]!++;
  }
  const around = kernels[1].smoothOthers(rows, cells);
  const traffic = learnedTraffic ?? meanOf(around);
  const look = around.map((nearby) => lookOf(nearby, traffic));
  return { nights: { ...nights, cell }, cells, kernels, most, look, traffic };
}

/**
 * What an ordinary night counts as a look, from the nights with a row in the cells around: where many pass and
 * report, a silent night says more. The cell's own rows are left out: a new sighting must not speak against itself.
 */
const lookOf = (around: number, traffic: number): number =>
  around === 0 ? leastLook : leastLook + ((mostLook - leastLook) * around) / (around + traffic);

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}

interface Banks {
  seen: MemoryBank;
  nobody: MemoryBank;
}

/** Leaves the banks as of tonight; learns on the way unless it is already known. */
function rollThrough(
  city: City,
  banks: Banks,
  tonight: number,
  learned: Weighing | undefined,
): Weighing {
  const { cell, night, people, firstNight } = city.nights;
  const last = tonight - firstNight;
  const first = (learned?.firstNight ?? firstNight) - firstNight;
  const weights = new MemoryWeights(priorWeights);
  const columns = learned ? [] : newColumns(city.cells);
  const seen = new Float64Array(city.cells);
  let [known, from] = [0, 0];
  // Nights without a row count too, from the first night that is known of.
  const span = last + 1 - Math.min(0, first);
  for (let begins = last + 1 - stepNights * Math.ceil(span / stepNights); begins <= last;) {
    const ends = begins + stepNights;
    let to = from;
    while (to < cell.length && night[to]! < ends) to++;
    if (!learned && known > 0 && last + 1 - begins <= mostLessons * stepNights) {
      const cityRate = cityRateOf(city, banks, known);
      columnsInto(city, banks, known, cityRate, columns);
      seen.fill(0);
      for (let i = from; i < to; i++) seen[cell[i]!]! += people[i]!;
      weights.learn(columns, known, seen);
    }
    for (let i = from; i < to; i++) known = Math.max(known, cell[i]! + 1);
    const counted = Math.min(stepNights, Math.max(0, ends - first));
    remember(city, banks, { from, to, ends, known, counted });
    from = to;
    begins = ends;
  }
  if (learned) return learned;
  const sum = weights.weights.reduce((a, b) => a + b, 0);
  return {
    memoryWeights: sum > 0 ? Array.from(weights.weights, (w) => w / sum) : priorWeights,
    cityRate: cityRateOf(city, banks, known),
    firstNight,
    traffic: city.traffic,
  };
}

interface Step {
  from: number;
  to: number;
  ends: number;
  known: number;
  counted: number;
}
function remember(city: City, { seen, nobody }: Banks, step: Step): void {
  const { cell, night, people, visited } = city.nights;
  seen.pass(stepNights, step.known, step.counted);
  nobody.pass(stepNights, step.known, step.counted);
  for (let i = step.from; i < step.to; i++) {
    const ago = step.ends - 1 - night[i]!;
    if (people[i]! > 0) seen.add(cell[i]!, people[i]!, ago);
    else if (visited[i] === 1) nobody.add(cell[i]!, 1, ago);
  }
}

/**
 * Nights looked at, under one half-life: every night at its weak look, a night on which nobody was found in
 * full, and a night with people in the measure of the most ever seen there. In this measure nothing that was
 * seen can lower the rate: its own part of people per look is never below the rate itself.
 */
function looked(city: City, { seen, nobody }: Banks, h: number, cell: number): number {
  const look = city.look[cell]!;
  const full = seen.amounts[h]![cell]! / city.most[cell]! + nobody.amounts[h]![cell]!;
  return look * seen.nights[h]! + (1 - look) * full;
}

function cityRateOf(city: City, banks: Banks, known: number): number {
  const h = halfLives.length - 1;
  let [people, looks] = [0, 0];
  for (let cell = 0; cell < known; cell++) {
    people += banks.seen.amounts[h]![cell]!;
    looks += looked(city, banks, h, cell);
  }
  // Below one person a cell and night: no cell's prior may exceed the most ever seen there.
  return looks > 0 ? Math.min(1, people / looks) : 0;
}

function columnsInto(
  city: City,
  banks: Banks,
  known: number,
  cityRate: number,
  columns: readonly Float64Array[],
): void {
  const rates = halfLives.map((_, h) => {
    const rate = new Float64Array(city.cells);
    const people = banks.seen.amounts[h]!;
    for (let cell = 0; cell < known; cell++)
      rate[cell] =
        (priorNights * cityRate + people[cell]!) / (priorNights + looked(city, banks, h, cell));
    return rate;
  });
  logRates(rates, city.kernels, known, floorOf(cityRate), columns);
}

const floorOf = (cityRate: number): number => Math.max(1e-6, floorShare * cityRate);

function expected(city: City, banks: Banks, { memoryWeights, cityRate }: Weighing): Float64Array {
  const columns = newColumns(city.cells);
  columnsInto(city, banks, city.cells, cityRate, columns);
  const people = new Float64Array(city.cells);
  columns.forEach((column, j) => {
    const weight = memoryWeights[j] ?? 0;
    if (weight > 0) for (let i = 0; i < people.length; i++) people[i]! += weight * column[i]!;
  });
  const floor = floorOf(cityRate);
  return people.map((score) => Math.max(0, Math.exp(score) - floor));
}
