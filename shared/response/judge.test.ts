import { describe, expect, it } from 'vitest';
import type { HourTold } from '../weather/measures.ts';
import type { WarningView } from '../weather/schema.ts';
import { judge } from './judge.ts';
import { rulePresets } from './presets.ts';
import type { ResponseRule, ResponseRules } from './rule-schema.ts';
import { hourMs, hoursOf, isoOf, seriesOf, untold } from './testing/made-hours.ts';

const timeZone = 'Asia/Shanghai';
/** 12:00 in Beijing, three days before the night in question begins at 18:00 */
const fromAt = '2026-01-02T04:00:00.000Z';
const noon = '2026-01-05T04:00:00.000Z';
const evening = '2026-01-05T10:00:00.000Z';
const morning = '2026-01-06T00:00:00.000Z';
const from = Date.parse(fromAt);
const at = (iso: string): number => (Date.parse(iso) - from) / hourMs;
const [nightFrom, nightTo] = [at(evening), at(morning)];
const length = 5 * 24;

const rulesOf = (...rules: ResponseRule[]): ResponseRules => ({ ...rulePresets.china, rules });
const say = (
  hours: HourTold[],
  rules: ResponseRules = rulePresets.china,
  nowAt = noon,
  warnings: WarningView[] = [],
) => judge(seriesOf(fromAt, hours), rules, { nowAt, timeZone, warnings });
/** mild, but for some hours from the beginning of the night on */
const nightWith = (count: number, hour: Partial<HourTold>, skip = 0): HourTold[] =>
  hoursOf(length, () => 6).map((mild, i) =>
    i >= nightFrom + skip && i < nightFrom + skip + count ? { ...mild, ...hour } : mild,
  );

describe('a night is judged', () => {
  it('mild when nothing speaks', () => {
    expect(say(hoursOf(length, () => 6))).toMatchObject({
      level: null,
      reasons: [],
      fromAt: evening,
      untilAt: morning,
      hoursMissing: 0,
      hoursKnown: 14,
    });
  });

  it('unknown when there are no hours, or nobody knows of when they are', () => {
    const at = { nowAt: noon, timeZone, warnings: [] };
    for (const series of [
      seriesOf(fromAt, []),
      {
        ...seriesOf(
          fromAt,
          hoursOf(length, () => 6),
        ),
        fromAt: '',
      },
      seriesOf(
        fromAt,
        hoursOf(length, () => Number.NaN),
      ),
    ]) {
      const { level, hoursKnown, hoursMissing, worst, calm } = judge(series, rulePresets.china, at);
      expect([level, hoursKnown, hoursMissing, worst]).toEqual([null, 0, 14, null]);
      expect(calm).toMatchObject({ heldBy: null, notRuledOut: 'red' });
    }
  });

  it('by so many hours that feel so cold, in numbers a sentence can be made of', () => {
    const judgement = say(nightWith(3, { temperatureCelsius: -13, windKmh: 20 }, 4));
    expect(judgement).toMatchObject({ level: 'yellow', fromAt: evening, untilAt: morning });
    expect(judgement.reasons).toEqual([
      {
        code: 'felt_below',
        celsius: -20,
        lowestCelsius: -21.6,
        hours: 3,
        at: '2026-01-05T14:00:00.000Z',
      },
    ]);
    expect(judgement.worst).toMatchObject({ at: '2026-01-05T14:00:00.000Z', wet: false });
    expect(say(nightWith(2, { temperatureCelsius: -13, windKmh: 20 }, 4)).level).toBeNull();
  });

  it('with the worst hour no milder than the air of one without wind', () => {
    const hours = nightWith(3, { temperatureCelsius: -13, windKmh: 20 }, 4);
    hours[nightFrom + 9] = { ...untold, temperatureCelsius: -24 };
    const worst = { at: '2026-01-05T19:00:00.000Z', temperatureCelsius: -24, windKmh: null };
    expect(say(hours).worst).toEqual({ ...worst, feltCelsius: -24, wet: false });
    hours[nightFrom + 9] = { ...untold, temperatureCelsius: -20 };
    expect(say(hours).worst).toMatchObject({ temperatureCelsius: -13, windKmh: 20 });
  });

  it('by wet hours near zero, without any signal and without any frost', () => {
    const rain = { temperatureCelsius: 2.5, precipitationMm: 0.4, falling: 'rain' } as const;
    expect(say(nightWith(1, rain)).level).toBe('blue');
    const wet = say(nightWith(5, rain));
    expect(wet.level).toBe('yellow');
    expect(wet.reasons).toEqual([
      { code: 'wet', warmestCelsius: 2.5, precipitationMm: 2, hours: 5, at: evening },
    ]);
    expect(say(nightWith(5, { ...rain, temperatureCelsius: 3.5 })).level).toBeNull();
    expect(say(nightWith(5, { ...rain, temperatureCelsius: 0, falling: 'snow' })).level).toBe(
      'yellow',
    );
    expect(
      say(nightWith(5, { ...rain, temperatureCelsius: -3, falling: 'snow' })).level,
      'dry snow',
    ).toBeNull();
  });

  it.each([
    ['blue', 4, 2, 30, [12, 10]],
    ['yellow', 4, -6, 40, [4, 4]],
    ['orange', 0, -8, 40, [4, 4]],
    ['red', 0, -12, 40, [4, 4]],
  ] as const)('%s by the cold-wave signals', (level, _, minimum, windKmh, [two, one]) => {
    const waves = rulesOf(
      ...rulePresets.china.rules.filter(({ condition }) => condition.kind === 'cold_wave'),
    );
    // The days before are as mild as their minima.
    const hours = hoursOf(length, (i) => (i < nightFrom - 34 ? two : i < nightFrom ? one : 6));
    const night = hours.map((hour, i) =>
      i >= nightFrom + 8 && i < nightTo ? { ...hour, temperatureCelsius: minimum, windKmh } : hour,
    );
    const judgement = say(night, waves);
    expect(judgement.level).toBe(level);
    expect(judgement.reasons).toHaveLength(1);
    expect(judgement.reasons[0]).toMatchObject({ code: 'cold_wave', minimumCelsius: minimum });
    const calm = night.map((hour) => ({ ...hour, windKmh: 10 }));
    expect(say(calm, waves).level).toBeNull();
  });

  it('by a warning about cold that holds within it and has an area', () => {
    const warning: WarningView = {
      id: 'w',
      sourceId: 's',
      event: '寒潮',
      headline: '',
      text: '',
      sender: '北京市气象台',
      severity: 'Severe',
      cold: true,
      placed: true,
      areaText: '',
      fromAt: evening,
      untilAt: morning,
    };
    const mild = hoursOf(length, () => 6);
    const level = (changes: Partial<WarningView>) =>
      say(mild, rulePresets.china, noon, [{ ...warning, ...changes }]).level;
    expect(level({})).toBe('orange');
    expect(level({ severity: 'Minor' })).toBe('blue');
    expect(level({ severity: 'Unknown' })).toBeNull();
    expect(level({ cold: false })).toBeNull();
    expect(level({ placed: false })).toBeNull();
    expect(level({ untilAt: evening, fromAt: noon })).toBeNull();
  });

  it('by its own hours alone: a cold afternoon is no cold night', () => {
    const hours = hoursOf(length, (i) => (i >= nightFrom - 6 && i < nightFrom ? -25 : 6));
    expect(say(hours).level).toBeNull();
  });

  it('whole while it runs: what was cold at midnight counts until morning', () => {
    const hours = nightWith(3, { temperatureCelsius: -15 }, 4);
    const before = (iso: string) => isoOf(Date.parse(iso) - 1);
    expect(say(hours, undefined, before(morning)).level).toBe('blue');
    expect(say(hours, undefined, morning).level).toBeNull();
  });

  it('not before it begins within the lead', () => {
    const hours = nightWith(6, { temperatureCelsius: -15 }, 4);
    const rules = { ...rulePresets.china, leadHours: 2 };
    expect(say(hours, rules, noon).level).toBeNull();
    expect(say(hours, rules, isoOf(Date.parse(evening) - 2 * hourMs)).level).toBe('blue');
  });

  it('with what the hours say, however many others are missing, and says how many are', () => {
    const gappy = nightWith(14, { temperatureCelsius: -15 }).map((hour, i) =>
      i >= nightFrom && i < nightFrom + 9 ? untold : hour,
    );
    expect(say(gappy)).toMatchObject({ level: 'blue', hoursMissing: 9, hoursKnown: 5 });
  });

  it('not mild by what isn’t told: nothing is ruled out', () => {
    const gap = hoursOf(length, () => 6).map((hour, i) => (i === nightFrom + 5 ? untold : hour));
    expect(say(gap)).toMatchObject({ level: null, calm: { heldBy: null, notRuledOut: 'red' } });
    const dry = hoursOf(length, () => 1).map((hour, i) =>
      i === nightFrom + 5 ? { ...hour, precipitationMm: null, falling: null } : hour,
    );
    expect(say(dry), 'it may be raining').toMatchObject({
      level: null,
      calm: { heldBy: null, notRuledOut: 'yellow' },
    });
  });
});

describe('which hours are a night’s', () => {
  const mild = (start: string) =>
    seriesOf(
      start,
      hoursOf(24 * 9, () => 6),
    );
  it.each([
    ['Europe/London', '2026-03-28T16:00:00.000Z', 13, 'an hour is skipped'],
    ['Europe/London', '2026-10-24T16:00:00.000Z', 15, 'an hour comes twice'],
    ['Europe/London', '2026-01-10T16:00:00.000Z', 14, 'an ordinary one'],
    ['Asia/Kolkata', '2026-01-10T10:00:00.000Z', 14, 'half an hour beside the full ones'],
    ['America/New_York', '2026-11-01T02:00:00.000Z', 15, 'seen from within'],
  ])('in %s on %s: %d hours (%s)', (zone, nowAt, count) => {
    const series = mild(isoOf(Date.parse(nowAt) - 5 * 24 * hourMs));
    const judgement = judge(series, rulePresets.china, { nowAt, timeZone: zone, warnings: [] });
    expect(judgement.hoursKnown).toBe(count);
    const local = (iso: string) =>
      new Date(iso).toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit' });
    expect([local(judgement.fromAt), local(judgement.untilAt)]).toEqual(['18', '08']);
  });

  it.each([
    ['2026-03-28T16:00:00.000Z', 23],
    ['2026-10-24T16:00:00.000Z', 25],
  ])('all of a day where both hours are the same, on %s %d of them', (nowAt, count) => {
    const series = mild(isoOf(Date.parse(nowAt) - 5 * 24 * hourMs));
    const night = { fromHour: 12, toHour: 12 };
    const rules = { ...rulePresets.china, night, leadHours: 0 };
    const at = { nowAt, timeZone: 'Europe/London', warnings: [] };
    expect(judge(series, rules, at).hoursKnown).toBe(count);
  });
});

describe('the preset', () => {
  const cases: [keyof typeof rulePresets, Partial<HourTold>, string | null][] = [
    ['swep', { temperatureCelsius: 1 }, 'yellow'],
    ['swep', { temperatureCelsius: 3, windKmh: 25 }, 'yellow'],
    ['swep', { temperatureCelsius: 2.5, precipitationMm: 1, falling: 'rain' }, 'yellow'],
    ['swep', { temperatureCelsius: 4 }, null],
    ['code_blue', { temperatureCelsius: 0 }, 'yellow'],
    ['code_blue', { temperatureCelsius: 1 }, null],
    ['code_blue', { temperatureCelsius: -12, windKmh: 25 }, 'orange'],
    ['toronto', { temperatureCelsius: -5 }, 'yellow'],
    ['toronto', { temperatureCelsius: -4.9, windKmh: 40 }, null],
  ];
  it.each(cases)('%s says of an hour with %o: %s', (preset, hour, level) => {
    expect(say(nightWith(1, hour, 2), rulePresets[preset]).level).toBe(level);
  });
});
