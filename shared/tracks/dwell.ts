/** When somebody stayed at a place long enough for it to count as seen. */
import { longestGapMs, metersBetween } from './fixes.ts';
import type { Fix } from './fixes.ts';

export interface DwellPlace {
  id: string;
  lon: number;
  lat: number;
  radiusMeters: number;
}
/** In milliseconds since 1970; `earnedAt` is the moment from which it was long enough. */
export interface Stay {
  keyPointId: string;
  from: number;
  to: number;
  earnedAt: number;
  /** the middle of the fixes it is made of */
  lon: number;
  lat: number;
}

/** A fix may lie this far outside of the radius by its own uncertainty, and no farther. */
const mostSlackMeters = 20;

/**
 * Stays of at least so long within the place's radius. A fix that may be inside or not, by how unsure it is, neither
 * begins a stay nor ends it; a silence of more than two minutes ends it.
 * @param fixes cleaned, in the order of time
 */
export function findStays(fixes: readonly Fix[], place: DwellPlace, dwellSeconds: number): Stay[] {
  const stays: Stay[] = [];
  let inside: Fix[] = [];
  let heardAt = Number.NEGATIVE_INFINITY;
  const end = () => {
    const stay = stayOf(inside, place.id, dwellSeconds * 1000);
    if (stay) stays.push(stay);
    inside = [];
  };
  for (const fix of fixes) {
    const meters = metersBetween(fix, place);
    if (fix.at - heardAt > longestGapMs) end();
    if (meters <= place.radiusMeters + Math.min(fix.accuracyMeters, mostSlackMeters)) {
      inside.push(fix);
      heardAt = fix.at;
    } else if (meters <= place.radiusMeters + fix.accuracyMeters) heardAt = fix.at;
    else end();
  }
  end();
  return stays;
}

function stayOf(inside: readonly Fix[], keyPointId: string, dwellMs: number): Stay | null {
  const [first] = inside;
  const last = inside.at(-1);
  if (!first || !last || last.at - first.at < dwellMs) return null;
  const sum = inside.reduce((so, { lon, lat }) => ({ lon: so.lon + lon, lat: so.lat + lat }), {
    lon: 0,
    lat: 0,
  });
  return {
    keyPointId,
    from: first.at,
    to: last.at,
    earnedAt: first.at + dwellMs,
    lon: sum.lon / inside.length,
    lat: sum.lat / inside.length,
  };
}
