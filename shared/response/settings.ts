/** What a city sets of its response: the rules that propose a level, and what each level changes. */
import { z } from 'zod';
import { idSchema } from '../wire.ts';
import { usualEffects } from './effects.ts';
import type { ResponseLevel } from './levels.ts';
import { presets, rulePresets } from './presets.ts';
import { responseRulesSchema } from './rule-schema.ts';

export { responseRulesSchema } from './rule-schema.ts';
export type { ResponseRule, ResponseRules, RuleCondition } from './rule-schema.ts';

/** What a level changes while it is in force. */
export const levelEffectsSchema = z.object({
  /** how often a key point is to be seen: its own interval for cold nights times this */
  keyPointFactor: z.number().min(0.1).max(4),
  /** hours until somebody who stayed outside is visited again; halved for the vulnerable */
  recheckHours: z.number().min(0.25).max(72),
  /** a minute that somebody waits outside weighs so much more in the plan, against driving */
  weightFactor: z.number().min(1).max(10),
  /** shelters that are to be made ready */
  shelterIds: z.array(idSchema).max(200),
  /** teams that are called up */
  teamIds: z.array(idSchema).max(200),
  /** who else is told, and what is to be done; for the staff */
  callUp: z.string().max(1000),
  /** added to what the public page says; empty = only the usual words */
  publicZh: z.string().max(1000),
  publicEn: z.string().max(1000),
});
export type LevelEffects = z.infer<typeof levelEffectsSchema>;
export type EffectsByLevel = Record<ResponseLevel, LevelEffects>;

/** What is carried out by itself, as the rules propose it; a night is lowered or ended by itself only with 'all'. */
export const automations = ['off', 'declare_and_raise', 'all'] as const;

export const responseSettingsSchema = z.object({
  /** which set the rules were taken from; 'own' once somebody changed one */
  preset: z.enum([...presets, 'own']).default('china'),
  rules: responseRulesSchema.default(rulePresets.china),
  effects: z
    .object({
      blue: levelEffectsSchema.default(usualEffects.blue),
      yellow: levelEffectsSchema.default(usualEffects.yellow),
      orange: levelEffectsSchema.default(usualEffects.orange),
      red: levelEffectsSchema.default(usualEffects.red),
    })
    .prefault({}),
  automatic: z.enum(automations).default('off'),
  /** who published alerts are from, such as an address on the city's own domain; empty = a name made of the city's */
  capSender: z
    .string()
    .trim()
    .max(100)
    .regex(/^[\w.:@+/-]*$/)
    .default(''),
  /** the page that alerts point to; empty = none */
  webAddress: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(300)]).default(''),
});
export type ResponseSettings = z.infer<typeof responseSettingsSchema>;
