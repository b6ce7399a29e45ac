import { latLngToCell } from 'h3-js';
import type { Position } from '../../shared/geo/position.ts';

/** The H3 cell that a sighting or a visit at this position belongs to, in its city's resolution. */
export const cellOf = ({ lon, lat }: Position, cellResolution: 9 | 10): string =>
  latLngToCell(lat, lon, cellResolution);
