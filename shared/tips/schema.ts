import { z } from 'zod';
import { sightingDraftSchema } from '../sightings/schema.ts';
import type { SightingProgress } from '../sightings/schema.ts';
import type { ResponseLevel } from '../response/schema.ts';
import { citySlugSchema } from '../wire.ts';
import type { PublicCell } from '../zones/schema.ts';
import type { StationLight } from '../stations/schema.ts';

export const tipDraftSchema = z.object({ cityId: citySlugSchema, sighting: sightingDraftSchema });
export const trackingCodeSchema = z.object({
  cityId: citySlugSchema,
  /** eight characters of Crockford's alphabet; spaces, dashes, o/i/l as people write them are forgiven */
  code: z
    .string()
    .max(20)
    .transform((code) =>
      code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1'),
    )
    .pipe(z.string().regex(/^[0-9A-HJKMNP-TV-Z]{8}$/)),
});

/** What the tracking code tells: what became of the tip, nothing about the person. */
export interface TipStatus {
  code: string;
  progress: SightingProgress;
  receivedAt: string;
  progressAt: string;
}

/** What anyone may see of a city tonight. */
export interface PublicPlaces {
  hotline: string;
  night: {
    level: ResponseLevel;
    feltCelsius: number;
    /** when it is meant to be over; null = not known yet */
    untilAt: string | null;
    /** the hour of this night that will feel coldest, where a fresh forecast tells */
    coldest: { at: string; feltCelsius: number } | null;
    /** what the city says beside the usual words; empty = nothing */
    textZh: string;
    textEn: string;
  } | null;
  stations: {
    id: string;
    name: string;
    address: string;
    phone: string;
    lon: number;
    lat: number;
    open: boolean;
    /** now, with the hours it is open */
    light: StationLight;
  }[];
  cells: PublicCell[];
}
