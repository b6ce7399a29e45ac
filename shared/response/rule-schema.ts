/** The rules that propose a level, as data. */
import { z } from 'zod';
import { warningSeverities } from '../weather/schema.ts';
import { responseLevels } from './levels.ts';

const celsius = z.number().min(-80).max(50);
/** so many hours of the night, at least, for the rule to speak */
const hours = z.number().int().min(1).max(24);

/** What must be true in the hours of a night for a level. */
export const ruleConditionSchema = z.discriminatedUnion('kind', [
  /** the minimum falls by so much within the window, to so low, in so much wind: the bureau's cold-wave signals */
  z.object({
    kind: z.literal('cold_wave'),
    windowHours: z.union([z.literal(24), z.literal(48)]),
    fallCelsius: z.number().min(1).max(40),
    minimumCelsius: celsius,
    /** mean wind of this force of the Beaufort scale or more; null = the wind doesn't matter */
    beaufort: z.number().int().min(1).max(12).nullable(),
  }),
  /** it feels at or below this for so many hours */
  z.object({ kind: z.literal('felt_below'), celsius, hours }),
  /** the air is at or below this for so many hours */
  z.object({ kind: z.literal('air_below'), celsius, hours }),
  /** rain, sleet or wet snow at or below this temperature for so many hours: nobody sends a signal for such a night */
  z.object({ kind: z.literal('wet'), celsius, hours }),
  /** an official warning about cold of this severity or worse */
  z.object({
    kind: z.literal('warning'),
    severity: z.enum(warningSeverities).exclude(['Unknown']),
  }),
]);
export type RuleCondition = z.infer<typeof ruleConditionSchema>;

export const responseRuleSchema = z.object({
  level: z.enum(responseLevels),
  condition: ruleConditionSchema,
});
export type ResponseRule = z.infer<typeof responseRuleSchema>;

export const responseRulesSchema = z.object({
  /** any one that speaks gives its level; the highest counts */
  rules: z.array(responseRuleSchema).max(40),
  /** local hours that a night is judged by */
  night: z.object({
    fromHour: z.number().int().min(0).max(23),
    toHour: z.number().int().min(0).max(23),
  }),
  /** so long before the first cold hour it is proposed at the latest */
  leadHours: z.number().min(0).max(72),
  /** all of so many hours ahead must be known and mild before lowering or ending is proposed */
  calmHours: z.number().int().min(1).max(48),
});
export type ResponseRules = z.infer<typeof responseRulesSchema>;
