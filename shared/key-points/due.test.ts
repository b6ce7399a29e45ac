import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsAtHour, localHour } from '../zones/rules.ts';
import { overdueSpans, stateOf, windowsInPeriod } from './due.ts';
import { keySpanAt, keySpans } from './key-hours.ts';

const shanghai = 'Asia/Shanghai';
const at = (text: string) => Date.parse(text);
const iso = (ms: number) => new Date(ms).toISOString();
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** 20:00–06:00 local, every two hours, hourly on a cold night */
const bridge = {
  fromHour: 20,
  toHour: 6,
  normalEveryMinutes: 120,
  coldEveryMinutes: 60,
  lastVisitAt: null as string | null,
};
/** 21:30 in Shanghai */
const half = at('2026-01-05T13:30:00.000Z');

const zones = [shanghai, 'Europe/Helsinki', 'America/New_York', 'Australia/Lord_Howe', 'UTC'];
const anyHours = fc.record({
  fromHour: fc.integer({ min: 0, max: 23 }),
  toHour: fc.integer({ min: 0, max: 23 }),
});
const anyOwed = fc
  .tuple(anyHours, fc.integer({ min: 10, max: 10_080 }), fc.integer({ min: 10, max: 10_080 }))
  .map(([hours, a, b]) => ({
    ...hours,
    normalEveryMinutes: Math.max(a, b),
    coldEveryMinutes: Math.min(a, b),
  }));
/** around the changes of summer time of all of the zones, among other days */
const anyMoment = fc.integer({
  min: at('2026-03-01T00:00:00.000Z') / minuteMs,
  max: at('2026-11-30T00:00:00.000Z') / minuteMs,
});
const anyNow = anyMoment.map((minute) => minute * minuteMs);
const anyZone = fc.constantFrom(...zones);

const anyNight = fc.constantFrom(null, 1, 0.75, 0.5);

describe('the key hours', () => {
  it('hold exactly the moments whose local hour lies in them', () => {
    fc.assert(
      fc.property(anyHours, anyNow, anyZone, (hours, now, zone) => {
        const inside = keySpanAt(hours, now, zone) !== null;
        expect(inside).toBe(countsAtHour(hours, localHour(iso(now), zone)));
      }),
      { numRuns: 2000 },
    );
  });
  it('come in order and apart', () => {
    fc.assert(
      fc.property(anyHours, anyNow, anyZone, (hours, now, zone) => {
        const spans = keySpans(hours, now, now + 5 * 24 * hourMs, zone);
        for (const [i, span] of spans.entries()) {
          expect(span.end).toBeGreaterThan(span.start);
          if (i > 0) expect(span.start).toBeGreaterThanOrEqual(spans[i - 1]!.end);
        }
      }),
    );
  });
  it('are an hour shorter in the night in which the clock is put forward', () => {
    const night = keySpanAt(bridge, at('2026-03-28T22:00:00.000Z'), 'Europe/Helsinki')!;
    expect((night.end - night.start) / hourMs).toBe(9);
  });
});

describe('a key point', () => {
  it('is off outside its hours', () => {
    const noon = at('2026-01-05T04:00:00.000Z');
    expect(stateOf(bridge, noon, null, shanghai)).toEqual({
      state: 'off',
      dueAt: null,
      overdueMinutes: 0,
    });
  });
  it('counts from the beginning of its hours when it was last seen before them', () => {
    const before = { ...bridge, lastVisitAt: '2026-01-04T21:00:00.000Z' };
    expect(stateOf(before, half, null, shanghai)).toEqual({
      state: 'due',
      dueAt: '2026-01-05T14:00:00.000Z',
      overdueMinutes: 0,
    });
    expect(stateOf(before, half, 1, shanghai)).toMatchObject({
      state: 'overdue',
      overdueMinutes: 30,
    });
  });
  it('counts from the visit within its hours, also over midnight', () => {
    const seen = { ...bridge, lastVisitAt: '2026-01-05T15:30:00.000Z' };
    expect(stateOf(seen, at('2026-01-05T16:30:00.000Z'), null, shanghai)).toMatchObject({
      state: 'fresh',
      dueAt: '2026-01-05T17:30:00.000Z',
    });
  });
  it('that was never seen and never pauses is overdue, and nobody knows since when', () => {
    const grate = { ...bridge, fromHour: 0, toHour: 0 };
    expect(stateOf(grate, half, null, shanghai)).toEqual({
      state: 'overdue',
      dueAt: null,
      overdueMinutes: 120,
    });
  });
  it('with an interval longer than its hours is to be seen once in them', () => {
    const weekly = { ...bridge, normalEveryMinutes: 1440, lastVisitAt: '2026-01-03T15:00:00.000Z' };
    expect(stateOf(weekly, half, null, shanghai)).toMatchObject({
      state: 'fresh',
      dueAt: '2026-01-05T22:00:00.000Z',
    });
    expect(stateOf(weekly, at('2026-01-05T20:00:00.000Z'), null, shanghai).state).toBe('due');
  });
  it('is never due sooner after a later visit, and never later on a cold night', () => {
    const dueOf = (state: { dueAt: string | null }) =>
      state.dueAt === null ? -Infinity : Date.parse(state.dueAt);
    fc.assert(
      fc.property(
        anyOwed,
        anyNow,
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 0, max: 20_000 }),
        anyZone,
        (owed, now, ago, more, zone) => {
          const seen = (minutes: number) => ({ ...owed, lastVisitAt: iso(now - minutes * 60_000) });
          const late = stateOf(seen(ago), now, null, zone);
          const early = stateOf(seen(ago + more), now, null, zone);
          expect(dueOf(early)).toBeLessThanOrEqual(dueOf(late));
          expect(dueOf(stateOf(seen(ago), now, 1, zone))).toBeLessThanOrEqual(dueOf(late));
        },
      ),
    );
  });
  it('is fresh right after a visit, within its hours', () => {
    fc.assert(
      fc.property(anyOwed, anyNow, anyNight, anyZone, (owed, now, cold, zone) => {
        const { state } = stateOf({ ...owed, lastVisitAt: iso(now) }, now, cold, zone);
        expect(['fresh', 'off']).toContain(state);
      }),
    );
  });
});

describe('a period', () => {
  const anyCold = fc
    .array(fc.integer({ min: 0, max: 4000 }), { maxLength: 6 })
    .map((minutes) => minutes.toSorted((a, b) => a - b));
  /** Every other stretch is a cold night, each at another level. */
  const spansOf = (minutes: readonly number[], from: number) => {
    const spans = [];
    for (let i = 0; i + 1 < minutes.length; i += 2) {
      const [start, end] = [from + minutes[i]! * minuteMs, from + minutes[i + 1]! * minuteMs];
      spans.push({ start, end, factor: [1, 0.75, 0.5][i % 3]! });
    }
    return spans;
  };

  it('is cut at the key hours, where the cold night begins and where its level changes', () => {
    const turn = at('2026-01-05T18:00:00.000Z');
    const cold = [
      { start: at('2026-01-05T15:00:00.000Z'), end: turn, factor: 1 },
      { start: turn, end: Infinity, factor: 0.5 },
    ];
    const from = at('2026-01-05T10:00:00.000Z');
    const windows = windowsInPeriod(bridge, from, from + 24 * hourMs, cold, shanghai);
    expect(
      windows.map(({ start, end, everyMinutes }) => [iso(start), iso(end), everyMinutes]),
    ).toEqual([
      ['2026-01-05T12:00:00.000Z', '2026-01-05T15:00:00.000Z', 120],
      ['2026-01-05T15:00:00.000Z', '2026-01-05T18:00:00.000Z', 60],
      ['2026-01-05T18:00:00.000Z', '2026-01-05T22:00:00.000Z', 30],
    ]);
  });
  it('was overdue exactly when the screen would have said so', () => {
    fc.assert(
      fc.property(
        anyOwed,
        anyNow,
        anyCold,
        fc.array(fc.integer({ min: -3000, max: 4000 }), { maxLength: 6 }),
        fc.integer({ min: 0, max: 2879 }),
        anyZone,
        (owed, from, coldMinutes, visitMinutes, minute, zone) => {
          const cold = spansOf(coldMinutes, from);
          const visits = visitMinutes
            .toSorted((a, b) => a - b)
            .map((passed) => from + passed * minuteMs);
          const to = from + 2 * 24 * hourMs;
          const moment = from + minute * minuteMs;
          const last = visits.filter((visit) => visit <= moment).at(-1);
          const { state } = stateOf(
            { ...owed, lastVisitAt: last === undefined ? null : iso(last) },
            moment,
            cold.find(({ start, end }) => start <= moment && moment < end)?.factor ?? null,
            zone,
          );
          const spans = overdueSpans(owed, visits, from, to, cold, zone);
          const inside = spans.some(({ start, end }) => start <= moment && moment < end);
          expect(inside).toBe(state === 'overdue');
        },
      ),
      { numRuns: 3000 },
    );
  });
});
