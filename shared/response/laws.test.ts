import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HourTold } from '../weather/measures.ts';
import { judge } from './judge.ts';
import { responseLevels } from './levels.ts';
import type { ResponseLevel } from './levels.ts';
import { nextStep } from './next-step.ts';
import type { ResponseRules } from './rule-schema.ts';
import {
  anyHour,
  anyRule,
  anyRules,
  hourMs,
  hoursOf,
  inForceAs,
  isoOf,
  seriesOf,
  untold,
} from './testing/made-hours.ts';

const zones = ['Asia/Shanghai', 'Europe/London', 'America/New_York', 'Asia/Kolkata'] as const;
/** Around both changes of summer time, and far from them. */
const starts = ['2026-01-02T04:00:00.000Z', '2026-03-26T04:00:00.000Z', '2026-10-29T04:00:00.000Z'];
const length = 6 * 24;

const runs = fc.array(fc.tuple(fc.nat({ max: length - 1 }), fc.integer({ min: 1, max: 14 })), {
  maxLength: 4,
});
/** Mild hours, and some runs of others among them: random hours alone are never calm for long. */
const hoursWithRuns = fc
  .tuple(runs, fc.array(anyHour, { minLength: 4, maxLength: 4 }), fc.integer({ min: 0, max: 12 }))
  .map(([spans, kinds, celsius]) => {
    const hours = hoursOf(length, (i) => celsius + (i % 24 < 12 ? 0 : 3), 10);
    for (const [index, [from, count]] of spans.entries())
      hours.fill(kinds[index]!, from, from + count);
    return hours;
  });

const situation = fc.record({
  fromAt: fc.constantFrom(...starts),
  timeZone: fc.constantFrom(...zones),
  hours: hoursWithRuns,
  minutesIn: fc.integer({ min: 48 * 60, max: 96 * 60 }),
  rules: anyRules,
});
type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

const nowOf = ({ fromAt, minutesIn }: Situation) => isoOf(Date.parse(fromAt) + minutesIn * 60_000);
const judged = (of: Situation, hours = of.hours, rules: ResponseRules = of.rules) =>
  judge(seriesOf(of.fromAt, hours), rules, {
    nowAt: nowOf(of),
    timeZone: of.timeZone,
    warnings: [],
  });
const rank = (level: ResponseLevel | null) =>
  level === null ? 0 : 1 + responseLevels.indexOf(level);
const inForce = fc.record({
  level: fc.constantFrom(...responseLevels),
  byRule: fc.boolean(),
  hoursAgo: fc.integer({ min: 0, max: 40 }),
});
/** What will be in force after the step. */
const levelAfter = (
  of: Situation,
  night: { level: ResponseLevel; byRule: boolean; hoursAgo: number },
  hours: HourTold[],
) => {
  const nowAt = nowOf(of);
  const declaredAt = isoOf(Date.parse(nowAt) - night.hoursAgo * hourMs);
  const step = nextStep(inForceAs({ ...night, declaredAt }), judged(of, hours), nowAt);
  return rank(step.kind === 'end' ? null : step.level);
};
const someOf = runs.map((spans) =>
  spans.flatMap(([from, count]) => Array.from({ length: count }, (_, i) => from + i)),
);
const changed = (hours: HourTold[], at: readonly number[], change: (hour: HourTold) => HourTold) =>
  hours.map((hour, i) => (at.includes(i) ? change(hour) : hour));

/** Snow that cools below −2 °C turns dry, which is milder: without snow, colder is always worse. */
const snowless = (hours: HourTold[]): HourTold[] =>
  hours.map((hour) =>
    (hour.precipitationMm ?? 0) > 0 || hour.falling === 'snow'
      ? { ...hour, falling: 'sleet' as const }
      : hour,
  );
const colderBy = (hour: HourTold, degrees: number): HourTold => ({
  ...hour,
  temperatureCelsius: hour.temperatureCelsius === null ? null : hour.temperatureCelsius - degrees,
});

describe('the rules of a cold night', () => {
  it('ask for no less when it is colder all the time', () => {
    fc.assert(
      fc.property(situation, fc.integer({ min: 0, max: 15 }), (of, degrees) => {
        const hours = snowless(of.hours);
        const colder = hours.map((hour) => colderBy(hour, degrees));
        expect(rank(judged(of, colder).level)).toBeGreaterThanOrEqual(
          rank(judged(of, hours).level),
        );
      }),
    );
  });

  it('ask for no less when some hours are colder, but for the fall of the minimum', () => {
    fc.assert(
      fc.property(situation, someOf, fc.integer({ min: 0, max: 15 }), (of, at, degrees) => {
        const rules = of.rules.rules.filter(({ condition }) => condition.kind !== 'cold_wave');
        const hours = snowless(of.hours);
        const colder = changed(hours, at, (hour) => colderBy(hour, degrees));
        const level = (which: HourTold[]) => rank(judged(of, which, { ...of.rules, rules }).level);
        expect(level(colder)).toBeGreaterThanOrEqual(level(hours));
      }),
    );
  });

  it('ask for no less when it also rains at 3 °C or less, or the wind blows harder', () => {
    fc.assert(
      fc.property(situation, someOf, (of, at) => {
        const before = rank(judged(of).level);
        const rain = changed(of.hours, at, (hour) =>
          (hour.temperatureCelsius ?? 0) <= 3
            ? { ...hour, precipitationMm: 2, falling: 'rain' }
            : hour,
        );
        expect(rank(judged(of, rain).level)).toBeGreaterThanOrEqual(before);
        const wind = changed(of.hours, at, (hour) => ({
          ...hour,
          windKmh: (hour.windKmh ?? 0) + 20,
        }));
        expect(rank(judged(of, wind).level)).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  it('may stand in any order', () => {
    fc.assert(
      fc.property(situation, (of) => {
        const rules = { ...of.rules, rules: of.rules.rules.toReversed() };
        expect(judged(of, of.hours, rules)).toEqual(judged(of));
      }),
    );
  });

  it('ask for no less with one rule more', () => {
    fc.assert(
      fc.property(situation, anyRule, (of, rule) => {
        const more = judged(of, of.hours, { ...of.rules, rules: [...of.rules.rules, rule] });
        const before = judged(of);
        expect(rank(more.level)).toBeGreaterThanOrEqual(rank(before.level));
        const { heldBy, notRuledOut } = before.calm;
        expect(rank(more.calm.heldBy)).toBeGreaterThanOrEqual(rank(heldBy));
        expect(rank(more.calm.notRuledOut)).toBeGreaterThanOrEqual(rank(notRuledOut));
      }),
    );
  });

  it('say the same of the same hours, and hold what they ask for', () => {
    fc.assert(
      fc.property(situation, (of) => {
        const judgement = judged(of);
        expect(judged(structuredClone(of))).toEqual(judgement);
        const { level, calm } = judgement;
        expect(rank(calm.heldBy)).toBeGreaterThanOrEqual(rank(level));
        expect(rank(calm.notRuledOut)).toBeGreaterThanOrEqual(rank(calm.heldBy));
      }),
    );
  });
});

describe('hours that are missing', () => {
  const gaps: [string, (hour: HourTold) => HourTold][] = [
    ['hours', () => untold],
    ['temperatures', (hour) => ({ ...hour, temperatureCelsius: null })],
    ['winds', (hour) => ({ ...hour, windKmh: null })],
  ];
  it.each(gaps)('never end or lower a night that would have stayed (%s)', (_, lose) => {
    fc.assert(
      fc.property(situation, inForce, someOf, (of, night, at) => {
        const after = levelAfter(of, night, of.hours);
        const gappy = levelAfter(of, night, changed(of.hours, at, lose));
        expect(gappy).toBeGreaterThanOrEqual(Math.min(after, rank(night.level)));
      }),
      { numRuns: 400 },
    );
  });

  it('keep a night whose calm hours are partly unknown, whatever the rest says', () => {
    fc.assert(
      fc.property(situation, inForce, fc.nat({ max: 47 }), (of, night, ahead) => {
        fc.pre(ahead < of.rules.calmHours && of.rules.rules.length > 0);
        const lost = Math.floor(of.minutesIn / 60) + ahead;
        const highest = Math.max(...of.rules.rules.map(({ level }) => rank(level)));
        const hours = changed(of.hours, [lost], () => untold);
        const byTheHour = of.rules.rules.some(
          ({ condition, level }) => condition.kind !== 'cold_wave' && rank(level) === highest,
        );
        fc.pre(byTheHour);
        expect(levelAfter(of, night, hours)).toBeGreaterThanOrEqual(
          Math.min(highest, rank(night.level)),
        );
      }),
    );
  });
});
