import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HourTold } from '../weather/measures.ts';
import { responseLevels } from './levels.ts';
import { figuresOf, usualDanger } from './night-figures.ts';
import { presets, rulePresets } from './presets.ts';
import { replayWinter } from './replay-winter.ts';
import type { ReplayedNight, ReplayForecast } from './replay-winter.ts';
import { hourMs, hoursOf, isoOf, seriesOf, untold } from './testing/made-hours.ts';

const timeZone = 'Asia/Shanghai';
/** noon in Beijing */
const fromAt = '2026-01-01T04:00:00.000Z';
const from = Date.parse(fromAt);
const replay = (
  hours: HourTold[],
  forecast: ReplayForecast = { hours: 48 },
  preset: (typeof presets)[number] = 'china',
) => replayWinter(seriesOf(fromAt, hours), rulePresets[preset], { timeZone, forecast });
const days = 20;
const length = days * 24;
/** colder by night, with a spell of cold in the middle */
const spell = (coldest: number): HourTold[] =>
  hoursOf(
    length,
    (i) => (i >= 8 * 24 && i < 13 * 24 ? coldest : 8) + (i % 24 >= 6 && i % 24 < 20 ? -2 : 2),
    12,
  );

describe('a replay', () => {
  it('declares before the first cold night, ends after the last, and says why', () => {
    const [night, ...others] = replay(spell(-10));
    expect(others).toEqual([]);
    expect(night).toMatchObject({ highest: 'blue', hoursMissing: 0, hoursHeld: 0 });
    // Noon of the ninth day is the first cold hour; tonight is judged from 06:00 on, where it is forecast.
    expect(night!.declaredAt).toBe(isoOf(from + (8 * 24 - 6) * hourMs));
    expect(night!.endedAt).toBe(isoOf(from + (12 * 24 + 20) * hourMs + 4 * hourMs));
    expect(night!.steps.map(({ kind }) => kind)).toEqual(['declare', 'end']);
    for (const { reasons } of night!.steps) expect(reasons).not.toEqual([]);
  });

  it('knows nothing of what is to come without a forecast', () => {
    const [night] = replay(spell(-10), 'persistence');
    expect(Date.parse(night!.declaredAt)).toBeGreaterThanOrEqual(from + 8 * 24 * hourMs);
  });

  it('is the same the second time', () => {
    expect(replay(spell(-20))).toEqual(replay(spell(-20)));
  });

  it('keeps the highest level of a night that was lowered and raised again to less', () => {
    const colds = [-22, -22, -22, -6, -6, -6, -15, -15, -15];
    const [night, ...others] = replay(
      hoursOf(length, (i) => colds[Math.floor(i / 24) - 4] ?? 12, 12),
    );
    expect(others).toEqual([]);
    expect(night!.steps.map(({ level }) => level)).toEqual(['orange', 'blue', 'yellow', null]);
    expect(night!.highest).toBe('orange');
  });

  it('leaves a night open that is in force when the hours run out', () => {
    const cut = spell(-10).slice(0, 11 * 24);
    expect(replay(cut)).toMatchObject([{ endedAt: null }]);
  });
});

const inForceAt = (nights: ReplayedNight[], at: number) => {
  for (const { declaredAt, endedAt, steps } of nights) {
    if (Date.parse(declaredAt) > at || (endedAt !== null && Date.parse(endedAt) <= at)) continue;
    return steps.findLast((step) => Date.parse(step.at) <= at)!.level;
  }
  return null;
};
const rank = (level: (typeof responseLevels)[number] | null) =>
  level === null ? -1 : responseLevels.indexOf(level);

describe('gaps of 1 to 72 hours', () => {
  const gaps = fc.array(
    fc.record({
      at: fc.integer({ min: 5 * 24, max: 14 * 24 }),
      count: fc.integer({ min: 1, max: 72 }),
    }),
    { minLength: 1, maxLength: 3 },
  );
  it.each(presets)('end no night and lower none, within them or because of them (%s)', (preset) => {
    fc.assert(
      fc.property(
        gaps,
        fc.integer({ min: -40, max: 3 }),
        fc.constantFrom<ReplayForecast>({ hours: 48 }, { hours: 30 }, 'persistence'),
        (planted, coldest, forecast) => {
          const hours = spell(coldest).map((hour, i) =>
            planted.some(({ at, count }) => i >= at && i < at + count) ? untold : hour,
          );
          const nights = replay(hours, forecast, preset);
          const { calmHours } = rulePresets[preset];
          for (const { steps } of nights) {
            for (const { at, kind, reasons } of steps) {
              expect(reasons).not.toEqual([]);
              if (kind !== 'end') continue;
              const now = (Date.parse(at) - from) / hourMs;
              const ahead = forecast === 'persistence' ? now - 24 : now;
              const asked = hours.slice(ahead, ahead + calmHours);
              expect(asked.every(({ temperatureCelsius }) => temperatureCelsius !== null)).toBe(
                true,
              );
              expect(reasons[0]).toMatchObject({ code: 'milder' });
            }
          }
          for (const { at, count } of planted) {
            const before = rank(inForceAt(nights, from + at * hourMs));
            for (let i = at; i < at + count; i++)
              expect(rank(inForceAt(nights, from + i * hourMs))).toBeGreaterThanOrEqual(before);
          }
        },
      ),
      { numRuns: 8 },
    );
  });

  it('hold a night for as long as they keep the coming hours unknown, and are counted', () => {
    const gap = { from: 13 * 24, to: 13 * 24 + 30 };
    const hours = spell(-10).map((hour, i) => (i >= gap.from && i < gap.to ? untold : hour));
    const [night] = replay(hours);
    expect(night!.hoursMissing).toBe(30);
    expect(night!.hoursHeld).toBeGreaterThan(0);
    expect(Date.parse(night!.endedAt!)).toBeGreaterThanOrEqual(from + gap.to * hourMs);
  });
});

describe('a level', () => {
  it('doesn’t come and go from hour to hour, where the cold hovers round a threshold', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 60, maxLength: 60 }),
        (by) => {
          const hours = hoursOf(length, (i) => -10 + by[i % 60]! / 10);
          const steps = replay(hours, 'persistence').flatMap((night) => night.steps);
          expect(steps.length).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: 5 },
    );
  });
});

describe('the figures of a replay', () => {
  const within = { start: from, end: from + length * hourMs };
  const figures = (hours: HourTold[], nights: ReplayedNight[]) =>
    figuresOf(seriesOf(fromAt, hours), nights, { timeZone, danger: usualDanger }, within);
  const night = (start: number, end: number): ReplayedNight => ({
    declaredAt: isoOf(from + start * hourMs),
    endedAt: isoOf(from + end * hourMs),
    highest: 'blue',
    steps: [],
    hours: 0,
    hoursMissing: 0,
    hoursHeld: 0,
  });
  const mild = hoursOf(length, () => 5);
  /** The second night is from hour 30 (18:00) to 44 (08:00). */
  const cold = mild.map((hour, i) =>
    i >= 33 && i < 36 ? { ...hour, temperatureCelsius: -10 } : hour,
  );

  it('count a night as covered that was in force from before its first dangerous hour to after its last', () => {
    expect(figures(cold, [night(33, 36)])).toEqual({
      nights: days,
      dangerous: 1,
      covered: 1,
      declared: 1,
      falseAlarms: 0,
      undecided: 0,
    });
    expect(figures(cold, [night(34, 40)])).toMatchObject({ dangerous: 1, covered: 0 });
    expect(figures(cold, [night(30, 35)])).toMatchObject({ dangerous: 1, covered: 0 });
    expect(figures(cold, [])).toMatchObject({ dangerous: 1, covered: 0, declared: 0 });
  });

  it('count three wet hours as danger, and two hours of anything as neither danger nor false alarm', () => {
    const changed = (from: number, to: number, change: Partial<HourTold>) =>
      mild.map((hour, i) => (i >= from && i < to ? { ...hour, ...change } : hour));
    const rain = { temperatureCelsius: 2, precipitationMm: 1, falling: 'rain' } as const;
    expect(figures(changed(33, 36, rain), [])).toMatchObject({ dangerous: 1 });
    const short = changed(33, 35, { temperatureCelsius: -12 });
    expect(figures(short, [night(30, 44)])).toMatchObject({ declared: 1, falseAlarms: 0 });
    expect(figures(mild, [night(30, 44)])).toMatchObject({ declared: 1, falseAlarms: 1 });
  });

  it('leave out a night that can’t be decided', () => {
    const gap = mild.map((hour, i) => (i >= 33 && i < 36 ? untold : hour));
    expect(figures(gap, [night(30, 44)])).toMatchObject({
      nights: days - 1,
      declared: 0,
      undecided: 1,
    });
  });
});
