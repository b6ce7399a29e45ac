import { z } from 'zod';
import { idSchema, citySlugSchema, instantSchema } from '../wire.ts';
import { reporterKinds } from '../sightings/schema.ts';

export const roles = [
  'reporter',
  'patrol',
  'dispatcher',
  'station_manager',
  'administrator',
  'auditor',
] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;
/** Everyone who may ask: a role, or nobody signed in. */
export type Caller = Role | 'public';

/** Who sees the operational map. */
export const staffRoles = [
  'patrol',
  'dispatcher',
  'station_manager',
  'administrator',
  'auditor',
] as const satisfies readonly Role[];
export const isStaff = (role: Caller): boolean => (staffRoles as readonly Caller[]).includes(role);

export const passwordSchema = z.string().min(10).max(200);
export const usernameSchema = z.string().regex(/^[a-z0-9][a-z0-9._-]{1,39}$/);
export const languageSchema = z.enum(['zh-CN', 'en']);
export type Language = z.infer<typeof languageSchema>;

export const loginSchema = z.object({
  cityId: citySlugSchema,
  username: z.string().trim().toLowerCase().min(1).max(40),
  password: z.string().min(1).max(200),
});

export const userDraftSchema = z
  .object({
    username: usernameSchema,
    displayName: z.string().trim().min(1).max(60),
    role: roleSchema,
    reporterKind: z.enum(reporterKinds).nullable(),
    teamId: idSchema.nullable(),
    stationId: idSchema.nullable(),
    password: passwordSchema,
  })
  .refine((draft) => draft.role !== 'reporter' || draft.reporterKind !== null, {
    path: ['reporterKind'],
  });
export const userChangeSchema = z.object({
  id: idSchema,
  displayName: z.string().trim().min(1).max(60),
  role: roleSchema,
  reporterKind: z.enum(reporterKinds).nullable(),
  teamId: idSchema.nullable(),
  stationId: idSchema.nullable(),
  disabled: z.boolean(),
});

export interface UserView {
  id: string;
  username: string;
  displayName: string;
  role: Role;
  reporterKind: (typeof reporterKinds)[number] | null;
  teamId: string | null;
  stationId: string | null;
  disabled: boolean;
}

/** Who the screen is signed in as. */
export interface SessionView {
  cityId: string;
  user: UserView;
}

export const changeOwnPasswordSchema = z.object({
  current: z.string().min(1).max(200),
  next: passwordSchema,
});
export const setPasswordSchema = z.object({ userId: idSchema, password: passwordSchema });
/** A first city without a map: a circle around a place. */
export const firstCitySchema = z.object({
  id: citySlugSchema,
  nameZh: z.string().trim().min(1).max(100),
  nameEn: z.string().trim().min(1).max(100),
  lon: z.number().min(-180).max(180),
  lat: z.number().min(-85).max(85),
  radiusKm: z.number().min(1).max(150),
  timeZone: z.string().trim().min(1).max(60),
  hotline: z.string().trim().min(3).max(40),
});
export const setupAdministratorSchema = z.object({
  token: z.string().min(20).max(100),
  username: usernameSchema,
  displayName: z.string().trim().min(1).max(60),
  password: passwordSchema,
  /** with a link that belongs to no city yet */
  city: firstCitySchema.optional(),
});
export const enterDemoSchema = z.object({ cityId: citySlugSchema, role: roleSchema });
/** Entries that one reading of the log answers at most. */
export const auditPageSize = 200;
export const readAuditSchema = z.object({ before: instantSchema.optional() });

/** One line of who did what to an account, or read what is sensitive. */
export interface AuditEntry {
  id: string;
  at: string;
  userId: string | null;
  userName: string | null;
  action: string;
  subject: string;
  details: Record<string, string | number | boolean | null>;
}
