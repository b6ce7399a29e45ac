/** What of the device's positions is worth a point of the track: often while driving, seldom while standing. */
import { distanceMeters } from '../../shared/geo/ellipsoid.ts';
import type { TrackPoint } from '../../shared/tracks/schema.ts';

export type Motion = 'standing' | 'walking' | 'driving';

/** Seconds between two points. Standing is said twice within the shortest stay that counts as a visit (45 s). */
const everySeconds: Record<Motion, number> = { standing: 30, walking: 10, driving: 5 };
/** m/s: slower is no way on foot, faster none that a person walks */
const walkingFrom = 0.6;
const drivingFrom = 2.8;
const roughestMeters = 5000;
/** A fix that jumps about while standing moves less than it is unsure of. */
const jitterMeters = 15;

const knownOrNull = (value: number | null | undefined): number | null =>
  value !== null && value !== undefined && Number.isFinite(value) && value >= 0 ? value : null;

/** @param at milliseconds since 1970 by the server's clock */
export function trackPointOf(coords: GeolocationCoordinates, at: number): TrackPoint {
  const speed = knownOrNull(coords.speed);
  const heading = knownOrNull(coords.heading);
  return [
    Math.round(at),
    round(coords.longitude),
    round(coords.latitude),
    Math.round(Math.min(roughestMeters, Math.max(0, coords.accuracy))),
    speed === null ? null : Math.min(150, Math.round(speed * 10) / 10),
    heading === null ? null : Math.round(heading) % 360,
  ];
}

/** A millionth of a degree is 11 cm: what no device knows costs nothing to send. */
const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

export function motionBetween(before: TrackPoint, after: TrackPoint): Motion {
  const [at, , , accuracy, speed] = after;
  const seconds = Math.max(0.001, (at - before[0]) / 1000);
  const meters = distanceMeters(placeOf(before), placeOf(after));
  const moved = meters > Math.max(jitterMeters, accuracy) ? meters / seconds : 0;
  const pace = speed ?? moved;
  return pace >= drivingFrom ? 'driving' : pace >= walkingFrom ? 'walking' : 'standing';
}

const placeOf = ([, lon, lat]: TrackPoint): { lon: number; lat: number } => ({ lon, lat });

/** Also false for a point that isn't newer: devices hand out old fixes again. */
export function isWorthKeeping(last: TrackPoint | null, next: TrackPoint): boolean {
  if (last === null) return true;
  return next[0] - last[0] >= everySeconds[motionBetween(last, next)] * 1000;
}
