import { z } from 'zod';
import { positionSchema, polygonSchema } from '../geo/position.ts';
import type { Polygon } from '../geo/position.ts';
import { idSchema, instantSchema } from '../wire.ts';
import { skills } from './skills.ts';
import type { Skill } from './skills.ts';

export interface TeamView {
  id: string;
  name: string;
  callSign: string;
  vehicle: string;
  areaId: string | null;
  onDuty: boolean;
  skills: Skill[];
  /** null: nobody said */
  shiftEndsAt: string | null;
  breakFromAt: string | null;
  breakMinutes: number;
  removed: boolean;
}

/** Where a team is: volatile, the latest wins, never in the event log. */
export const teamPositionSchema = z.object({
  position: positionSchema,
  accuracyMeters: z.number().min(0).max(5000),
  headingDegrees: z.number().min(0).lt(360).nullable(),
  at: instantSchema,
});
export type TeamPositionReport = z.infer<typeof teamPositionSchema>;
export interface TeamPosition {
  teamId: string;
  lon: number;
  lat: number;
  accuracyMeters: number;
  headingDegrees: number | null;
  at: string;
}

export const teamDraftSchema = z.object({
  id: idSchema,
  name: z.string().trim().min(1).max(100),
  callSign: z.string().trim().min(1).max(12),
  vehicle: z.string().trim().max(60),
  areaId: idSchema.nullable(),
  skills: z.array(z.enum(skills)).max(skills.length),
});
export const setDutySchema = z.object({ teamId: idSchema, onDuty: z.boolean() });

export interface AreaView {
  id: string;
  name: string;
  boundary: Polygon;
  removed: boolean;
}
export const areaDraftSchema = z.object({
  id: idSchema,
  name: z.string().trim().min(1).max(100),
  boundary: polygonSchema,
});
export const removeSchema = z.object({ id: idSchema });
