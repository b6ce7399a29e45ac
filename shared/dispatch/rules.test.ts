import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResponseLevel } from '../response/schema.ts';
import { aNight } from '../response/testing/a-night.ts';
import { vulnerableFlags } from '../sightings/schema.ts';
import {
  hospitalFirst,
  isActive,
  leavesPlaceLive,
  mayGo,
  mergeFlags,
  metNobody,
  mustBeEscorted,
  owesRecheck,
  recheckDueAt,
  recheckHoursFor,
} from './rules.ts';
import { dispatchStates, outcomes } from './schema.ts';

const hours = { normal: 5 };
const nightAt = (level: ResponseLevel | null) => (level === null ? null : aNight({ level }));

describe('the edges of a dispatch', () => {
  it('are the same as those the database allows', () => {
    const sql = readdirSync('migrations')
      .filter((name) => name.endsWith('.sql'))
      .map((name) => readFileSync(`migrations/${name}`, 'utf8'))
      .join('\n');
    const list = /insert into dispatch_edges[^;]*;/.exec(sql)![0];
    const inDatabase = [...list.matchAll(/\('(\w+)', '(\w+)'\)/g)].map(
      ([, from, to]) => `${from} ${to}`,
    );
    const inRules = dispatchStates.flatMap((from) =>
      dispatchStates.filter((to) => mayGo(from, to)).map((to) => `${from} ${to}`),
    );
    expect(inRules.sort()).toEqual(inDatabase.sort());
  });

  it('never lead out of an end and never back', () => {
    const ended = dispatchStates.filter((state) => !isActive(state));
    expect(ended.sort()).toEqual(['cancelled', 'closed', 'declined']);
    for (const from of dispatchStates) {
      expect(mayGo(from, from)).toBe(false);
      expect(mayGo(from, 'offered')).toBe(false);
    }
  });
});

describe('what an outcome brings about', () => {
  it('owes another visit to those who stay outside, and to nobody else', () => {
    expect(outcomes.filter(owesRecheck)).toEqual(['aided_on_street', 'refused']);
  });

  it('knows when nobody was met', () => {
    expect(outcomes.filter(metNobody)).toEqual(['not_found', 'already_left']);
  });

  it('keeps the place live only when every encounter found nobody', () => {
    expect(leavesPlaceLive(['not_found', 'not_found'])).toBe(true);
    expect(leavesPlaceLive(['not_found', 'refused'])).toBe(false);
    expect(leavesPlaceLive(['already_left'])).toBe(false);
  });
});

describe('the due time of a recheck', () => {
  it.each([
    [null, 5],
    ['blue', 4],
    ['yellow', 4],
    ['orange', 2],
    ['red', 1],
  ] as const)('at level %s is %d h, and half of it for anyone vulnerable', (level, expected) => {
    const night = nightAt(level);
    expect(recheckHoursFor(hours, night, [])).toBe(expected);
    for (const flag of vulnerableFlags) {
      expect(recheckHoursFor(hours, night, [flag])).toBe(expected / 2);
    }
  });

  it('is no other during a drill, nor once the night is over', () => {
    expect(recheckHoursFor(hours, aNight({ level: 'red', drill: true }), [])).toBe(5);
    const over = aNight({ level: 'red', endedAt: '2026-01-06T00:00:00.000Z' });
    expect(recheckHoursFor(hours, over, [])).toBe(5);
  });

  it('is never later at a higher level or with more flags', () => {
    const nights = ([null, 'blue', 'yellow', 'orange', 'red'] as const).map(nightAt);
    fc.assert(
      fc.property(
        fc.subarray([...vulnerableFlags]),
        fc.subarray([...vulnerableFlags]),
        (some, more) => {
          const dues = nights.map((night) => recheckHoursFor(hours, night, some));
          expect(dues).toEqual(dues.toSorted((a, b) => b - a));
          for (const night of nights) {
            const withMore = recheckHoursFor(hours, night, [...some, ...more]);
            expect(withMore).toBeLessThanOrEqual(recheckHoursFor(hours, night, some));
          }
        },
      ),
    );
  });

  it('counts from the meeting, over midnight and with parts of hours', () => {
    expect(recheckDueAt('2026-01-05T23:30:00.000Z', 1)).toBe('2026-01-06T00:30:00.000Z');
    expect(recheckDueAt('2026-01-05T23:30:00.000Z', 0.5)).toBe('2026-01-06T00:00:00.000Z');
  });
});

describe('people', () => {
  it('must be escorted when they are minors, elderly, disabled, of limited mobility or pregnant', () => {
    expect(vulnerableFlags.filter((flag) => mustBeEscorted([flag]))).toEqual([
      'minor',
      'elderly',
      'disabled',
      'limited_mobility',
      'pregnant',
    ]);
    expect(mustBeEscorted([])).toBe(false);
  });

  it('go to a hospital first when ill, injured, unresponsive or perhaps mentally ill', () => {
    expect(vulnerableFlags.filter((flag) => hospitalFirst([flag]))).toEqual([
      'ill',
      'injured',
      'mental_disorder',
      'unresponsive',
    ]);
  });

  it('keep what lasts from an earlier visit, and not what passes', () => {
    expect(mergeFlags(['alone'], ['elderly', 'drunk', 'thinly_dressed'])).toEqual([
      'alone',
      'elderly',
    ]);
    expect(mergeFlags(['elderly'], ['elderly'])).toEqual(['elderly']);
  });
});
