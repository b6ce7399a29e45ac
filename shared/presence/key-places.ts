/** What a key point lends its cell before anybody has looked: a small expectation, in its hours. */
import type { KeyPointKind } from '../key-points/schema.ts';
import { keyShape, keyShapes } from './hour-shapes.ts';
import type { KeyPointPrior } from './schema.ts';

/** People expected at one such place on a night. Ours. */
const peopleAt: Record<KeyPointKind, number> = {
  underpass: 0.1,
  bridge: 0.1,
  heating_vent: 0.1,
  cash_machine: 0.08,
  station: 0.08,
  hospital: 0.05,
  park: 0.05,
  other: 0.03,
};
const mostPerCell = 0.3;
/** So many nights on which nobody was found halve what a key point lends. */
const nightsToHalve = 3;

export interface KeyCell {
  people: number;
  /** `from-to` of its first key point in the order of hours */
  hours: string;
}

export function keyCells(keyPoints: readonly KeyPointPrior[]): Map<string, KeyCell> {
  const cells = new Map<string, KeyCell>();
  for (const { cell, kind, fromHour, toHour } of keyPoints) {
    const hours = `${fromHour}-${toHour}`;
    const before = cells.get(cell);
    cells.set(cell, {
      people: Math.min(mostPerCell, (before?.people ?? 0) + peopleAt[kind]),
      hours: before !== undefined && before.hours < hours ? before.hours : hours,
    });
  }
  return cells;
}

export const lentPeople = ({ people }: KeyCell, nobody: number): number =>
  people / (1 + nobody / nightsToHalve);

/** Shapes of the most frequent key hours, and where each is in the list of all. */
export function keyHourShapes(
  cells: ReadonlyMap<string, KeyCell>,
  city: readonly number[],
  from: number,
): { shapes: number[][]; indexOf: Map<string, number> } {
  const counts = new Map<string, number>();
  for (const { hours } of cells.values()) counts.set(hours, (counts.get(hours) ?? 0) + 1);
  const frequent = [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, keyShapes)
    .map(([hours]) => hours);
  const shapes = frequent.map((hours) => {
    const [fromHour, toHour] = hours.split('-').map(Number);
    return keyShape(city, fromHour!, toHour!);
  });
  return { shapes, indexOf: new Map(frequent.map((hours, i) => [hours, from + i])) };
}
