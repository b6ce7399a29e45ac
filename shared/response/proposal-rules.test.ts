import { describe, expect, it } from 'vitest';
import {
  goesByItself,
  isDecidedAgainst,
  nightOf,
  standsInTheGap,
  stillSays,
} from './proposal-rules.ts';
import type { Standing, Wanted } from './proposal-rules.ts';

const felt = { code: 'felt_below', celsius: -28, lowestCelsius: -30, hours: 4 } as const;
const orange: Wanted = {
  kind: 'declare',
  level: 'orange',
  reasons: [{ ...felt, at: '2026-01-05T18:00:00.000Z' }],
  fromAt: '2026-01-05T10:00:00.000Z',
  untilAt: '2026-01-06T00:00:00.000Z',
  temperatureCelsius: -20,
  windKmh: 25,
  feltCelsius: -30,
  hoursMissing: 0,
  night: '2026-01-05',
  stale: false,
};
const now = '2026-01-05T09:00:00.000Z';

describe('a night', () => {
  it('runs from noon to noon of the city', () => {
    expect(nightOf('2026-01-05T12:00:00.000Z', 'Asia/Shanghai')).toBe('2026-01-05');
    expect(nightOf('2026-01-05T20:00:00.000Z', 'Asia/Shanghai')).toBe('2026-01-05');
    expect(nightOf('2026-01-06T03:59:00.000Z', 'Asia/Shanghai')).toBe('2026-01-05');
    expect(nightOf('2026-01-06T04:00:00.000Z', 'Asia/Shanghai')).toBe('2026-01-06');
  });
});

describe('an open proposal', () => {
  it('still stands while the forecast moves a little', () => {
    expect(stillSays(orange, { ...orange, feltCelsius: -31 })).toBe(true);
    expect(stillSays(orange, { ...orange, untilAt: '2026-01-06T03:00:00.000Z' })).toBe(true);
    const moved = { ...felt, lowestCelsius: -31, at: '2026-01-05T17:00:00.000Z' };
    expect(stillSays(orange, { ...orange, reasons: [moved] })).toBe(true);
  });

  it('is another one at another level, for another reason, of another night, or much colder', () => {
    for (const other of [
      { level: 'red' },
      { kind: 'raise' },
      { night: '2026-01-06' },
      { feltCelsius: -33 },
      { feltCelsius: null },
      { stale: true },
      { untilAt: '2026-01-06T12:00:00.000Z' },
      { reasons: [{ code: 'warning', event: '寒潮', severity: 'Severe', sender: '气象台' }] },
    ] as Partial<Wanted>[])
      expect(stillSays(orange, { ...orange, ...other }), JSON.stringify(other)).toBe(false);
  });

  it('to end a night stands however the hours move on', () => {
    const end: Wanted = { ...orange, kind: 'end', level: null };
    expect(stillSays(end, { ...end, night: '2026-01-06', feltCelsius: 2 })).toBe(true);
  });

  it('isn’t taken back or made less by missing hours, until its time is over', () => {
    const blind = { blind: true, now };
    const yellow: Wanted = { ...orange, level: 'yellow' };
    expect(standsInTheGap(orange, null, blind)).toBe(true);
    expect(standsInTheGap(orange, yellow, blind)).toBe(true);
    expect(standsInTheGap(orange, { ...orange, level: 'red' }, blind)).toBe(false);
    expect(standsInTheGap(orange, null, { ...blind, blind: false })).toBe(false);
    expect(standsInTheGap(orange, null, { ...blind, now: orange.untilAt })).toBe(false);
    expect(standsInTheGap({ ...orange, kind: 'end', level: null }, null, blind)).toBe(false);
  });
});

describe('what somebody decided against', () => {
  it('isn’t asked again for the same night, unless it gets worse', () => {
    const no = [{ level: 'orange', feltCelsius: -30 }] as const;
    expect(isDecidedAgainst(orange, no)).toBe(true);
    expect(isDecidedAgainst({ ...orange, level: 'yellow' }, no)).toBe(true);
    expect(isDecidedAgainst({ ...orange, feltCelsius: -32.9 }, no)).toBe(true);
    expect(isDecidedAgainst({ ...orange, feltCelsius: -33 }, no)).toBe(false);
    expect(isDecidedAgainst({ ...orange, level: 'red' }, no)).toBe(false);
    expect(isDecidedAgainst(orange, [])).toBe(false);
  });

  it('of lowering is the level it would have gone to', () => {
    const lower: Wanted = { ...orange, kind: 'lower', level: 'yellow' };
    expect(isDecidedAgainst(lower, [{ level: 'yellow', feltCelsius: -5 }])).toBe(true);
    expect(isDecidedAgainst(lower, [{ level: 'blue', feltCelsius: -5 }])).toBe(false);
    const end: Wanted = { ...orange, kind: 'end', level: null };
    expect(isDecidedAgainst(end, [{ level: null, feltCelsius: null }])).toBe(true);
  });
});

describe('a rule acts by itself', () => {
  const all: Standing = { automatic: 'all', floor: null, overruled: false, now };
  const lower: Wanted = { ...orange, kind: 'lower', level: 'yellow' };
  const end: Wanted = { ...orange, kind: 'end', level: null };

  it('only where the city lets it', () => {
    expect(goesByItself(orange, { ...all, automatic: 'off' })).toBe(false);
    expect(goesByItself(orange, { ...all, automatic: 'declare_and_raise' })).toBe(true);
    expect(goesByItself(lower, { ...all, automatic: 'declare_and_raise' })).toBe(false);
    expect([orange, lower, end].map((one) => goesByItself(one, all))).toEqual([true, true, true]);
  });

  it('never from old weather, against what somebody decided, or without any number', () => {
    for (const wanted of [orange, lower, end]) {
      expect(goesByItself({ ...wanted, stale: true }, all)).toBe(false);
      expect(goesByItself(wanted, { ...all, overruled: true })).toBe(false);
    }
    expect(goesByItself({ ...orange, temperatureCelsius: null }, all)).toBe(false);
  });

  it('never lowers or ends with an hour missing', () => {
    expect(goesByItself({ ...end, hoursMissing: 1 }, all)).toBe(false);
    expect(goesByItself({ ...lower, hoursMissing: 1 }, all)).toBe(false);
    expect(goesByItself({ ...orange, hoursMissing: 1 }, all)).toBe(true);
  });

  it('never goes below what a person declared before its time', () => {
    const floor = { level: 'yellow', untilAt: '2026-01-06T00:00:00.000Z' } as const;
    expect(goesByItself(end, { ...all, floor })).toBe(false);
    expect(goesByItself({ ...lower, level: 'blue' }, { ...all, floor })).toBe(false);
    expect(goesByItself(lower, { ...all, floor })).toBe(true);
    expect(goesByItself(end, { ...all, floor: { ...floor, untilAt: null } })).toBe(false);
    expect(goesByItself(end, { ...all, floor, now: floor.untilAt })).toBe(true);
  });
});
