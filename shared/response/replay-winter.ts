/**
 * Hours that were, walked through one by one as if they were happening: the rules are told only what would be known
 * then, and each step they ask for is taken at once.
 */
import type { HourSeries } from '../weather/schema.ts';
import { hourMs } from './judged-hours.ts';
import { higherOf, judge } from './judge.ts';
import type { ResponseLevel } from './levels.ts';
import { nextStep } from './next-step.ts';
import type { ResponseRules } from './rule-schema.ts';
import type { ActivationView, ProposalKind, RuleReason } from './schema.ts';

/**
 * hours: so many hours ahead are forecast, and the forecast comes true to the tenth: what the rules could do at best.
 * persistence: there is no forecast, and the coming hours are taken to be those of the last day again.
 */
export type ReplayForecast = { hours: number } | 'persistence';

export interface ReplayOptions {
  timeZone: string;
  forecast: ReplayForecast;
  /** ISO-8601; without them from the first to the last hour of the series */
  fromAt?: string | undefined;
  untilAt?: string | undefined;
}

export interface ReplayStep {
  at: string;
  kind: ProposalKind;
  level: ResponseLevel | null;
  reasons: RuleReason[];
}

export interface ReplayedNight {
  declaredAt: string;
  /** null: still in force when the hours ran out */
  endedAt: string | null;
  highest: ResponseLevel;
  /** from the declaration to the end, each with its reasons */
  steps: ReplayStep[];
  /** hours in force, and how many of these aren't told */
  hours: number;
  hoursMissing: number;
  /** hours in which it stayed in force for no other reason than that hours were missing */
  hoursHeld: number;
}

const hoursBack = 96;
const hoursAhead = 48;
const columns = ['temperatureCelsius', 'windKmh', 'precipitationMm', 'falling'] as const;

/** What would be known when the hour of this index begins. */
function knownAt(series: HourSeries, index: number, forecast: ReplayForecast): HourSeries {
  const from = index - hoursBack;
  const take = <T>(column: readonly (T | null)[]): (T | null)[] => {
    const past = (at: number): T | null => column[at] ?? null;
    const until = index + (forecast === 'persistence' ? hoursAhead : forecast.hours);
    return Array.from({ length: until - from }, (_, i) => {
      const at = from + i;
      if (at < index || forecast !== 'persistence') return past(at);
      return past(at - 24 * Math.floor((at - index) / 24 + 1));
    });
  };
  return {
    fromAt: isoOf(Date.parse(series.fromAt) + from * hourMs),
    temperatureCelsius: take(series.temperatureCelsius),
    windKmh: take(series.windKmh),
    precipitationMm: take(series.precipitationMm),
    falling: take(series.falling),
  };
}

const isoOf = (ms: number): string => new Date(ms).toISOString();

/** What the rules are told of the one in force: its words and numbers don't matter to them. */
const inForceAs = (level: ResponseLevel, declaredAt: string): ActivationView => ({
  id: '',
  level,
  temperatureCelsius: 0,
  windKmh: 0,
  feltCelsius: 0,
  note: '',
  drill: false,
  reasons: [],
  byRule: true,
  untilAt: null,
  declaredAt,
  endedAt: null,
  proposalId: null,
  effects: null,
});

export function replayWinter(
  series: HourSeries,
  rules: ResponseRules,
  { timeZone, forecast, fromAt, untilAt }: ReplayOptions,
): ReplayedNight[] {
  const start = Date.parse(series.fromAt);
  const count = series.temperatureCelsius.length;
  const indexOf = (at: string) => Math.ceil((Date.parse(at) - start) / hourMs);
  const first = Math.max(0, fromAt === undefined ? 0 : indexOf(fromAt));
  const last = Math.min(count, untilAt === undefined ? count : indexOf(untilAt));
  const nights: ReplayedNight[] = [];
  let inForce: ActivationView | null = null;
  for (let index = first; index < last; index++) {
    const nowAt = isoOf(start + index * hourMs);
    const known = knownAt(series, index, forecast);
    const judgement = judge(known, rules, { nowAt, timeZone, warnings: [] });
    const step = nextStep(inForce, judgement, nowAt);
    if (step.kind !== 'nothing') {
      const { kind, level, reasons } = step;
      take(nights, { at: nowAt, kind, level, reasons });
      inForce = level === null ? null : inForceAs(level, nowAt);
    }
    if (inForce === null) continue;
    const night = nights.at(-1)!;
    night.hours++;
    if (columns.some((name) => name !== 'falling' && series[name][index] === null))
      night.hoursMissing++;
    if (step.reasons.some(({ code }) => code === 'hours_missing')) night.hoursHeld++;
  }
  return nights;
}

function take(nights: ReplayedNight[], step: ReplayStep): void {
  const { at, kind, level } = step;
  if (kind === 'declare') {
    const counts = { hours: 0, hoursMissing: 0, hoursHeld: 0 };
    nights.push({ declaredAt: at, endedAt: null, highest: level!, steps: [step], ...counts });
    return;
  }
  const night = nights.at(-1)!;
  night.steps.push(step);
  if (kind === 'end') night.endedAt = at;
  night.highest = higherOf(night.highest, level) ?? night.highest;
}
