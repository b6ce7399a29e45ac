/** Codes that a street office or a courier's company prints, and the accounts that scanning one makes. */
import { z } from 'zod';
import type { ReporterKind } from '../sightings/schema.ts';
import { idSchema, instantSchema } from '../wire.ts';

/** The crews and the desk have accounts of their own; a code is for those who are outside anyway. */
export const enrolmentKinds = [
  'sanitation',
  'courier',
  'taxi',
  'volunteer',
  'grid_worker',
  'public',
  'partner',
] as const satisfies readonly ReporterKind[];

export const mostDevicesOfCode = 10_000;
export const longestAccountDays = 400;

export const enrolmentDraftSchema = z.object({
  id: z.uuidv7(),
  label: z.string().trim().min(1).max(100),
  reporterKind: z.enum(enrolmentKinds),
  mostDevices: z.number().int().min(1).max(mostDevicesOfCode),
  /** how long an account made with it lasts */
  accountDays: z.number().int().min(1).max(longestAccountDays),
  /** until when it can be scanned */
  expiresAt: instantSchema,
});
export type EnrolmentDraft = z.infer<typeof enrolmentDraftSchema>;

export interface EnrolmentView {
  id: string;
  label: string;
  reporterKind: ReporterKind;
  mostDevices: number;
  /** that can report with it now */
  devices: number;
  accountDays: number;
  expiresAt: string;
  createdAt: string;
  revokedAt: string | null;
}

/** The token is in the answer once; the server keeps its hash. */
export interface NewEnrolment {
  enrolment: EnrolmentView;
  token: string;
}

export const revokeEnrolmentSchema = z.object({
  id: idSchema,
  /** sign out the devices that used it, too */
  endDevices: z.boolean(),
});
export const enrolmentRefSchema = z.object({ enrolmentId: idSchema });
export const deviceRefSchema = z.object({ userId: idSchema });

export interface EnrolledDevice {
  userId: string;
  displayName: string;
  phone: string;
  enrolledAt: string;
  lastUsedAt: string | null;
  endsAt: string;
  revoked: boolean;
}
/** Devices that one reading of the list answers at most, the last used first. */
export const devicePageSize = 500;

const tokenSchema = z.string().min(20).max(100);
export const enrolmentTokenSchema = z.object({ token: tokenSchema });
export const enrolSchema = z.object({
  token: tokenSchema,
  displayName: z.string().trim().max(60).optional(),
  phone: z.string().trim().max(40).optional(),
});

/** What somebody who holds the code may know of it. */
export interface EnrolmentOffer {
  cityId: string;
  label: string;
  reporterKind: ReporterKind;
  accountDays: number;
}
