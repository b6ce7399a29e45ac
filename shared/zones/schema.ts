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

export { cellResolution } from './resolutions.ts';

/** Facts of one cell; the step shown is a pure function of these, the felt temperature and the clock. */
export interface ColdCellView {
  cell: string;
  livePeople: number;
  recentSightings: number;
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
