import type { Position } from '../geo/position.ts';

/** Seconds from one place to another. */
export type Way = (from: Position, to: Position) => number;
export interface Meeting {
  at: Position;
  /** until both are there */
  seconds: number;
}

const between = (a: Position, b: Position, part: number): Position => ({
  lon: a.lon + (b.lon - a.lon) * part,
  lat: a.lat + (b.lat - a.lat) * part,
});
const halvings = 24;

/**
 * Where two meet soonest: the point of the straight line between them at which the later one arrives earliest. The
 * further along, the longer the one and the shorter the other way, so it is where both take the same time.
 */
export function meetingPoint(a: Position, wayOfA: Way, b: Position, wayOfB: Way): Meeting {
  const meetAt = (part: number): Meeting & { lead: number } => {
    const at = between(a, b, part);
    const [ofA, ofB] = [wayOfA(a, at), wayOfB(b, at)];
    return { at, seconds: Math.max(ofA, ofB), lead: ofA - ofB };
  };
  let [low, high] = [0, 1];
  let best = meetAt(0);
  for (let step = 0; step < halvings; step += 1) {
    const middle = (low + high) / 2;
    const met = meetAt(middle);
    if (met.seconds < best.seconds) best = met;
    if (met.lead > 0) high = middle;
    else low = middle;
  }
  const end = meetAt(1);
  const { at, seconds } = end.seconds < best.seconds ? end : best;
  return { at, seconds };
}
