/** Sets of rules to begin with, as data: where each comes from is in docs/response.md; the screen has their names. */
import type { ResponseRules } from './rule-schema.ts';

export const presets = ['china', 'swep', 'code_blue', 'toronto'] as const;
export type Preset = (typeof presets)[number];

/** Twelve hours to call people up; a day in which nothing cold is left, so that a cold spell is one night after another
 * under one declaration *(ours)*. */
const usual = { leadHours: 12, calmHours: 24 };

/**
 * The local cold-wave signals of the China Meteorological Administration; what they miss, ours: wet nights, and nights
 * that are cold without a cold wave, by the bands of the wind chill (−10, −28, −40) with one step between; and whatever
 * warning about cold the bureau itself has out.
 */
const china: ResponseRules = {
  ...usual,
  night: { fromHour: 18, toHour: 8 },
  rules: [
    {
      level: 'blue',
      condition: {
        kind: 'cold_wave',
        windowHours: 48,
        fallCelsius: 8,
        minimumCelsius: 4,
        beaufort: 5,
      },
    },
    {
      level: 'yellow',
      condition: {
        kind: 'cold_wave',
        windowHours: 24,
        fallCelsius: 10,
        minimumCelsius: 4,
        beaufort: 6,
      },
    },
    {
      level: 'orange',
      condition: {
        kind: 'cold_wave',
        windowHours: 24,
        fallCelsius: 12,
        minimumCelsius: 0,
        beaufort: 6,
      },
    },
    {
      level: 'red',
      condition: {
        kind: 'cold_wave',
        windowHours: 24,
        fallCelsius: 16,
        minimumCelsius: 0,
        beaufort: 6,
      },
    },
    { level: 'blue', condition: { kind: 'wet', celsius: 3, hours: 1 } },
    { level: 'yellow', condition: { kind: 'wet', celsius: 3, hours: 3 } },
    { level: 'blue', condition: { kind: 'felt_below', celsius: -10, hours: 3 } },
    { level: 'yellow', condition: { kind: 'felt_below', celsius: -20, hours: 3 } },
    { level: 'orange', condition: { kind: 'felt_below', celsius: -28, hours: 2 } },
    { level: 'red', condition: { kind: 'felt_below', celsius: -40, hours: 1 } },
    { level: 'blue', condition: { kind: 'warning', severity: 'Minor' } },
    { level: 'yellow', condition: { kind: 'warning', severity: 'Moderate' } },
    { level: 'orange', condition: { kind: 'warning', severity: 'Severe' } },
    { level: 'red', condition: { kind: 'warning', severity: 'Extreme' } },
  ],
};

/** England: any forecast near zero, also by what it feels like, and rain or ice. On or off: one level. */
const swep: ResponseRules = {
  ...usual,
  night: { fromHour: 18, toHour: 8 },
  rules: [
    { level: 'yellow', condition: { kind: 'air_below', celsius: 1, hours: 1 } },
    { level: 'yellow', condition: { kind: 'felt_below', celsius: 0, hours: 1 } },
    { level: 'yellow', condition: { kind: 'wet', celsius: 3, hours: 1 } },
    { level: 'yellow', condition: { kind: 'warning', severity: 'Minor' } },
  ],
};

/** New York: 0 °C or less with wind chill between 16:00 and 08:00; enhanced below −20.6 °C (−5 °F). */
const codeBlue: ResponseRules = {
  ...usual,
  night: { fromHour: 16, toHour: 8 },
  rules: [
    { level: 'yellow', condition: { kind: 'felt_below', celsius: 0, hours: 1 } },
    { level: 'orange', condition: { kind: 'felt_below', celsius: -20.6, hours: 1 } },
  ],
};

/** Toronto: from −5 °C. */
const toronto: ResponseRules = {
  ...usual,
  night: { fromHour: 18, toHour: 8 },
  rules: [{ level: 'yellow', condition: { kind: 'air_below', celsius: -5, hours: 1 } }],
};

export const rulePresets: Record<Preset, ResponseRules> = {
  china,
  swep,
  code_blue: codeBlue,
  toronto,
};
