// The edge where positions in the coordinate systems of Chinese maps become WGS-84.
import gcoordModule from 'gcoord';
import type { CoordinateSystem } from '../sightings/schema.ts';
import type { Position } from './position.ts';

// The package's types describe an ES module with a default export; what Node and Vite import is that object itself.
const gcoord = gcoordModule as unknown as typeof gcoordModule.default;

const systems = {
  gcj02: gcoord.GCJ02,
  bd09: gcoord.BD09,
} as const;

/**
 * A position in `system` as WGS-84, exact to about a decimetre over mainland China; outside China both
 * systems are taken as unshifted, as their makers do. Hong Kong, Macau and Taipei would be shifted wrongly:
 * pass only what is known to have been received in that system.
 */
export function toWgs84(position: Position, system: CoordinateSystem): Position {
  if (system === 'wgs84') return position;
  const [lon, lat] = gcoord.transform([position.lon, position.lat], systems[system], gcoord.WGS84);
  return { lon, lat };
}
