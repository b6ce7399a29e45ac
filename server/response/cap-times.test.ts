import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capTime, expiresAt } from './cap-times.ts';

const hourMs = 3_600_000;
const anyInstant = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const anyZone = fc.constantFrom(
  'Asia/Shanghai',
  'UTC',
  'Europe/London',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Pacific/Auckland',
  'America/New_York',
);

describe('a time in an alert', () => {
  it.each([
    ['2026-01-05T12:00:00.000Z', 'Asia/Shanghai', '2026-01-05T20:00:00+08:00'],
    ['2026-01-05T23:59:59.999Z', 'UTC', '2026-01-05T23:59:59-00:00'],
    ['2026-01-05T12:00:00.000Z', 'Europe/London', '2026-01-05T12:00:00-00:00'],
    ['2026-07-05T12:00:00.000Z', 'Europe/London', '2026-07-05T13:00:00+01:00'],
    ['2026-01-05T01:00:00.000Z', 'America/St_Johns', '2026-01-04T21:30:00-03:30'],
  ])('%s in %s is %s', (at, zone, expected) => {
    expect(capTime(at, zone)).toBe(expected);
  });

  it('is the same moment to the second, in the form that the standard asks for', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (at, zone) => {
        const written = capTime(at, zone);
        expect(written).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$/);
        expect(written).not.toContain('+00:00');
        expect(Date.parse(written)).toBe(Math.floor(Date.parse(at) / 1000) * 1000);
      }),
    );
  });
});

describe('an alert expires', () => {
  const night = { toHour: 8, timeZone: 'Asia/Shanghai' };
  const now = '2026-01-05T12:00:00.000Z';
  it('when the night is meant to be over, else in the morning', () => {
    const untilAt = '2026-01-05T23:30:00.000Z';
    expect(expiresAt({ now, untilAt }, night)).toBe(untilAt);
    expect(expiresAt({ now, untilAt: null }, night)).toBe('2026-01-06T00:00:00.000Z');
    // Twenty minutes before the morning it is the next one.
    const late = '2026-01-05T23:40:00.000Z';
    expect(expiresAt({ now: late, untilAt: null }, night)).toBe('2026-01-07T00:00:00.000Z');
  });

  it('never before the cold that it tells of begins', () => {
    // Before dawn, for the coming evening.
    const early = { now: '2026-01-04T22:30:00.000Z', onsetAt: '2026-01-05T10:00:00.000Z' };
    expect(expiresAt({ ...early, untilAt: null }, night)).toBe('2026-01-06T00:00:00.000Z');
    expect(expiresAt({ ...early, untilAt: '2026-01-05T09:00:00.000Z' }, night)).toBe(
      '2026-01-05T13:00:00.000Z',
    );
  });

  it('some hours on where the night goes on beyond what was meant', () => {
    const untilAt = '2026-01-05T12:10:00.000Z';
    expect(expiresAt({ now, untilAt }, night)).toBe('2026-01-05T15:00:00.000Z');
    expect(expiresAt({ now, untilAt: '2026-01-05T08:00:00.000Z' }, night)).toBe(
      '2026-01-05T15:00:00.000Z',
    );
  });

  it('always, in an hour at the soonest and about a day at the latest unless somebody said later', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, fc.nat(23), (at, timeZone, toHour) => {
        const left = Date.parse(expiresAt({ now: at, untilAt: null }, { toHour, timeZone }));
        expect(left - Date.parse(at)).toBeGreaterThanOrEqual(hourMs);
        expect(left - Date.parse(at)).toBeLessThanOrEqual(49.5 * hourMs);
      }),
    );
  });
});
