import { expect, it } from 'vitest';
import { citySettingsSchema } from '../cities/schema.ts';
import { responseLevels } from './levels.ts';
import { presets, rulePresets } from './presets.ts';
import { responseRulesSchema, responseSettingsSchema } from './settings.ts';

it.each(presets)('the preset %s is a set of rules that may be saved', (preset) => {
  expect(responseRulesSchema.parse(rulePresets[preset])).toEqual(rulePresets[preset]);
});

it('settings from before there were rules are read with the usual ones', () => {
  const { response } = citySettingsSchema.parse({ epsMeters: 60 });
  expect(response).toEqual(responseSettingsSchema.parse({}));
  expect(response).toMatchObject({ preset: 'china', automatic: 'off', rules: rulePresets.china });
});

it('what a level changes may be set for one level alone, and is valid as it comes', () => {
  const usual = responseSettingsSchema.parse({}).effects;
  expect(responseSettingsSchema.parse({ effects: usual }).effects).toEqual(usual);
  expect(responseLevels.map((level) => usual[level].recheckHours)).toEqual([4, 4, 2, 1]);
  const red = { ...usual.red, recheckHours: 0.5 };
  expect(responseSettingsSchema.parse({ effects: { red } }).effects).toEqual({ ...usual, red });
});
