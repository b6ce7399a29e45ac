/**
 * What a patrol should do next: everything near that is due, by its worth per minute of the way there. The formula
 * and the reasons for its numbers stand in `docs/patrol-order.md`.
 */
import { distanceMeters } from '../geo/ellipsoid.ts';
import type { Position } from '../geo/position.ts';
import type { KeyPointState } from '../key-points/due.ts';
import { dangerOf } from '../zones/rules.ts';

export type Going = 'walking' | 'driving';
interface Somewhere {
  id: string;
  position: Position;
}
export type OwedVisit = Somewhere &
  (
    | { kind: 'keyPoint'; state: KeyPointState; everyMinutes: number }
    /** of a person who stayed outside; milliseconds since 1970 */
    | { kind: 'recheck'; dueMs: number; vulnerable: boolean }
    /** score of `shared/zones/rules.ts` */
    | { kind: 'cell'; score: number; step: number }
  );
export interface NearbyVisit<Visit extends OwedVisit = OwedVisit> {
  visit: Visit;
  distanceMeters: number;
  /** there, without what is to be done there */
  wayMinutes: number;
  worth: number;
  worthPerMinute: number;
}
export interface PatrolCircumstances {
  here: Position;
  going: Going;
  /** milliseconds since 1970 */
  now: number;
  /** null = no night is declared */
  feltCelsius: number | null;
}

/** A way along streets, as a multiple of the straight line. */
const detourFactor = 1.35;
const metersPerMinute: Record<Going, number> = { walking: 75, driving: 400 };
const serviceMinutes: Record<OwedVisit['kind'], number> = { keyPoint: 2, recheck: 10, cell: 6 };
/** People that may be met at a key point of which nothing is known. */
const expectedAtKeyPoint = 0.5;
const vulnerableFactor = 2;
/** A recheck is shown this long before it is due. */
const recheckAheadMs = 60 * 60_000;
/** What is very late doesn't outweigh everything else for ever. */
const mostLateness = 3;
const hourMs = 3_600_000;

/** Half shortly before it is due, 1 when it is, more the longer it waits, 3 at most. */
function latenessOf(visit: OwedVisit, now: number): number {
  if (visit.kind === 'cell') return 1;
  if (visit.kind === 'recheck') {
    const lateHours = (now - visit.dueMs) / hourMs;
    return lateHours < 0
      ? 1 - 0.5 * Math.min(1, -lateHours)
      : Math.min(mostLateness, 1 + lateHours / 2);
  }
  if (visit.state.state === 'overdue') {
    return Math.min(mostLateness, 1 + visit.state.overdueMinutes / visit.everyMinutes);
  }
  return 0.5;
}

/** Whether it is worth a line at all. */
export function isOwed(visit: OwedVisit, now: number): boolean {
  if (visit.kind === 'cell') return visit.step > 0;
  if (visit.kind === 'recheck') return visit.dueMs - now <= recheckAheadMs;
  return visit.state.state === 'due' || visit.state.state === 'overdue';
}

/** People who may be helped × the danger they are in × how late it is. */
export function worthOf(
  visit: OwedVisit,
  { now, feltCelsius }: Pick<PatrolCircumstances, 'now' | 'feltCelsius'>,
): number {
  if (visit.kind === 'cell') return visit.score;
  const people =
    visit.kind === 'keyPoint' ? expectedAtKeyPoint : visit.vulnerable ? vulnerableFactor : 1;
  return people * dangerOf(feltCelsius) * latenessOf(visit, now);
}

export const wayMinutesOf = (meters: number, going: Going): number =>
  (meters * detourFactor) / metersPerMinute[going];

/** The most worth per minute first; equals in the order of kind and id, whatever order they came in. */
export function orderNearby<Visit extends OwedVisit>(
  visits: readonly Visit[],
  circumstances: PatrolCircumstances,
): NearbyVisit<Visit>[] {
  const ranked: NearbyVisit<Visit>[] = [];
  for (const visit of visits) {
    if (!isOwed(visit, circumstances.now)) continue;
    const meters = distanceMeters(circumstances.here, visit.position);
    const wayMinutes = wayMinutesOf(meters, circumstances.going);
    const worth = worthOf(visit, circumstances);
    const worthPerMinute = worth / (wayMinutes + serviceMinutes[visit.kind]);
    ranked.push({ visit, distanceMeters: meters, wayMinutes, worth, worthPerMinute });
  }
  return ranked.sort(
    (a, b) =>
      b.worthPerMinute - a.worthPerMinute ||
      compare(a.visit.kind, b.visit.kind) ||
      compare(a.visit.id, b.visit.id),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
