import { expect, test } from 'vitest';
import { AppError } from '../errors.ts';
import { faultsError, findFaults, outsideCity, reporterKindOf } from './rules.ts';

const now = '2026-01-05T18:00:00.000Z';
const good = { seenAt: '2026-01-05T17:55:00.000Z', headcount: 1, note: '' };

test('a report within all bounds has no faults', () => {
  expect(findFaults(good, now)).toEqual([]);
  expect(
    findFaults({ seenAt: '2026-01-03T18:00:00.000Z', headcount: 200, note: 'x'.repeat(2000) }, now),
  ).toEqual([]);
});

test('a clock two minutes ahead is forgiven, more is not', () => {
  expect(findFaults({ ...good, seenAt: '2026-01-05T18:02:00.000Z' }, now)).toEqual([]);
  expect(findFaults({ ...good, seenAt: '2026-01-05T18:02:01.000Z' }, now)).toEqual([
    { field: 'seenAt', code: 'seen_in_future' },
  ]);
});

test('all faults of one report are told together', () => {
  const faults = findFaults(
    { seenAt: '2026-01-03T17:59:59.000Z', headcount: 0, note: 'x'.repeat(2001) },
    now,
  );
  expect(faults.map(({ code }) => code)).toEqual([
    'seen_too_long_ago',
    'headcount_out_of_range',
    'text_too_long',
  ]);
  const error = faultsError([...faults, outsideCity]);
  expect(error).toBeInstanceOf(AppError);
  expect(error.code).toBe('seen_too_long_ago');
  expect(error.details.fields?.map(({ field }) => field)).toEqual([
    'seenAt',
    'headcount',
    'note',
    'position',
  ]);
});

test('a headcount over 200 is a fault', () => {
  expect(findFaults({ ...good, headcount: 201 }, now)).toHaveLength(1);
});

test('who reports is taken from the account, and a desk without a kind is the hotline', () => {
  expect(reporterKindOf('patrol', 'courier')).toBe('patrol');
  expect(reporterKindOf('reporter', 'courier')).toBe('courier');
  expect(reporterKindOf('dispatcher', null)).toBe('hotline');
  expect(reporterKindOf('dispatcher', 'partner')).toBe('partner');
});
