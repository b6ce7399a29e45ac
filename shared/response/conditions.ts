/** Whether a condition of a rule is true of some hours, and the reason in numbers. */
import { fallOfMinimum, leastKmhOf } from '../weather/measures.ts';
import type { WarningSeverity, WarningView } from '../weather/schema.ts';
import type { JudgedHour, Reading } from './judged-hours.ts';
import type { RuleCondition } from './rule-schema.ts';
import type { RuleReason } from './schema.ts';

/** From the end of one night to the end of the next: what the daily minimum is taken of. */
export interface ColdDay {
  hours: JudgedHour[];
  /** the days before it, the latest first */
  before: JudgedHour[][];
}
export interface JudgedBlock {
  hours: JudgedHour[];
  days: ColdDay[];
  /** in force within it */
  warnings: WarningView[];
}

const severities: Record<WarningSeverity, number> = {
  Unknown: 0,
  Minor: 1,
  Moderate: 2,
  Severe: 3,
  Extreme: 4,
};
const toTenths = (value: number): number => Math.round(value * 10) / 10;
const isoOf = (ms: number): string => new Date(ms).toISOString();

type Condition<K extends RuleCondition['kind']> = Extract<RuleCondition, { kind: K }>;

function speaksOfWave(
  condition: Condition<'cold_wave'>,
  days: readonly ColdDay[],
  reading: Reading,
): RuleReason | null {
  const { windowHours, fallCelsius, minimumCelsius, beaufort } = condition;
  for (const { hours, before } of days) {
    const minimum = Math.min(...hours.map((hour) => reading.celsius(hour)));
    if (minimum === Infinity) continue;
    const fall = fallOfMinimum(minimum, before.map(reading.minimumBefore), windowHours);
    if (fall === null || toTenths(fall) < fallCelsius || minimum > minimumCelsius) continue;
    const windKmh = Math.max(...hours.map((hour) => reading.windKmh(hour)));
    if (beaufort !== null && windKmh < leastKmhOf(beaufort)) continue;
    return {
      code: 'cold_wave',
      fallCelsius: toTenths(fall),
      windowHours,
      minimumCelsius: toTenths(minimum),
      windKmh: beaufort === null ? null : toTenths(windKmh),
    };
  }
  return null;
}

function speaksOfCold(
  { kind, celsius, hours: needed }: Condition<'felt_below' | 'air_below'>,
  hours: readonly JudgedHour[],
  reading: Reading,
): RuleReason | null {
  const coldness = kind === 'felt_below' ? reading.feltCelsius : reading.celsius;
  const cold = hours.filter((hour) => coldness(hour) <= celsius);
  if (cold.length < needed) return null;
  return {
    code: kind,
    celsius,
    lowestCelsius: toTenths(Math.min(...cold.map(coldness))),
    hours: cold.length,
    at: isoOf(cold[0]!.at),
  };
}

function speaksOfWet(
  { celsius, hours: needed }: Condition<'wet'>,
  hours: readonly JudgedHour[],
  reading: Reading,
): RuleReason | null {
  const wet = hours.filter((hour) => reading.wet(hour, celsius));
  if (wet.length < needed) return null;
  const fallen = wet.flatMap((hour) => hour.precipitationMm ?? []);
  return {
    code: 'wet',
    warmestCelsius: toTenths(Math.max(...wet.map((hour) => reading.celsius(hour)))),
    precipitationMm: fallen.length === 0 ? null : toTenths(fallen.reduce((a, b) => a + b)),
    hours: wet.length,
    at: isoOf(wet[0]!.at),
  };
}

function speaksOfWarning(
  { severity }: Condition<'warning'>,
  warnings: readonly WarningView[],
): RuleReason | null {
  const meant = warnings
    // One without an area is for a person to read: it may be about the other end of the country.
    .filter((warning) => warning.cold && warning.placed)
    .filter((warning) => severities[warning.severity] >= severities[severity])
    .toSorted((a, b) => severities[b.severity] - severities[a.severity] || (a.id < b.id ? -1 : 1));
  const [worst] = meant;
  if (!worst) return null;
  return { code: 'warning', event: worst.event, severity: worst.severity, sender: worst.sender };
}

/** The reason when the condition is true of these hours, else null. Needs at least one hour. */
export function speaks(
  condition: RuleCondition,
  block: JudgedBlock,
  reading: Reading,
): RuleReason | null {
  switch (condition.kind) {
    case 'cold_wave':
      return speaksOfWave(condition, block.days, reading);
    case 'felt_below':
    case 'air_below':
      return speaksOfCold(condition, block.hours, reading);
    case 'wet':
      return speaksOfWet(condition, block.hours, reading);
    case 'warning':
      return speaksOfWarning(condition, block.warnings);
  }
}

/** By how much milder than its rule an hour must be before a level is given up, so that it doesn't come and go (ours). */
const marginCelsius = 1;

/** The condition that still holds a level up: a single hour that is nearly as cold is enough. */
export function relaxed(condition: RuleCondition): RuleCondition {
  switch (condition.kind) {
    case 'cold_wave':
      return {
        ...condition,
        fallCelsius: condition.fallCelsius - marginCelsius,
        minimumCelsius: condition.minimumCelsius + marginCelsius,
        beaufort: condition.beaufort === null ? null : condition.beaufort - 1,
      };
    case 'felt_below':
    case 'air_below':
      return { ...condition, celsius: condition.celsius + marginCelsius, hours: 1 };
    case 'wet':
      return { ...condition, celsius: condition.celsius + marginCelsius, hours: 1 };
    case 'warning':
      return condition;
  }
}
