/**
 * The course of a night: when people are there, as few shapes that every cell shares. That nobody reports at
 * four in the morning doesn't mean that nobody is there, so a shape only leaves the ordinary night where looks
 * or sightings speak against it.
 */
import { hoursOfDay } from './hour-counts.ts';
import type { HourCounts } from './hour-counts.ts';
import type { LearnedPresence } from './schema.ts';

export const mostShapes = 16;
/** For the hours of key points, of cells of which nothing else is known. */
export const keyShapes = 3;
/** Fewer (faded) sightings leave a cell at the city's shape. */
const leastSightings = 5;
/** An hour's own evidence must outweigh so many looks, so many sightings. */
const priorLooks = 200;
const priorSightings = 2;
const mostToLearnFrom = 4_000;
const rounds = 8;

/** People who sleep outside are where they sleep from evening to dawn. Ours. */
const ordinaryNight: readonly number[] = Array.from({ length: hoursOfDay }, (_, hour) => {
  if (hour >= 20 || hour <= 5) return 1;
  return { 6: 0.9, 7: 0.7, 8: 0.5, 18: 0.6, 19: 0.8 }[hour] ?? 0.35;
});

type Shape = readonly number[];
export type LearnedHours = Pick<LearnedPresence, 'hours' | 'shapes'>;

export function learnHours(counts: HourCounts): LearnedHours {
  const hours = cityHours(counts);
  const city = cityShape(counts);
  const cells = cellsToLearnFrom(counts);
  const own = cells.map((cell) => shapeOf(counts, cell, city, hours));
  return { hours, shapes: [city, ...typicalShapes(own, city, mostShapes - keyShapes - 1)] };
}

/** Index of the learned shape that fits a cell. */
export function shapeOfCell(counts: HourCounts, cell: number, { hours, shapes }: LearnedHours) {
  if (shapes.length < 2 || counts.total[cell]! < leastSightings) return 0;
  return nearest(shapeOf(counts, cell, shapes[0]!, hours), shapes).index;
}

/** A night of which only the key hours count in full. */
export function keyShape(city: Shape, fromHour: number, toHour: number): number[] {
  const inside = (hour: number) =>
    fromHour === toHour ||
    (fromHour < toHour ? hour >= fromHour && hour < toHour : hour >= fromHour || hour < toHour);
  return scaled(city.map((value, hour) => (inside(hour) ? value : value * 0.3)));
}

function cityHours({ seen }: HourCounts): number[] {
  const sums = new Array<number>(hoursOfDay).fill(1 / hoursOfDay);
  seen.forEach((count, i) => (sums[i % hoursOfDay]! += count));
  const all = sums.reduce((a, b) => a + b, 0);
  return smooth(sums.map((sum) => sum / all));
}

/** The share of looks that found somebody, held at the ordinary night's course. */
function cityShape({ visits, found }: HourCounts): number[] {
  const looks = visits.reduce((a, b) => a + b, 0);
  if (looks === 0) return [...ordinaryNight];
  let expected = 0;
  ordinaryNight.forEach((value, hour) => (expected += value * visits[hour]!));
  const level = found.reduce((a, b) => a + b, 0) / expected;
  if (level === 0) return [...ordinaryNight];
  const rates = ordinaryNight.map(
    (value, hour) => (found[hour]! / level + priorLooks * value) / (visits[hour]! + priorLooks),
  );
  return scaled(smooth(rates));
}

/** The city's shape, times how much more or less was seen here at each hour than elsewhere. */
function shapeOf({ seen, total }: HourCounts, cell: number, city: Shape, hours: Shape): number[] {
  const own = smooth(city.map((_, hour) => seen[cell * hoursOfDay + hour]!));
  return scaled(
    city.map(
      (value, hour) =>
        (value * (own[hour]! + priorSightings)) / (total[cell]! * hours[hour]! + priorSightings),
    ),
  );
}

/** Those with the most sightings; equal ones in the order of their names. */
function cellsToLearnFrom({ total }: HourCounts): number[] {
  const cells: number[] = [];
  total.forEach((count, cell) => count >= leastSightings && cells.push(cell));
  cells.sort((a, b) => total[b]! - total[a]! || a - b);
  return cells.slice(0, mostToLearnFrom);
}

/** k-means, begun at the shapes furthest from those already chosen; without chance. */
function typicalShapes(own: readonly number[][], city: Shape, most: number): number[][] {
  let centres: number[][] = [];
  while (centres.length < most && own.length > 0) {
    let furthest = { distance: 0.05, shape: null as number[] | null };
    for (const shape of own) {
      const { distance } = nearest(shape, [city, ...centres]);
      if (distance > furthest.distance) furthest = { distance, shape };
    }
    if (furthest.shape === null) break;
    centres.push(furthest.shape);
  }
  for (let round = 0; round < rounds; round++) {
    const sums = centres.map(() => ({ count: 0, sum: new Array<number>(hoursOfDay).fill(0) }));
    for (const shape of own) {
      const { index } = nearest(shape, [city, ...centres]);
      if (index === 0) continue;
      const group = sums[index - 1]!;
      group.count++;
      shape.forEach((value, hour) => (group.sum[hour]! += value));
    }
    centres = sums
      .filter(({ count }) => count > 0)
      .map(({ count, sum }) => scaled(sum.map((value) => value / count)));
  }
  return centres;
}

function nearest(shape: Shape, centres: readonly Shape[]): { index: number; distance: number } {
  let best = { index: 0, distance: Infinity };
  centres.forEach((centre, index) => {
    let distance = 0;
    for (let hour = 0; hour < hoursOfDay; hour++) distance += (shape[hour]! - centre[hour]!) ** 2;
    if (distance < best.distance) best = { index, distance };
  });
  return best;
}

const smooth = (values: Shape): number[] =>
  values.map(
    (value, hour) =>
      value / 2 +
      (values[(hour + 1) % hoursOfDay]! + values[(hour + hoursOfDay - 1) % hoursOfDay]!) / 4,
  );

function scaled(values: Shape): number[] {
  const most = Math.max(...values);
  return most > 0 ? values.map((value) => value / most) : [...ordinaryNight];
}
