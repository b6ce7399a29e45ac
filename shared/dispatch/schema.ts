import { z } from 'zod';
import { positionSchema } from '../geo/position.ts';
import { bedKinds } from '../stations/beds.ts';
import { idSchema, instantSchema } from '../wire.ts';
import { needs, vulnerableFlags } from '../sightings/flags.ts';
import type { Need, VulnerableFlag } from '../sightings/schema.ts';
import { outcomes } from './outcomes.ts';

export { outcomes, supplyItems } from './outcomes.ts';

export const dispatchStates = [
  'offered',
  'accepted',
  'en_route',
  'on_scene',
  'closed',
  'declined',
  'cancelled',
] as const;
export type DispatchState = (typeof dispatchStates)[number];
export type Outcome = (typeof outcomes)[number];

export interface DispatchView {
  id: string;
  clusterId: string;
  /** the visit that is owed, where the team was sent to one person again and not to the place */
  recheckId: string | null;
  teamId: string;
  state: DispatchState;
  supporting: boolean;
  target: { lon: number; lat: number };
  note: string;
  declineReason: string | null;
  offeredAt: string;
  acceptedAt: string | null;
  enRouteAt: string | null;
  onSceneAt: string | null;
  endedAt: string | null;
}

export const sendTeamSchema = z.object({
  id: idSchema,
  clusterId: idSchema,
  /** to the visit that is owed, which may be due where the place itself has ended */
  recheckId: idSchema.nullable().default(null),
  teamId: idSchema,
  note: z.string().max(500),
});
export type SendTeam = z.input<typeof sendTeamSchema>;
export const dispatchRefSchema = z.object({ id: idSchema });
export const declineSchema = z.object({ id: idSchema, reason: z.string().trim().min(1).max(500) });
export const encounterDraftSchema = z.object({
  id: idSchema,
  /** exactly one of the two: the dispatch it happened on, or the recheck it settles */
  dispatchId: idSchema.nullable(),
  recheckId: idSchema.nullable(),
  outcome: z.enum(outcomes),
  position: positionSchema,
  flags: z.array(z.enum(vulnerableFlags)).max(vulnerableFlags.length),
  items: z
    .array(z.object({ item: z.enum(needs), quantity: z.number().int().min(1).max(100) }))
    .max(needs.length),
  stationId: idSchema.nullable(),
  /** of the place they are brought to; absent or null: the station chooses */
  bedKind: z.enum(bedKinds).nullable().optional(),
  note: z.string().max(2000),
  metAt: instantSchema,
});
export type EncounterDraft = z.infer<typeof encounterDraftSchema>;

/** What happened with one person; read by staff one place at a time, never broadcast. */
export interface EncounterView {
  id: string;
  clusterId: string;
  dispatchId: string | null;
  recheckId: string | null;
  teamId: string | null;
  outcome: Outcome;
  lon: number;
  lat: number;
  flags: VulnerableFlag[];
  items: { item: Need; quantity: number }[];
  stationId: string | null;
  note: string;
  recordedBy: string;
  metAt: string;
  receivedAt: string;
}

export interface RecheckView {
  id: string;
  clusterId: string;
  lon: number;
  lat: number;
  flags: VulnerableFlag[];
  outcome: Outcome;
  dueAt: string;
  createdAt: string;
  doneAt: string | null;
}

/** A team as a choice for one cluster, nearest first. */
export interface Candidate {
  teamId: string;
  distanceMeters: number | null;
  positionAgeSeconds: number | null;
  busy: boolean;
  onDuty: boolean;
}
