/** What a track is made of once its rows are read: fixes in time, and how far they lie from each other. */

/** One fix that is believed; `at` in milliseconds since 1970. */
export interface Fix {
  at: number;
  lon: number;
  lat: number;
  accuracyMeters: number;
}

/** A longer silence between two fixes says nothing of what was between them. */
export const longestGapMs = 2 * 60_000;

export const metersPerDegree = 111_195;
const radiansPerDegree = Math.PI / 180;

/** Flat, good to a few parts in a thousand within a city. */
export function metersBetween(
  a: { lon: number; lat: number },
  b: { lon: number; lat: number },
): number {
  const east = (b.lon - a.lon) * Math.cos(((a.lat + b.lat) / 2) * radiansPerDegree);
  return Math.hypot(east, b.lat - a.lat) * metersPerDegree;
}
