import { z } from 'zod';
import { positionSchema } from '../geo/position.ts';
import { idSchema } from '../wire.ts';
import { keyPointKinds } from './kinds.ts';

export { keyPointKinds } from './kinds.ts';
export type KeyPointKind = (typeof keyPointKinds)[number];
export const visitHows = ['dwell', 'recorded'] as const;
/** Seen because a team stood there long enough, or because somebody wrote it down. */
export type VisitHow = (typeof visitHows)[number];

export interface KeyPointView {
  id: string;
  name: string;
  kind: KeyPointKind;
  lon: number;
  lat: number;
  radiusMeters: number;
  /** local key hours; equal = the whole day */
  fromHour: number;
  toHour: number;
  /** how often it is to be seen within its hours, on a normal and on a cold night */
  normalEveryMinutes: number;
  coldEveryMinutes: number;
  note: string;
  source: 'drawn' | 'imported' | 'map';
  lastVisitAt: string | null;
  lastVisitHow: VisitHow | null;
  lastVisitTeamId: string | null;
  removed: boolean;
}

const everyMinutes = z
  .number()
  .int()
  .min(10)
  .max(7 * 24 * 60);
export const keyPointDraftSchema = z.object({
  id: idSchema,
  name: z.string().trim().min(1).max(100),
  kind: z.enum(keyPointKinds),
  position: positionSchema,
  radiusMeters: z.number().min(5).max(500),
  fromHour: z.number().int().min(0).max(23),
  toHour: z.number().int().min(0).max(23),
  normalEveryMinutes: everyMinutes,
  coldEveryMinutes: everyMinutes,
  note: z.string().max(500),
});
export type KeyPointDraft = z.infer<typeof keyPointDraftSchema>;

/** One of many, from a file or the map; the same `sourceRef` again changes the one that is there. */
export const importKeyPointsSchema = z.object({
  source: z.enum(['imported', 'map']),
  keyPoints: z
    .array(keyPointDraftSchema.extend({ sourceRef: z.string().trim().min(1).max(200) }))
    .min(1)
    .max(100),
});
export interface ImportAnswer {
  added: number;
  changed: number;
  /** index within this request, with the fault of that row */
  refused: { index: number; code: 'outside_city' | 'invalid_input' }[];
}

/** A place that the city's map knows and that could become a key point. */
export interface KeyPointCandidate {
  sourceRef: string;
  kind: KeyPointKind;
  nameZh: string;
  nameEn: string;
  lon: number;
  lat: number;
  /** already taken */
  taken: boolean;
}
export const listCandidatesSchema = z.object({
  kinds: z.array(z.enum(keyPointKinds)).max(keyPointKinds.length),
  areaId: idSchema.nullable(),
});

export const keyPointVisitSchema = z.object({
  id: z.uuidv7(),
  keyPointId: idSchema,
  position: positionSchema,
  note: z.string().max(500),
});
export type KeyPointVisit = z.infer<typeof keyPointVisitSchema>;

/** One row of the chained ledger, as it is shown and exported. */
export interface LedgerEntry {
  seq: number;
  id: string;
  keyPointId: string;
  keyPointName: string;
  teamId: string | null;
  shiftId: string | null;
  how: VisitHow;
  visitedFrom: string;
  visitedTo: string;
  note: string;
  recordedAt: string;
  /** hex */
  previousHash: string;
  hash: string;
}
export const readLedgerSchema = z.object({
  keyPointId: idSchema.nullable(),
  /** entries below this number; null = the newest */
  before: z.number().int().min(1).nullable(),
});
/** Where the chain first breaks; null = it holds. */
export interface LedgerProof {
  entries: number;
  lastHash: string | null;
  broken: { seq: number; why: 'hash' | 'chain' | 'gap' } | null;
  checkedAt: string;
}
