/** What a replay is measured by: which nights were dangerous, which of them were covered, and what was declared for nothing. */
import { feltTemperature } from '../weather/wind-chill.ts';
import { wetAt } from '../weather/measures.ts';
import type { HourSeries } from '../weather/schema.ts';
import { atWorst, hoursIn, nightsIn } from './judged-hours.ts';
import type { JudgedHour } from './judged-hours.ts';
import type { ReplayedNight } from './replay-winter.ts';

/**
 * A night, 18:00–08:00 local, is dangerous with so many hours whose wind chill is so low, or with so many in which
 * somebody gets wet at 3 °C or less. Wind chill is that of somebody dry, as published: none of our own numbers is in it.
 */
export interface Danger {
  chillCelsius: number;
  hours: number;
}
/** −10: where Environment Canada's band of hypothermia begins. Three hours, and what wet is, are ours. */
export const usualDanger: Danger = { chillCelsius: -10, hours: 3 };

export interface NightFigures {
  nights: number;
  dangerous: number;
  /** in force from before the first dangerous hour until after the last */
  covered: number;
  /** nights in which something was in force */
  declared: number;
  /** of these, without a single dangerous hour */
  falseAlarms: number;
  /** left out of all the others: too few of their hours are told to say */
  undecided: number;
}

const hours = { fromHour: 18, toHour: 8 };

function dangerIn(night: readonly JudgedHour[], danger: Danger): JudgedHour[] {
  const chilled = night.filter(
    ({ temperatureCelsius, windKmh }) =>
      temperatureCelsius !== null &&
      feltTemperature(temperatureCelsius, windKmh ?? 0) <= danger.chillCelsius,
  );
  const wet = night.filter((hour) => wetAt(hour) === true);
  const enough = [chilled, wet].filter((found) => found.length >= danger.hours);
  return enough.flat().toSorted((a, b) => a.at - b.at);
}

/** It isn't dangerous by what is told, and could be by what isn't. */
function undecided(night: readonly JudgedHour[], danger: Danger): boolean {
  const chilled = night.filter((hour) =>
    hour.temperatureCelsius === null || hour.windKmh === null
      ? atWorst.feltCelsius(hour) <= danger.chillCelsius
      : feltTemperature(hour.temperatureCelsius, hour.windKmh) <= danger.chillCelsius,
  );
  const wet = night.filter((hour) => wetAt(hour) !== false);
  return chilled.length >= danger.hours || wet.length >= danger.hours;
}

export function figuresOf(
  series: HourSeries,
  replayed: readonly ReplayedNight[],
  { timeZone, danger }: { timeZone: string; danger: Danger },
  within: { start: number; end: number },
): NightFigures {
  const figures: NightFigures = {
    nights: 0,
    dangerous: 0,
    covered: 0,
    declared: 0,
    falseAlarms: 0,
    undecided: 0,
  };
  const inForce = replayed.map(({ declaredAt, endedAt }) => ({
    start: Date.parse(declaredAt),
    end: endedAt === null ? Infinity : Date.parse(endedAt),
  }));
  for (const night of nightsIn(hours, within, timeZone)) {
    if (night.start < within.start || night.end > within.end) continue;
    const its = hoursIn(series, night);
    const bad = dangerIn(its, danger);
    const [first, last] = [bad[0], bad.at(-1)];
    if (!first && undecided(its, danger)) {
      figures.undecided++;
      continue;
    }
    figures.nights++;
    const declared = inForce.some(({ start, end }) => start < night.end && end > night.start);
    if (declared) figures.declared++;
    if (first && last) {
      figures.dangerous++;
      if (inForce.some(({ start, end }) => start <= first.at && end > last.at)) figures.covered++;
    } else if (declared && dangerIn(its, { ...danger, hours: 1 }).length === 0) {
      figures.falseAlarms++;
    }
  }
  return figures;
}
