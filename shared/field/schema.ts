/**
 * What a device in the field can do, once: every action carries an id made on the device and the moment it
 * happened, so that it may arrive late, twice, and in the company of others. What the server makes of a late one is
 * written in docs/late-actions.md.
 */
import { z } from 'zod';
import { keyPointVisitSchema } from '../key-points/schema.ts';
import { sosSchema } from '../crew/schema.ts';
import { encounterDraftSchema } from '../dispatch/schema.ts';
import { shiftDraftSchema } from '../shifts/schema.ts';
import { sightingDraftSchema, sightingEditSchema } from '../sightings/schema.ts';
import { movementDraftSchema } from '../supplies/schema.ts';
import { trackBatchSchema } from '../tracks/schema.ts';
import { idSchema, instantSchema } from '../wire.ts';

const action = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.object({
    kind: z.literal(kind),
    id: z.uuidv7(),
    /** when it happened, by the device's clock set right by the server's */
    at: instantSchema,
    ...shape,
  });

export const fieldActionSchema = z.discriminatedUnion('kind', [
  action('sighting.report', { sighting: sightingDraftSchema }),
  action('sighting.edit', { sighting: sightingEditSchema }),
  action('sighting.withdraw', { sightingId: idSchema }),
  action('dispatch.accept', { dispatchId: idSchema }),
  action('dispatch.setOff', { dispatchId: idSchema }),
  action('dispatch.arrive', { dispatchId: idSchema }),
  action('dispatch.close', { dispatchId: idSchema }),
  action('dispatch.decline', {
    dispatchId: idSchema,
    reason: z.string().trim().min(1).max(500),
  }),
  action('encounter.record', { encounter: encounterDraftSchema }),
  action('keyPoint.visit', { visit: keyPointVisitSchema }),
  action('shift.start', { shift: shiftDraftSchema }),
  action('shift.end', { shiftId: idSchema }),
  action('shift.checkIn', { shiftId: idSchema }),
  action('track.points', { points: trackBatchSchema }),
  action('sos.raise', { sos: sosSchema }),
  action('supply.move', { movement: movementDraftSchema }),
]);
export type FieldAction = z.infer<typeof fieldActionSchema>;
export type FieldActionKind = FieldAction['kind'];

/**
 * `applied`: it counts, for the time it happened. `overtaken`: the same or something later was already so, nothing
 * to do. `conflict`: the world had moved on; what was done is kept and both sides see it.
 */
export const fieldResults = ['applied', 'overtaken', 'conflict'] as const;
export type FieldResult = (typeof fieldResults)[number];

export const conflictKinds = [
  'dispatch_gone',
  'recheck_settled',
  'sighting_ended',
  'shift_replaced',
] as const;
export type ConflictKind = (typeof conflictKinds)[number];

export interface ConflictView {
  id: string;
  kind: ConflictKind;
  action: FieldActionKind;
  /** whose action it was */
  teamId: string | null;
  dispatchId: string | null;
  clusterId: string | null;
  recheckId: string | null;
  sightingId: string | null;
  /** who has it now */
  otherTeamId: string | null;
  at: string;
  receivedAt: string;
  settledAt: string | null;
}

export interface FieldAnswer {
  id: string;
  result: FieldResult;
  receivedAt: string;
  conflict: ConflictView | null;
  /** of a report or an edit: the version that is now kept */
  version?: number;
}
export const conflictRefSchema = z.object({ id: idSchema });

/** The whole of a conflict, with what the actions that met it held; read by the desk one at a time. */
export interface ConflictDetail {
  conflict: ConflictView;
  userName: string;
  /** in the order in which they were heard of; `held` may carry free text */
  actions: { action: FieldActionKind; at: string; held: Record<string, unknown> }[];
}
