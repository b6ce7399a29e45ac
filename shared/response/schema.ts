/** The response to a cold night: what was declared, what is proposed and why, and what each level changes. */
import { z } from 'zod';
import { idSchema, instantSchema } from '../wire.ts';
import type { WarningSeverity } from '../weather/schema.ts';
import { responseLevels } from './levels.ts';
import type { ResponseLevel } from './levels.ts';
import type { LevelEffects } from './settings.ts';

export { responseLevels } from './levels.ts';
export type { ResponseLevel } from './levels.ts';

/** No thermometer says more, and the database's single precision holds no smaller difference. */
const toTenths = (value: number): number => Math.round(value * 10) / 10;

/** What the screen saw in force when somebody decided: null = nothing, absent = it doesn't say. */
const seenNightSchema = idSchema.nullable().optional();

export const declareNightSchema = z.object({
  level: z.enum(responseLevels),
  temperatureCelsius: z.number().min(-80).max(50).transform(toTenths),
  windKmh: z.number().min(0).max(300).transform(toTenths),
  note: z.string().max(500),
  /** a drill 演练: seen by the staff with its word, published as an exercise, never told to the public */
  drill: z.boolean().default(false),
  /** when it is meant to be over; null = until somebody ends it */
  untilAt: instantSchema.nullable().default(null),
  /** the proposal that is followed, if any */
  proposalId: idSchema.nullable().default(null),
  activationId: seenNightSchema,
});
export type NightDraft = z.infer<typeof declareNightSchema>;

/** Nothing at all, or the proposal that is followed and the night that was seen. */
export const endNightSchema = z
  .object({ proposalId: idSchema.nullable(), activationId: seenNightSchema })
  .optional();
export const dismissProposalSchema = z.object({ id: idSchema });
/** Entries below this number; null = the newest. */
export const readHistorySchema = z.object({ before: z.number().int().min(1).nullable() });

/** Why a rule speaks: the code and its numbers; the screen has the sentence. Hours are whole, temperatures in °C. */
export type RuleReason =
  | {
      code: 'cold_wave';
      fallCelsius: number;
      windowHours: number;
      minimumCelsius: number;
      windKmh: number | null;
    }
  | { code: 'felt_below'; celsius: number; lowestCelsius: number; hours: number; at: string }
  | { code: 'air_below'; celsius: number; lowestCelsius: number; hours: number; at: string }
  | {
      code: 'wet';
      warmestCelsius: number;
      precipitationMm: number | null;
      hours: number;
      at: string;
    }
  | { code: 'warning'; event: string; severity: WarningSeverity; sender: string }
  // why it is lowered or ended, or why it isn't
  | { code: 'milder'; hoursKnown: number }
  | { code: 'hours_missing'; hoursMissing: number; hoursAsked: number }
  // what it is judged by is older than it should be
  | { code: 'stale'; toldAt: string }
  | { code: 'by_hand' };

/** The cold night in force, or the one that just ended. */
export interface ActivationView {
  id: string;
  level: ResponseLevel;
  temperatureCelsius: number;
  windKmh: number;
  feltCelsius: number;
  note: string;
  drill: boolean;
  reasons: RuleReason[];
  declaredAt: string;
  /** by a rule that the city has switched on, not by a person */
  byRule: boolean;
  untilAt: string | null;
  endedAt: string | null;
  /** the proposal that was followed */
  proposalId: string | null;
  /** what it changes, as it stands now; null for those who aren't of the staff */
  effects: LevelEffects | null;
}

export type ProposalKind = 'declare' | 'raise' | 'lower' | 'end';
/** What the rules ask the duty officer to do. At most one of a city is open. */
export interface ProposalView {
  id: string;
  kind: ProposalKind;
  /** of the night in force, or the one to be declared; null for 'end' */
  level: ResponseLevel | null;
  reasons: RuleReason[];
  /** the hours it covers */
  fromAt: string;
  untilAt: string;
  /** the worst hour among these; null where nothing is known */
  temperatureCelsius: number | null;
  windKmh: number | null;
  feltCelsius: number | null;
  /** hours among those it covers that no source tells of */
  hoursMissing: number;
  madeAt: string;
  /** withdrawn: the weather changed before anybody decided */
  state: 'open' | 'accepted' | 'dismissed' | 'withdrawn';
}

export const responseSteps = [
  'declared',
  'raised',
  'lowered',
  'changed',
  'ended',
  'dismissed',
] as const;
/** changed: other words or numbers at the same level · dismissed: a proposal that somebody decided against */
export type ResponseStep = (typeof responseSteps)[number];

/** One row of the record of what was decided about cold nights. */
export interface ResponseRecord {
  /** of this city, dense; the newest has the highest */
  seq: number;
  step: ResponseStep;
  at: string;
  /** who; null: a rule that the city has switched on */
  byName: string | null;
  byRule: boolean;
  activationId: string | null;
  proposalId: string | null;
  /** after it; of one that ended, what it was; of a dismissed one, what was proposed: null for an end */
  level: ResponseLevel | null;
  /** before it; null where nothing was in force */
  fromLevel: ResponseLevel | null;
  drill: boolean;
  temperatureCelsius: number | null;
  windKmh: number | null;
  feltCelsius: number | null;
  untilAt: string | null;
  reasons: RuleReason[];
  note: string;
}
