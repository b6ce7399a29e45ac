import { z } from 'zod';
import { positionSchema } from '../geo/position.ts';
import { idSchema } from '../wire.ts';

export interface StationView {
  id: string;
  name: string;
  address: string;
  phone: string;
  lon: number;
  lat: number;
  bedsTotal: number;
  bedsFree: number;
  bedsUpdatedAt: string;
  open: boolean;
  removed: boolean;
}
export const stationDraftSchema = z.object({
  id: idSchema,
  name: z.string().trim().min(1).max(100),
  address: z.string().trim().max(300),
  phone: z.string().trim().max(40),
  position: positionSchema,
  bedsTotal: z.number().int().min(0).max(10_000),
  open: z.boolean(),
});
export const setFreeBedsSchema = z.object({
  stationId: idSchema,
  bedsFree: z.number().int().min(0).max(10_000),
});
