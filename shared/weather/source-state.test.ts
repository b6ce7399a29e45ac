import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hourMs } from './hours.ts';
import { sourceKinds } from './schema.ts';
import { intervalMinutes, pauseMs, sourceState } from './source-state.ts';

const now = Date.UTC(2026, 0, 5, 18);
const told = (hoursAgo: number) => new Date(now - hoursAgo * hourMs).toISOString();

describe('a source', () => {
  it.each([
    [0, 'fresh'],
    [3, 'fresh'],
    [3.01, 'stale'],
    [12, 'stale'],
    [12.01, 'failing'],
    [400, 'failing'],
  ] as const)('that told something last %d h ago is %s', (hoursAgo, state) => {
    const source = { kind: 'open_meteo', enabled: true, toldAt: told(hoursAgo) } as const;
    expect(sourceState(source, now)).toBe(state);
  });

  it('that never told anything, or is switched off, is neither fresh nor stale', () => {
    const source = { kind: 'qweather', enabled: true, toldAt: null } as const;
    expect(sourceState(source, now)).toBe('never');
    expect(sourceState({ ...source, enabled: false, toldAt: told(0) }, now)).toBe('off');
  });
});

describe('the pause before the next question', () => {
  const answered = { failures: 0, retryAfterMs: null };
  it('is the interval after an answer, a little off', () => {
    expect(pauseMs('open_meteo', answered, 0)).toBe(27 * 60_000);
    expect(pauseMs('open_meteo', answered, 1)).toBe(33 * 60_000);
  });

  it('doubles with each failure and never exceeds the interval', () => {
    const minutes = [1, 2, 3, 4, 5, 6, 7, 40].map((failures) =>
      Math.round(pauseMs('open_meteo', { failures, retryAfterMs: null }, 0.5) / 60_000),
    );
    expect(minutes).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
  });

  it('is at least what the provider asks for, up to six hours, and never nothing', () => {
    expect(pauseMs('cap_feed', { failures: 1, retryAfterMs: 3_600_000 }, 0.5)).toBe(3_600_000);
    expect(pauseMs('cap_feed', { failures: 1, retryAfterMs: 99 * hourMs }, 0.5)).toBe(6 * hourMs);
    fc.assert(
      fc.property(
        fc.constantFrom(...sourceKinds),
        fc.nat(5000),
        fc.option(fc.nat()),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (kind, failures, retryAfterMs, chance) => {
          const pause = pauseMs(kind, { failures, retryAfterMs }, chance);
          expect(pause).toBeGreaterThan(50_000);
          expect(pause).toBeLessThanOrEqual(Math.max(intervalMinutes[kind] * 66_000, 6 * hourMs));
        },
      ),
    );
  });
});
