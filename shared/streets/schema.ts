import { z } from 'zod';
import type { KeyPointKind } from '../basemap/schema.ts';
import { positionSchema } from '../geo/position.ts';
import { citySlugSchema } from '../wire.ts';

export const describePlaceSchema = z.object({ cityId: citySlugSchema, position: positionSchema });

/** Where something lies as seen from a known place. */
export const compassPoints = [
  'north',
  'north_east',
  'east',
  'south_east',
  'south',
  'south_west',
  'west',
  'north_west',
] as const;
export type CompassPoint = (typeof compassPoints)[number];

export interface StreetNearby {
  zh: string;
  en: string;
  /** how far from the position */
  meters: number;
}
/**
 * Enough to read a position out over the telephone; the sentence is made on the screen. `zh` and `en` name the
 * nearest street that has a name, '' = none within 300 m.
 */
export interface PlaceDescription extends StreetNearby {
  /** the nearest street of another name that meets it, and how far its corner is */
  crossing: StreetNearby | null;
  /** the nearest known place within 1 km, and on which side of it the position lies */
  place: (StreetNearby & { kind: KeyPointKind; side: CompassPoint }) | null;
}
