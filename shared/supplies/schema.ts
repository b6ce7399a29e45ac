import { z } from 'zod';
import { positionSchema } from '../geo/position.ts';
import { supplyItems } from '../dispatch/outcomes.ts';
import type { Need } from '../sightings/schema.ts';
import { idSchema, instantSchema } from '../wire.ts';

export { supplyItems } from '../dispatch/outcomes.ts';
export type SupplyItem = Exclude<Need, 'shelter' | 'ambulance'>;

/** Where stock lies: a depot, a station, or aboard a team's vehicle (the id is the team's). */
export const storeKinds = ['depot', 'station', 'team'] as const;
export type StoreKind = (typeof storeKinds)[number];
export const storeSchema = z.object({
  kind: z.enum(storeKinds),
  // as the database gives it back, so that two spellings are one store
  id: idSchema.toLowerCase(),
});
export type Store = z.infer<typeof storeSchema>;

export interface DepotView {
  id: string;
  name: string;
  lon: number;
  lat: number;
  removed: boolean;
}
export const depotDraftSchema = z.object({
  id: idSchema,
  name: z.string().trim().min(1).max(100),
  position: positionSchema,
});

/** What lies in one store now; an item that isn't named is not there. */
export interface StockView {
  store: Store;
  levels: { item: SupplyItem; quantity: number }[];
  changedAt: string;
}

/**
 * receive: from outside into a store · load: from one store into another · give_out: from a store to a person ·
 * return: from a vehicle back · lose: gone · count: somebody counted, the book follows.
 */
export const movementKinds = ['receive', 'load', 'give_out', 'return', 'lose', 'count'] as const;
export type MovementKind = (typeof movementKinds)[number];
/** One line of the book, which only grows. */
export interface MovementView {
  id: string;
  kind: MovementKind;
  item: SupplyItem;
  quantity: number;
  from: Store | null;
  to: Store | null;
  encounterId: string | null;
  /** of a count: what the book said before */
  bookedBefore: number | null;
  /** the book held less than was given out: it was brought up to it first */
  corrected: boolean;
  recordedBy: string;
  note: string;
  at: string;
  receivedAt: string;
}
export const movementDraftSchema = z.object({
  id: idSchema,
  kind: z.enum(['receive', 'load', 'return', 'lose', 'count']),
  item: z.enum(supplyItems as [SupplyItem, ...SupplyItem[]]),
  quantity: z.number().int().min(0).max(100_000),
  from: storeSchema.nullable(),
  to: storeSchema.nullable(),
  note: z.string().trim().max(300),
  at: instantSchema,
});
export type MovementDraft = z.infer<typeof movementDraftSchema>;
export const movementsOfSchema = z.object({ store: storeSchema });

/** When what is aboard will have run out at tonight's rate, and where to meet for more. */
export interface SupplyForecast {
  teamId: string;
  items: {
    item: SupplyItem;
    aboard: number;
    perHour: number;
    /** null: not tonight */
    runsOutAt: string | null;
  }[];
  /** another vehicle or a store with enough, and where to meet */
  transfer: {
    from: Store;
    items: { item: SupplyItem; quantity: number }[];
    meetAt: { lon: number; lat: number };
    minutes: number;
  } | null;
}
/** What a vehicle should take before its shift. */
export interface LoadingList {
  teamId: string;
  items: { item: SupplyItem; aboard: number; wanted: number; load: number; from: Store | null }[];
}
