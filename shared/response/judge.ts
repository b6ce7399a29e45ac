/** What the rules of a city say of the hours that were and that are forecast. Pure; docs/response.md has it in words. */
import type { Span } from '../key-points/key-hours.ts';
import { feltAt } from '../weather/measures.ts';
import type { HourSeries, WarningView, WeatherAtLeast } from '../weather/schema.ts';
import { relaxed, speaks } from './conditions.ts';
import type { ColdDay, JudgedBlock } from './conditions.ts';
import { asTold, atWorst, hourMs, hourOf, hoursIn, nightsIn, within } from './judged-hours.ts';
import type { JudgedHour, Reading } from './judged-hours.ts';
import { responseLevels } from './levels.ts';
import type { ResponseLevel } from './levels.ts';
import type { ResponseRule, ResponseRules } from './rule-schema.ts';
import { isHigher } from './rules.ts';
import type { RuleReason } from './schema.ts';

export interface Judgement {
  /** what the told hours ask for; null: nothing */
  level: ResponseLevel | null;
  /** of the rules that speak at that level */
  reasons: RuleReason[];
  /** the nights it covers, ISO-8601; without a level those that were judged */
  fromAt: string;
  untilAt: string;
  /** the hour among these that is felt coldest, without wind as cold as the air; null where none is known */
  worst: WeatherAtLeast | null;
  /** hours among these of which the rules' part is told, and of which it isn't */
  hoursKnown: number;
  hoursMissing: number;
  /** what speaks against lowering or ending a night that is in force */
  calm: Calm;
}

/** The night that runs, the nights judged and the calm hours ahead, as one stretch. */
interface Calm {
  /** of the stretch */
  hoursKnown: number;
  /** of the stretch, and of the days that falls of the minimum are counted from */
  hoursAsked: number;
  hoursMissing: number;
  /** a single hour as cold as a rule of this level, or nearly */
  heldBy: ResponseLevel | null;
  heldReasons: RuleReason[];
  /** the same, were every hour that isn't told as bad as can be; never below heldBy */
  notRuledOut: ResponseLevel | null;
}

interface Spoken {
  level: ResponseLevel | null;
  reasons: RuleReason[];
}

const nothingTold: HourSeries = {
  fromAt: new Date(0).toISOString(),
  temperatureCelsius: [],
  windKmh: [],
  precipitationMm: [],
  falling: [],
};

const isoOf = (ms: number): string => new Date(ms).toISOString();

/** The highest level that any rule asks for, with the reasons of those that ask for it, in an order of their own. */
function strictest(rules: readonly ResponseRule[], block: JudgedBlock, reading: Reading): Spoken {
  let level: ResponseLevel | null = null;
  let reasons = new Map<string, RuleReason>();
  for (const rule of rules) {
    if (level !== null && isHigher(level, rule.level)) continue;
    const reason = speaks(rule.condition, block, reading);
    if (reason === null) continue;
    if (level !== rule.level) reasons = new Map();
    level = rule.level;
    reasons.set(JSON.stringify(reason), reason);
  }
  const sorted = [...reasons].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { level, reasons: sorted.map(([, reason]) => reason) };
}

/** The strictest thing there is to say of these blocks; of equal ones the first. */
function strictestOf(
  rules: readonly ResponseRule[],
  blocks: readonly JudgedBlock[],
  reading: Reading,
): Spoken {
  let worst: Spoken = { level: null, reasons: [] };
  for (const block of blocks) {
    const spoken = strictest(rules, block, reading);
    if (spoken.level !== null && (worst.level === null || isHigher(spoken.level, worst.level)))
      worst = spoken;
  }
  return worst;
}

/** Whether something that these rules ask for isn't told of the hour. */
function missingFor(rules: readonly ResponseRule[]): (hour: JudgedHour) => boolean {
  const kinds = new Set(rules.map((rule) => rule.condition.kind));
  const needsWind = kinds.has('felt_below') || kinds.has('cold_wave');
  const needsWet = kinds.has('wet') || kinds.has('felt_below');
  return (hour) =>
    hour.temperatureCelsius === null ||
    (needsWind && hour.windKmh === null) ||
    (needsWet && feltAt(hour).wet === null);
}

function worstOf(hours: readonly JudgedHour[]): WeatherAtLeast | null {
  let worst: WeatherAtLeast | null = null;
  for (const hour of hours) {
    const { temperatureCelsius, windKmh, feltAtMost: feltCelsius } = hour;
    if (temperatureCelsius === null) continue;
    if (worst !== null && worst.feltCelsius <= feltCelsius) continue;
    const wet = feltAt(hour).wet === true;
    worst = { at: isoOf(hour.at), temperatureCelsius, windKmh, feltCelsius, wet };
  }
  return worst;
}

/** Days back that a fall of the minimum needs. */
const daysBefore = 2;

/**
 * @param hours all there are to ask of, in a row
 * @param nights in a row, from some days before on
 */
function blockOf(
  hours: readonly JudgedHour[],
  nights: readonly Span[],
  warnings: readonly WarningView[],
  span: Span,
): JudgedBlock {
  const days: ColdDay[] = [];
  const dayHours = (index: number, until = Infinity): JudgedHour[] =>
    within(hours, { start: nights[index - 1]!.end, end: Math.min(nights[index]!.end, until) });
  for (let i = daysBefore + 1; i < nights.length; i++) {
    if (nights[i]!.end <= span.start || nights[i - 1]!.end >= span.end) continue;
    const before = [dayHours(i - 1), dayHours(i - 2)];
    days.push({ hours: dayHours(i, span.end), before });
  }
  return {
    hours: within(hours, span),
    days,
    warnings: warnings.filter(
      ({ fromAt, untilAt }) => Date.parse(fromAt) < span.end && Date.parse(untilAt) > span.start,
    ),
  };
}

/**
 * Judges the night that runs and those that begin within the rules' lead, each by all its hours, told and forecast.
 * The same hours, rules and moment give the same judgement.
 * @param told from two days before on, if they are known
 */
export function judge(
  told: HourSeries,
  { rules, night, leadHours, calmHours }: ResponseRules,
  at: { nowAt: string; timeZone: string; warnings: readonly WarningView[] },
): Judgement {
  const moment = Date.parse(at.nowAt);
  // Of hours that nobody knows the time of, nothing is told.
  const hours = Number.isNaN(Date.parse(told.fromAt)) ? nothingTold : told;
  const now = hourOf(hours, moment);
  const leadEnd = moment + leadHours * hourMs;
  const calmEnd = now + calmHours * hourMs;
  const around = {
    start: moment - (daysBefore + 3) * 24 * hourMs,
    end: Math.max(leadEnd, calmEnd) + 48 * hourMs,
  };
  const nights = nightsIn(night, around, at.timeZone);
  const judged = nights.filter(({ start, end }) => end > moment && start <= leadEnd);
  const stretch = {
    start: Math.min(now, judged[0]?.start ?? now),
    end: Math.max(calmEnd, judged.at(-1)?.end ?? calmEnd),
  };
  const asked = hoursIn(hours, around);
  const block = (span: Span) => blockOf(asked, nights, at.warnings, span);
  const blocks = judged.map(block);
  const { level, reasons } = strictestOf(rules, blocks, asTold);
  const spoken = judged.filter((_, i) => strictest(rules, blocks[i]!, asTold).level !== null);
  const covered = {
    start: spoken[0]?.start ?? judged[0]?.start ?? stretch.start,
    end: spoken.at(-1)?.end ?? judged.at(-1)?.end ?? stretch.end,
  };
  const coveredHours = within(asked, covered);
  const missing = missingFor(rules);
  const hoursMissing = coveredHours.filter(missing).length;
  return {
    level,
    reasons,
    fromAt: isoOf(covered.start),
    untilAt: isoOf(covered.end),
    worst: worstOf(coveredHours),
    hoursKnown: coveredHours.length - hoursMissing,
    hoursMissing,
    calm: calmOf(rules, block(stretch), missing),
  };
}

function calmOf(
  rules: readonly ResponseRule[],
  stretch: JudgedBlock,
  missing: (hour: JudgedHour) => boolean,
): Calm {
  const holding = rules.map((rule) => ({ ...rule, condition: relaxed(rule.condition) }));
  const held = strictest(holding, stretch, asTold);
  const asked = new Map(stretch.hours.map((hour) => [hour.at, hour]));
  if (rules.some(({ condition }) => condition.kind === 'cold_wave'))
    for (const { hours, before } of stretch.days)
      for (const hour of [...hours, ...before.flat()]) asked.set(hour.at, hour);
  return {
    hoursKnown: stretch.hours.length - stretch.hours.filter(missing).length,
    hoursAsked: asked.size,
    hoursMissing: [...asked.values()].filter(missing).length,
    heldBy: held.level,
    heldReasons: held.reasons,
    notRuledOut: strictest(holding, stretch, atWorst).level,
  };
}

/** The higher of two levels; null is none. */
export function higherOf(a: ResponseLevel | null, b: ResponseLevel | null): ResponseLevel | null {
  return responseLevels.findLast((level) => level === a || level === b) ?? null;
}
