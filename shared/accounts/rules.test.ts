import { describe, expect, it } from 'vitest';
import { endsSessions, losesLastAdministrator, sessionSeconds, shouldSlide } from './rules.ts';

const administrator = { role: 'administrator', disabled: false } as const;

describe('a session', () => {
  it('lasts half a day for staff and a month for reporters', () => {
    expect(sessionSeconds('dispatcher')).toBe(12 * 3600);
    expect(sessionSeconds('reporter')).toBe(30 * 24 * 3600);
  });

  it('is written again only after a part of its time', () => {
    const now = Date.parse('2026-01-05T18:00:00.000Z');
    const endsIn = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
    expect(shouldSlide('dispatcher', endsIn(12 * 60 - 29), now)).toBe(false);
    expect(shouldSlide('dispatcher', endsIn(12 * 60 - 31), now)).toBe(true);
  });
});

describe('an account', () => {
  it('that is the last administrator stays one', () => {
    expect(losesLastAdministrator(administrator, { ...administrator, disabled: true }, 0)).toBe(
      true,
    );
    expect(losesLastAdministrator(administrator, { role: 'auditor', disabled: false }, 0)).toBe(
      true,
    );
    expect(losesLastAdministrator(administrator, { role: 'auditor', disabled: false }, 1)).toBe(
      false,
    );
    expect(losesLastAdministrator(administrator, administrator, 0)).toBe(false);
    expect(
      losesLastAdministrator(
        { role: 'patrol', disabled: false },
        { role: 'auditor', disabled: false },
        0,
      ),
    ).toBe(false);
  });

  it('that is disabled or gets another role has to sign in again', () => {
    expect(endsSessions(administrator, { ...administrator, disabled: true })).toBe(true);
    expect(endsSessions(administrator, { role: 'patrol', disabled: false })).toBe(true);
    expect(endsSessions(administrator, administrator)).toBe(false);
  });
});
