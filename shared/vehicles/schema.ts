import { z } from 'zod';
import { idSchema } from '../wire.ts';
import { travelModes } from '../roads/schema.ts';
import type { TravelMode } from '../roads/schema.ts';

export const vehicleStates = ['ready', 'broken'] as const;
export type VehicleState = (typeof vehicleStates)[number];

/** What a team drives. A team without one is on foot. */
export interface VehicleView {
  id: string;
  name: string;
  plate: string;
  mode: TravelMode;
  /** for people who are brought along, beside the crew */
  seats: number;
  /** of those, with room for a wheelchair */
  wheelchairs: number;
  state: VehicleState;
  /** a team has one vehicle at a time */
  teamId: string | null;
  removed: boolean;
}
export const vehicleDraftSchema = z.object({
  id: idSchema,
  name: z.string().trim().min(1).max(60),
  plate: z.string().trim().max(20),
  mode: z.enum(travelModes),
  seats: z.number().int().min(0).max(60),
  wheelchairs: z.number().int().min(0).max(20),
  teamId: idSchema.nullable(),
});
export const vehicleStateSchema = z.object({ id: idSchema, state: z.enum(vehicleStates) });
