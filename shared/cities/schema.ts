import { z } from 'zod';
import { planningSettingsSchema } from '../planning/schema.ts';
import { responseSettingsSchema } from '../response/settings.ts';

/** Everything a city may set; every number has the default of the field's own rules. */
export const citySettingsSchema = z.object({
  epsMeters: z.number().min(10).max(1000).default(80),
  minPoints: z.number().int().min(1).max(50).default(1),
  /** null = groups are never cut */
  maxDiameterMeters: z.number().min(20).max(5000).nullable().default(250),
  windowHours: z
    .number()
    .min(1)
    .max(24 * 14)
    .default(24),
  /** scores (0–100) from which a cluster is of level 2, 3, 4 */
  priorityThresholds: z.tuple([z.number(), z.number(), z.number()]).default([25, 50, 75]),
  /** until somebody who stayed outside is visited again; at a level it is what the level says */
  recheckHours: z.object({ normal: z.number().min(0.25).max(72) }).default({ normal: 4 }),
  /** a crew is asked for a sign of life this often; null = never */
  checkInMinutes: z.number().int().min(5).max(720).nullable().default(60),
  /** travel times of the roads are multiplied by this: snow, ice, a cold engine */
  winterFactor: z.number().min(1).max(3).default(1.15),
  /** standing this long within a key point's radius counts as a visit */
  dwellSeconds: z.number().int().min(5).max(600).default(45),
  /** local hours of a night, what the share of the night hours refers to */
  nightHours: z
    .object({ from: z.number().int().min(0).max(23), to: z.number().int().min(0).max(23) })
    .default({ from: 20, to: 6 }),
  /** H3 resolution of the cold cells: 9 has an edge of about 174 m, 10 of 66 m */
  cellResolution: z.union([z.literal(9), z.literal(10)]).default(9),
  /** how the plan of a night is weighed; see docs/planning.md */
  planning: planningSettingsSchema.prefault({}),
  /** which rules propose a level, and what each level changes; see docs/response.md */
  response: responseSettingsSchema.prefault({}),
});
export type CitySettings = z.infer<typeof citySettingsSchema>;

/** What an administrator sees and changes of a city, in one piece. */
export const cityConfigurationSchema = citySettingsSchema.extend({
  nameZh: z.string().trim().min(1).max(100),
  nameEn: z.string().trim().min(1).max(100),
  hotline: z.string().trim().min(3).max(40),
});
export type CityConfiguration = z.infer<typeof cityConfigurationSchema>;

/** Where the map of a city comes from. */
export type Basemap =
  | { kind: 'pmtiles'; url: string; attribution: string }
  | { kind: 'style'; url: string; attribution: string }
  | { kind: 'tianditu'; key: string; attribution: string }
  | { kind: 'none' };

/** What anyone may know of a city before signing in. */
export interface CityView {
  id: string;
  nameZh: string;
  nameEn: string;
  timeZone: string;
  center: { lon: number; lat: number };
  /** [west, south, east, north] */
  bounds: [number, number, number, number];
  hotline: string;
  demo: boolean;
  basemap: Basemap;
}
