import { z } from 'zod';
import { polygonSchema } from '../geo/position.ts';
import type { Polygon } from '../geo/position.ts';
import { idSchema } from '../wire.ts';

export interface ZoneView {
  id: string;
  name: string;
  boundary: Polygon;
  weight: number;
  /** local hours it counts in; equal = the whole day */
  fromHour: number;
  toHour: number;
  note: string;
  removed: boolean;
}
export const zoneDraftSchema = z.object({
  id: idSchema,
  name: z.string().trim().min(1).max(100),
  boundary: polygonSchema,
  weight: z.number().min(0.1).max(10),
  fromHour: z.number().int().min(0).max(23),
  toHour: z.number().int().min(0).max(23),
  note: z.string().max(500),
});

/**
 * Facts of one cell, as a change of it is told. What is expected there by its past is in the field of cells
 * (`cell-field.ts`); the step shown is a pure function of both, the weather and the clock (`debt.ts`).
 */
export interface ColdCellView {
  cell: string;
  /** in live sightings; the largest headcount of each cluster, once */
  livePeople: number;
  /** who may have come here after not being found where they were looked for; as of `likelyAt`, fading from then on */
  likelyPeople: number;
  likelyAt: string | null;
  lastSightingAt: string | null;
  lastVisitAt: string | null;
}

/** Between nothing to see (0) and the most urgent (4). */
export type CellStep = 0 | 1 | 2 | 3 | 4;
export interface PublicCell {
  /** H3 resolution 7 */
  cell: string;
  step: CellStep;
}
