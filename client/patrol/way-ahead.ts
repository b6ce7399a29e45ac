/** What is left of a way from where a team is now: the next turn, how far, how long, and whether it left the way. */
import type { Position } from '../../shared/geo/position.ts';
import type { Manoeuvre, RouteLeg } from '../../shared/roads/schema.ts';

export interface WayAhead {
  /** still to come, the next one first; never the departure */
  manoeuvres: readonly Manoeuvre[];
  /** to the next of them */
  metersToNext: number;
  metersLeft: number;
  secondsLeft: number;
  /** from the line */
  offMeters: number;
}

const metersPerDegree = 111_320;

/** The nearest point of a line: how far along it, and how far from it. */
function project(
  line: RouteLeg['line'],
  here: Position,
): { along: number; off: number; total: number } {
  const perLon = metersPerDegree * Math.cos((here.lat * Math.PI) / 180);
  const best = { along: 0, off: Infinity };
  let along = 0;
  for (let index = 1; index < line.length; index++) {
    const [fromLon, fromLat] = line[index - 1]!;
    const [toLon, toLat] = line[index]!;
    const dx = (toLon - fromLon) * perLon;
    const dy = (toLat - fromLat) * metersPerDegree;
    const px = (here.lon - fromLon) * perLon;
    const py = (here.lat - fromLat) * metersPerDegree;
    const length = Math.hypot(dx, dy);
    const share = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length ** 2));
    const off = Math.hypot(px - share * dx, py - share * dy);
    if (off < best.off) [best.along, best.off] = [along + share * length, off];
    along += length;
  }
  return { ...best, total: along };
}

/** @param here null: the way from its beginning */
export function wayAhead(leg: RouteLeg, here: Position | null): WayAhead {
  const [, ...turns] = leg.manoeuvres;
  const first = leg.manoeuvres[0]?.meters ?? leg.meters;
  const whole = { manoeuvres: turns, metersToNext: first, metersLeft: leg.meters };
  if (here === null || leg.line.length < 2)
    return { ...whole, secondsLeft: leg.seconds, offMeters: 0 };
  const { along, off, total } = project(leg.line, here);
  // The lengths of the manoeuvres and of the drawn line differ a little: go by shares.
  const gone = total === 0 ? 0 : (along / total) * leg.meters;
  let begins = 0;
  let passed = 0;
  for (const { meters } of leg.manoeuvres) {
    if (begins + meters > gone) break;
    begins += meters;
    passed += 1;
  }
  const current = leg.manoeuvres[passed];
  const metersLeft = Math.max(0, leg.meters - gone);
  return {
    manoeuvres: leg.manoeuvres.slice(Math.max(1, passed + 1)),
    metersToNext: current ? Math.max(0, begins + current.meters - gone) : metersLeft,
    metersLeft,
    secondsLeft: leg.meters === 0 ? 0 : leg.seconds * (metersLeft / leg.meters),
    offMeters: off,
  };
}
