import { describe, expect, it } from 'vitest';
import type { HourTold } from '../weather/measures.ts';
import { judge } from './judge.ts';
import { nextStep } from './next-step.ts';
import { rulePresets } from './presets.ts';
import type { ActivationView } from './schema.ts';
import { hourMs, hoursOf, inForceAs, isoOf, seriesOf, untold } from './testing/made-hours.ts';

const fromAt = '2026-01-02T04:00:00.000Z';
/** 08:00 in Beijing: the night is over. */
const morning = '2026-01-06T00:00:00.000Z';
const now = (Date.parse(morning) - Date.parse(fromAt)) / hourMs;
const length = now + 48;

const step = (
  hours: HourTold[],
  inForce: Partial<ActivationView> | null,
  nowAt = morning,
): ReturnType<typeof nextStep> => {
  const at = { nowAt, timeZone: 'Asia/Shanghai', warnings: [] };
  const judgement = judge(seriesOf(fromAt, hours), rulePresets.china, at);
  return nextStep(inForce && inForceAs(inForce), judgement, nowAt);
};
const mild = hoursOf(length, () => 6);
const withHours = (from: number, to: number, hour: Partial<HourTold>): HourTold[] =>
  mild.map((usual, i) => (i >= from && i < to ? { ...usual, ...hour } : usual));
/** from 20:00 on */
const tonight = now + 12;

describe('with nothing in force', () => {
  it('nothing is to be done when it is mild, nor when nothing is known', () => {
    expect(step(mild, null).kind).toBe('nothing');
    expect(
      step(
        Array.from({ length }, () => untold),
        null,
      ).kind,
    ).toBe('nothing');
  });

  it('a cold night is to be declared, with its reason', () => {
    const cold = withHours(tonight, tonight + 4, { temperatureCelsius: -31 });
    expect(step(cold, null)).toMatchObject({
      kind: 'declare',
      level: 'orange',
      reasons: [{ code: 'felt_below', celsius: -28, lowestCelsius: -31, hours: 4 }],
    });
  });

  it('a drill doesn’t stand in for a declaration', () => {
    const cold = withHours(tonight, tonight + 4, { temperatureCelsius: -31 });
    expect(step(cold, { drill: true, level: 'red' }).kind).toBe('declare');
    expect(step(mild, { drill: true, level: 'red' }).kind).toBe('nothing');
  });
});

describe('a night in force', () => {
  it('is raised when it gets colder than it was declared for', () => {
    const cold = withHours(tonight, tonight + 4, { temperatureCelsius: -42 });
    expect(step(cold, { level: 'orange' })).toMatchObject({ kind: 'raise', level: 'red' });
  });

  it('stays as long as its level is asked for', () => {
    const cold = withHours(tonight, tonight + 4, { temperatureCelsius: -31 });
    expect(step(cold, { level: 'orange' })).toMatchObject({ kind: 'nothing', level: 'orange' });
  });

  it('ends when all of the calm hours ahead are told and mild, and says how many these are', () => {
    expect(step(mild, {})).toEqual({
      kind: 'end',
      level: null,
      reasons: [{ code: 'milder', hoursKnown: 24 }],
      againstHand: false,
    });
  });

  it('is lowered to what is still asked for', () => {
    const cool = withHours(tonight, tonight + 4, { temperatureCelsius: -15 });
    const lowered = step(cool, { level: 'orange' });
    expect(lowered).toMatchObject({ kind: 'lower', level: 'blue' });
    expect(lowered.reasons.map(({ code }) => code)).toEqual(['milder', 'felt_below']);
  });

  it('is held by a single hour that is nearly as cold', () => {
    const hour = (temperatureCelsius: number) =>
      withHours(tonight, tonight + 1, { temperatureCelsius });
    expect(step(hour(-9.1), { level: 'blue' })).toMatchObject({
      kind: 'nothing',
      reasons: [{ code: 'felt_below', hours: 1 }],
    });
    expect(step(hour(-8.9), { level: 'blue' }).kind).toBe('end');
  });

  it.each([
    ['a whole hour', untold],
    ['the temperature', { temperatureCelsius: null }],
  ])('is never ended or lowered while %s ahead is missing', (_, gap) => {
    for (const at of [now, now + 7, now + 23]) {
      const gappy = withHours(at, at + 1, gap);
      expect(step(gappy, { level: 'blue' })).toMatchObject({
        kind: 'nothing',
        reasons: [{ code: 'hours_missing', hoursMissing: 1 }],
      });
    }
    expect(step(withHours(now + 24, now + 30, gap), { level: 'blue' }).kind).toBe('end');
  });

  it('stays when the weather stops coming in altogether', () => {
    const cut = mild.map((hour, i) => (i >= now - 3 ? untold : hour));
    const { kind, reasons } = step(cut, {});
    expect(kind).toBe('nothing');
    expect(reasons[0]).toMatchObject({ code: 'hours_missing' });
  });

  it('is lowered only as far as what isn’t told can matter', () => {
    const cool = withHours(now, length, { temperatureCelsius: 1 });
    const dryOrNot = cool.map((hour, i) =>
      i === tonight ? { ...hour, precipitationMm: null, falling: null } : hour,
    );
    const lowered = step(dryOrNot, { level: 'red' });
    expect(lowered).toMatchObject({ kind: 'lower', level: 'yellow' });
    expect(lowered.reasons.map(({ code }) => code)).toEqual(['milder', 'hours_missing']);
  });

  it('isn’t given up while it runs, even when the rest of it is mild', () => {
    const early = withHours(now - 13, now - 10, { temperatureCelsius: -12 });
    const at = isoOf(Date.parse(morning) - hourMs);
    expect(step(early, { level: 'blue' }, at).kind).toBe('nothing');
    expect(step(early, { level: 'blue' }, morning).kind).toBe('end');
  });

  it('isn’t lowered within three hours of its declaration', () => {
    const declaredAt = isoOf(Date.parse(morning) - 2.9 * hourMs);
    expect(step(mild, { declaredAt }).kind).toBe('nothing');
  });
});

describe('a night that a person declared without the rules', () => {
  const byHand = { byRule: false, declaredAt: isoOf(Date.parse(morning) - 10 * hourMs) };
  const stays = { kind: 'nothing', reasons: [{ code: 'by_hand' }], againstHand: true };

  it('isn’t to be ended before its end, nor within a day where it has none', () => {
    const untilAt = isoOf(Date.parse(morning) + 1);
    expect(step(mild, { ...byHand, untilAt })).toMatchObject(stays);
    expect(step(mild, { ...byHand, untilAt: morning })).toMatchObject({
      kind: 'end',
      againstHand: true,
    });
    expect(step(mild, { ...byHand, untilAt: null })).toMatchObject(stays);
    const declaredAt = isoOf(Date.parse(morning) - 24 * hourMs);
    expect(step(mild, { ...byHand, declaredAt, untilAt: null }).kind).toBe('end');
  });

  it('isn’t lowered to what the rules say: a person’s raise is respected', () => {
    const cool = withHours(tonight, tonight + 4, { temperatureCelsius: -15 });
    expect(step(cool, { ...byHand, level: 'red', untilAt: null })).toMatchObject(stays);
    const raised = { byRule: false, proposalId: 'p', reasons: [{ code: 'by_hand' as const }] };
    const declaredAt = byHand.declaredAt;
    expect(step(cool, { ...raised, declaredAt, level: 'red' })).toMatchObject(stays);
  });

  it('that followed a proposal is the rules’ own', () => {
    const followed = { byRule: false, proposalId: 'p' };
    expect(step(mild, followed)).toMatchObject({ kind: 'end', againstHand: false });
  });
});
