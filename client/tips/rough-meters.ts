import type { Position } from '../../shared/geo/position.ts';

const metersPerDegree = 111_320;

/** Good to a part in a hundred within a city; for saying which house is near, on a page that has to stay light. */
export const roughMeters = (a: Position, b: Position): number =>
  Math.hypot(
    (b.lon - a.lon) * Math.cos((a.lat * Math.PI) / 180) * metersPerDegree,
    (b.lat - a.lat) * metersPerDegree,
  );
