/** Where somebody who was not found where expected may be now. */
import { gridDisk } from 'h3-js';
import type { LikelyWhereabouts, SimilarPlace } from './schema.ts';

/** What a visit that found nobody says has faded to half after so many hours. */
export const notFoundHalfLifeHours = 4;

/** Shares of the people who were expected; the rest have left the street. All ours: no source counts this. */
const shares = { missed: 0.15, ring1: 0.3, ring2: 0.15, similar: 0.2 };
/** A place twice as far is looked for less: e-fold. */
const similarMeters = 500;

/**
 * Adds up to at most `people`: some overlooked in the cell itself, some in the cells around, some in cells with
 * key points like its own (their share goes to the cells around where there is none).
 */
export function spreadNotFound(
  cell: string,
  people: number,
  similarPlaces: readonly SimilarPlace[],
): LikelyWhereabouts[] {
  if (!(people > 0) || !Number.isFinite(people)) return [];
  const likely = new Map<string, number>([[cell, people * shares.missed]]);
  const give = (to: string, amount: number) => likely.set(to, (likely.get(to) ?? 0) + amount);
  const weighted = similarPlaces
    .filter((place) => place.cell !== cell && place.distanceMeters >= 0)
    .map((place) => ({ ...place, weight: Math.exp(-place.distanceMeters / similarMeters) }));
  const weights = weighted.reduce((sum, { weight }) => sum + weight, 0);
  for (const place of weighted)
    if (weights > 0) give(place.cell, (people * shares.similar * place.weight) / weights);
  const ring1 = gridDisk(cell, 1).filter((other) => other !== cell);
  const nearer = new Set([cell, ...ring1]);
  const ring2 = gridDisk(cell, 2).filter((other) => !nearer.has(other));
  const more = weights > 0 ? 0 : shares.similar;
  const inRing1 = shares.ring1 + (more * shares.ring1) / (shares.ring1 + shares.ring2);
  const inRing2 = shares.ring2 + (more * shares.ring2) / (shares.ring1 + shares.ring2);
  for (const other of ring1) give(other, (people * inRing1) / ring1.length);
  for (const other of ring2) give(other, (people * inRing2) / ring2.length);
  return [...likely].map(([to, amount]) => ({ cell: to, people: amount }));
}
