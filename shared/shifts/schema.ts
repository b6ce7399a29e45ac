import { z } from 'zod';
import { idSchema, instantSchema } from '../wire.ts';
import { agencies } from './agencies.ts';

export { agencies } from './agencies.ts';
export type Agency = (typeof agencies)[number];

export const shiftMemberSchema = z.object({
  name: z.string().trim().min(1).max(60),
  agency: z.enum(agencies),
});
export type ShiftMember = z.infer<typeof shiftMemberSchema>;

/** A team on duty. Names stay out of the broadcast: `shifts.read` tells them. */
export interface ShiftView {
  id: string;
  teamId: string;
  areaId: string | null;
  vehicle: string;
  memberCount: number;
  /** more than one = a joint patrol */
  agencies: Agency[];
  startedAt: string;
  endedAt: string | null;
  /** null = no check-ins asked for */
  checkInMinutes: number | null;
  lastCheckInAt: string;
  /** null when none is asked for or the shift is over */
  checkInDueAt: string | null;
}

export const shiftDraftSchema = z.object({
  id: z.uuidv7(),
  areaId: idSchema.nullable(),
  vehicle: z.string().trim().max(60),
  members: z.array(shiftMemberSchema).min(1).max(30),
  checkInMinutes: z.number().int().min(5).max(720).nullable(),
  /** when the crew means to be back */
  plannedEndAt: instantSchema.nullable().optional(),
});
export type ShiftDraft = z.infer<typeof shiftDraftSchema>;

export interface ShiftDetail {
  shift: ShiftView;
  members: ShiftMember[];
}
export const shiftRefSchema = z.object({ shiftId: idSchema });
export const periodSchema = z.object({ from: instantSchema, to: instantSchema });

/** The units of every statistic: one member of one shift is a person-time, one vehicle of one shift a vehicle-trip. */
export interface ShiftTotals {
  shifts: number;
  jointShifts: number;
  personTimes: number;
  vehicleTrips: number;
  minutes: number;
}
