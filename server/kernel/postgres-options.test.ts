import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isoInstant } from './postgres-options.ts';

it('reads instants as ISO-8601 in UTC with milliseconds', () => {
  expect(isoInstant('2026-01-05 18:03:00+00')).toBe('2026-01-05T18:03:00.000Z');
  expect(isoInstant('2026-01-05 18:03:00.1+00')).toBe('2026-01-05T18:03:00.100Z');
  expect(isoInstant('2026-01-05 18:03:00.123987+00')).toBe('2026-01-05T18:03:00.123Z');
  expect(isoInstant('2026-01-06 02:03:00+08')).toBe('2026-01-05T18:03:00.000Z');
  expect(isoInstant('infinity')).toBe('infinity');
});

it('gives every instant back as it was written', () => {
  const instants = fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(instants, (date) => {
      const iso = date.toISOString();
      const fraction = iso.slice(19, -1).replace(/\.?0+$/, '');
      const asPostgres = `${iso.slice(0, 10)} ${iso.slice(11, 19)}${fraction}+00`;
      expect(isoInstant(asPostgres)).toBe(iso);
    }),
  );
});
