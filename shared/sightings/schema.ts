import { z } from 'zod';
import { positionSchema } from '../geo/position.ts';
import { idSchema, instantSchema } from '../wire.ts';
import { needs, vulnerableFlags } from './flags.ts';

export const reporterKinds = [
  'patrol',
  'sanitation',
  'courier',
  'taxi',
  'volunteer',
  'grid_worker',
  'public',
  'hotline',
  'partner',
] as const;
export type ReporterKind = (typeof reporterKinds)[number];
export type VulnerableFlag = (typeof vulnerableFlags)[number];
export type Need = (typeof needs)[number];
export const positionSources = ['gps', 'map', 'address'] as const;
export const coordinateSystems = ['wgs84', 'gcj02', 'bd09'] as const;
export type CoordinateSystem = (typeof coordinateSystems)[number];
export const sightingStates = ['live', 'closed', 'withdrawn', 'expired'] as const;
export type SightingState = (typeof sightingStates)[number];
export const sightingClosings = ['attended', 'duplicate', 'mistaken', 'other'] as const;
export const sightingProgresses = [
  'received',
  'on_the_way',
  'reached',
  'not_found',
  'closed',
] as const;
export type SightingProgress = (typeof sightingProgresses)[number];

export { needs, vulnerableFlags } from './flags.ts';
export { maxHeadcount, maxNoteLength } from './limits.ts';

/** What a device sends: the position as its source gave it, in the system it came in. Bounds that deserve
 *  a sentence of their own (time, headcount, text, city) are judged by `rules.ts`, not here. */
export const sightingDraftSchema = z.object({
  id: z.uuidv7(),
  position: positionSchema,
  system: z.enum(coordinateSystems),
  accuracyMeters: z.number().min(0).max(5000),
  positionSource: z.enum(positionSources),
  addressText: z.string().max(300),
  seenAt: instantSchema,
  headcount: z.number().int(),
  flags: z.array(z.enum(vulnerableFlags)).max(vulnerableFlags.length),
  needs: z.array(z.enum(needs)).max(needs.length),
  note: z.string().max(20_000),
  contactPhone: z.string().max(40),
});
export type SightingDraft = z.infer<typeof sightingDraftSchema>;

/** Editing sends the whole again, with the version it was made from. */
export const sightingEditSchema = sightingDraftSchema.extend({ version: z.number().int().min(1) });
export type SightingEdit = z.infer<typeof sightingEditSchema>;

export const sightingRefSchema = z.object({ id: idSchema });
export const markDuplicateSchema = z.object({ id: idSchema, duplicateOf: idSchema });
export const closeSightingSchema = z.object({
  id: idSchema,
  closing: z.enum(['mistaken', 'other']),
});

/** What staff screens hold of each sighting: no free text, no reporter. */
export interface SightingView {
  id: string;
  lon: number;
  lat: number;
  accuracyMeters: number;
  headcount: number;
  flags: VulnerableFlag[];
  reporterKind: ReporterKind;
  seenAt: string;
  receivedAt: string;
  state: SightingState;
  clusterId: string | null;
  /** A dispatcher's decision that holds against the automatic grouping. */
  placement: 'apart' | 'with' | null;
}

/** The whole of it, read by staff one at a time (and by its own reporter without `reporterName`). */
export interface SightingDetail extends SightingView {
  version: number;
  positionSource: (typeof positionSources)[number];
  addressText: string;
  system: CoordinateSystem;
  receivedLon: number;
  receivedLat: number;
  needs: Need[];
  note: string;
  contactPhone: string;
  reporterId: string | null;
  reporterName: string | null;
  closing: (typeof sightingClosings)[number] | null;
  duplicateOf: string | null;
  progress: SightingProgress;
}

export interface SightingHistoryEntry {
  version: number;
  at: string;
  userName: string | null;
  change:
    | 'recorded'
    | 'edited'
    | 'withdrawn'
    | 'duplicate'
    | 'closed'
    | 'expired'
    | 'placed'
    | 'released';
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

/** What a reporter sees of an own report: what became of it, nothing about the person. */
export interface OwnReport {
  id: string;
  lon: number;
  lat: number;
  addressText: string;
  headcount: number;
  seenAt: string;
  receivedAt: string;
  state: SightingState;
  progress: SightingProgress;
  progressAt: string;
}
