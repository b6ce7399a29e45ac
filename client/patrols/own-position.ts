/** Where this tablet is: what the device says, when it is worth telling the others, and how it is said when it can't. */
import { distanceMeters } from '../../shared/geo/ellipsoid.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { TeamPositionReport } from '../../shared/patrols/schema.ts';

export type OwnFix =
  | { state: 'finding' }
  /** `coords` as the device said them, `atMs` by the server's clock */
  | {
      state: 'found';
      report: TeamPositionReport;
      coords: GeolocationCoordinates;
      atMs: number;
    }
  /** the person or the device forbids it */
  | { state: 'denied' }
  /** no satellites, or no such device */
  | { state: 'failed' };

const roughestMeters = 5000;
export const sendEveryMs = 5_000;
export const sendEveryMeters = 15;
/** A vehicle on a fast road passes 15 m in half a second: once a second is enough. */
const atMostEveryMs = 1_000;

/** The device's own words for a fix, as the server takes them. */
export function reportOf(coords: GeolocationCoordinates, at: string): TeamPositionReport {
  const { longitude, latitude, accuracy, heading } = coords;
  const known = heading !== null && heading !== undefined && Number.isFinite(heading);
  return {
    position: { lon: longitude, lat: latitude },
    accuracyMeters: Math.min(roughestMeters, Math.max(0, accuracy)),
    headingDegrees: known ? ((heading % 360) + 360) % 360 : null,
    at,
  };
}

/** About every five seconds, or sooner after fifteen metres. */
export function isWorthSending(last: TeamPositionReport | null, next: TeamPositionReport): boolean {
  if (last === null) return true;
  const passed = Date.parse(next.at) - Date.parse(last.at);
  if (passed >= sendEveryMs) return true;
  return passed >= atMostEveryMs && distanceMeters(last.position, next.position) >= sendEveryMeters;
}

/** A tablet far outside its city (a desk, a demonstration) must not pull its team off the map. */
export function isInCity(
  { lon, lat }: Position,
  [west, south, east, north]: readonly [number, number, number, number],
): boolean {
  const room = 0.5;
  const width = (east - west) * room;
  const height = (north - south) * room;
  return (
    lon >= west - width && lon <= east + width && lat >= south - height && lat <= north + height
  );
}
