import { describe, expect, it } from 'vitest';
import { instantSchema } from './wire.ts';

describe('a time on the wire', () => {
  it.each([
    ['2026-01-05T18:03:00Z', '2026-01-05T18:03:00.000Z'],
    ['2026-01-06T02:03:00.123456+08:00', '2026-01-05T18:03:00.123Z'],
    // more than PostgreSQL takes for an offset
    ['2026-01-06T17:03:00+23:00', '2026-01-05T18:03:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('%s is brought to UTC with milliseconds', (text, expected) => {
    expect(instantSchema.parse(text)).toBe(expected);
  });

  it.each(['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+23:59', '2026-02-30T00:00:00Z', 'now', ''])(
    '%s is refused',
    (text) => expect(instantSchema.safeParse(text).success).toBe(false),
  );

  it('beyond the last year we write is refused', () => {
    expect(instantSchema.safeParse('9999-12-31T23:59:59-23:59').success).toBe(false);
  });
});
