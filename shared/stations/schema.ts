import { z } from 'zod';
import { positionSchema } from '../geo/position.ts';
import { idSchema, instantSchema } from '../wire.ts';
import { bedKinds } from './beds.ts';

export { bedKinds } from './beds.ts';
export type BedKind = (typeof bedKinds)[number];
export const stationKinds = ['station', 'shelter'] as const;
export type StationKind = (typeof stationKinds)[number];

/** Places of one kind. `total = free + held + taken + blocked`. */
export interface StationPlaces {
  kind: BedKind;
  total: number;
  free: number;
  /** kept for somebody on the way */
  held: number;
  taken: number;
  /** out of use, or in use by somebody who isn't in the book */
  blocked: number;
}

/** How a house stands, in one word; see light.ts. */
export type StationLight = 'free' | 'few' | 'full' | 'shut';

/** A station, or a temporary shelter: one that is prepared, and opened when stations fill up. */
export interface StationView {
  id: string;
  kind: StationKind;
  name: string;
  address: string;
  phone: string;
  lon: number;
  lat: number;
  /** sums over its places */
  bedsTotal: number;
  bedsFree: number;
  places: StationPlaces[];
  /** people in the house beyond its places */
  extra: number;
  bedsUpdatedAt: string;
  /** what everybody may know of the numbers above; takes no account of the hour */
  light: StationLight;
  open: boolean;
  /** local hours people can be brought; equal = day and night */
  fromHour: number;
  toHour: number;
  /** of a shelter: who opens it, and how long that takes */
  contact: string;
  setUpMinutes: number | null;
  /** of the last decision to open or close a shelter */
  openChangedAt: string | null;
  /** of a shelter that a cold night asks to be made ready: since when; null: nobody asks for it, or it is open */
  prepareSince: string | null;
  removed: boolean;
}

const count = z.number().int().min(0).max(10_000);
export const stationDraftSchema = z.object({
  id: idSchema,
  kind: z.enum(stationKinds),
  name: z.string().trim().min(1).max(100),
  address: z.string().trim().max(300),
  phone: z.string().trim().max(40),
  position: positionSchema,
  places: z
    .array(z.object({ kind: z.enum(bedKinds), total: count }))
    .max(bedKinds.length)
    .refine((places) => new Set(places.map(({ kind }) => kind)).size === places.length),
  open: z.boolean(),
  fromHour: z.number().int().min(0).max(23),
  toHour: z.number().int().min(0).max(23),
  contact: z.string().trim().max(100),
  setUpMinutes: z.number().int().min(0).max(10_080).nullable(),
});
/** The number that is free by count of hand: what the book can't explain is `blocked`. */
export const setFreeBedsSchema = z.object({
  stationId: idSchema,
  kind: z.enum(bedKinds),
  free: count,
});

export const holdStates = ['held', 'arrived', 'released', 'expired'] as const;
export type HoldState = (typeof holdStates)[number];

/** Places kept for people on the way. Says nothing of the people. */
export interface HoldView {
  id: string;
  stationId: string;
  kind: BedKind;
  places: number;
  state: HoldState;
  /** false: brought although nothing was free; counted beside the places */
  withinPlaces: boolean;
  dispatchId: string | null;
  teamId: string | null;
  clusterId: string | null;
  /** of the person who is in the vehicle already; then it no longer ends by the clock */
  encounterId: string | null;
  expectedAt: string;
  expiresAt: string;
  createdAt: string;
  endedAt: string | null;
}
export const holdDraftSchema = z.object({
  id: idSchema,
  stationId: idSchema,
  kind: z.enum(bedKinds),
  places: z.number().int().min(1).max(100),
  dispatchId: idSchema.nullable(),
  expectedAt: instantSchema,
});
export const holdRefSchema = z.object({ id: idSchema });
export const moveHoldSchema = z.object({ id: idSchema, expectedAt: instantSchema });

export const arrivals = ['escorted', 'walk_in', 'brought_by_others'] as const;
export type Arrival = (typeof arrivals)[number];

/** Somebody's time in a house: read by its station's desk, never broadcast. `label` is a bed or a number, not a name. */
export interface StayView {
  id: string;
  stationId: string;
  kind: BedKind;
  withinPlaces: boolean;
  how: Arrival;
  holdId: string | null;
  encounterId: string | null;
  label: string;
  note: string;
  arrivedAt: string;
  leftAt: string | null;
  leftTo: string;
  /** whole days from arriving to leaving, or to now */
  days: number;
  /** in the house for longer than is usual (滞留) */
  longStay: boolean;
}
export const checkInSchema = z.object({
  id: idSchema,
  stationId: idSchema,
  kind: z.enum(bedKinds),
  how: z.enum(arrivals),
  holdId: idSchema.nullable(),
  label: z.string().trim().max(40),
  note: z.string().trim().max(500),
});
export const checkOutSchema = z.object({ id: idSchema, leftTo: z.string().trim().max(200) });
export const staysOfSchema = z.object({ stationId: idSchema });

/** How fast a house fills: places taken and held against the last hours. */
export interface SaturationView {
  stationId: string;
  /** people in less people out per hour, over the last `windowHours` */
  perHour: number;
  windowHours: number;
  /** null: not filling */
  hoursToFull: number | null;
  /** nearest prepared shelters that could be ready before, best first */
  proposals: {
    shelterId: string;
    readyInMinutes: number;
    places: number;
    distanceMeters: number;
  }[];
}
export const decideShelterSchema = z.object({
  id: idSchema,
  stationId: idSchema,
  open: z.boolean(),
  reason: z.string().trim().min(1).max(500),
});
