/** What is told beside the forecast: people seen of late, and how often somebody looked. */
import type { CellNights } from './cell-nights.ts';
import type { PresenceForecast } from './schema.ts';

const seenNights = 14;
const lookedNights = 28;
const mostCounted = 65_535;

export type RecentFacts = Pick<
  PresenceForecast,
  'peopleSeen14' | 'nightsLooked' | 'nightsFoundNobody'
>;

export function recentFacts(nights: CellNights, tonight: number): RecentFacts {
  const size = nights.names.length;
  const facts: RecentFacts = {
    peopleSeen14: peopleSeen(nights, tonight - seenNights - nights.firstNight),
    nightsLooked: new Uint16Array(size),
    nightsFoundNobody: new Uint16Array(size),
  };
  const after = tonight - lookedNights - nights.firstNight;
  for (let i = nights.cell.length - 1; i >= 0 && nights.night[i]! > after; i--) {
    if (nights.visited[i] === 0) continue;
    facts.nightsLooked[nights.cell[i]!]!++;
    if (nights.people[i] === 0) facts.nightsFoundNobody[nights.cell[i]!]!++;
  }
  return facts;
}

/** Of each place the largest count of a night, once. */
function peopleSeen({ names, cell, night, rows, rowsOf }: CellNights, after: number): Uint16Array {
  const largest = new Map<number, number>();
  const people = new Float64Array(names.length);
  for (let i = cell.length - 1; i >= 0 && night[i]! > after; i--)
    for (let row = rowsOf[i]!; row < rowsOf[i + 1]!; row++) {
      const key = cell[i]! * 2 ** 32 + rows.place[row]!;
      const before = largest.get(key) ?? 0;
      if (rows.people[row]! <= before) continue;
      largest.set(key, rows.people[row]!);
      people[cell[i]!]! += rows.people[row]! - before;
    }
  return Uint16Array.from(people, (count) => Math.min(mostCounted, Math.round(count)));
}
