import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hourAt, hourMs, seriesOf, untold } from '../../shared/weather/hours.ts';
import { countedOf, joinHours } from './stored-hours.ts';
import type { StoredHours } from './stored-hours.ts';

const now = Date.UTC(2026, 0, 5, 18, 20);
const thisHour = Date.UTC(2026, 0, 5, 18);
const told = (from: number, temperatures: readonly (number | null)[]) =>
  seriesOf(
    thisHour + from * hourMs,
    temperatures.map((temperatureCelsius) => ({ ...untold, temperatureCelsius })),
  );
const anAnswer = fc.record({
  hours: fc
    .tuple(
      fc.integer({ min: -6, max: 6 }),
      fc.array(fc.option(fc.integer({ min: -30, max: 5 }), { nil: null }), { maxLength: 8 }),
    )
    .map(([from, temperatures]) => told(from, temperatures)),
  toldMs: fc.integer({ min: 0, max: 30 }).map((hours) => now - hours * hourMs),
});
const span = Array.from({ length: 30 }, (_, index) => thisHour + (index - 10) * hourMs);

describe('the hours of a point', () => {
  it('come to the latest word about each, in whatever order the answers came', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anAnswer, { maxLength: 5, selector: (one) => one.toldMs }),
        (answers) => {
          let kept: StoredHours | null = null;
          for (const { hours, toldMs } of answers)
            kept = joinHours(kept, hours, { toldMs, nowMs: now });
          for (const at of span) {
            const words = answers
              .filter(({ hours }) => hourAt(hours, at).temperatureCelsius !== null)
              .sort((a, b) => b.toldMs - a.toldMs);
            const latest = words[0] ? hourAt(words[0].hours, at).temperatureCelsius : null;
            const stored = kept === null ? null : hourAt(kept, at).temperatureCelsius;
            expect(stored).toBe(latest);
            const counted =
              kept === null ? null : hourAt(countedOf(kept, now), at).temperatureCelsius;
            const isOld =
              at >= thisHour && words[0] !== undefined && words[0].toldMs < now - 12 * hourMs;
            expect(counted).toBe(isOld ? null : latest);
          }
        },
      ),
    );
  });

  it('of more than two days ago are let go', () => {
    const kept = joinHours(null, told(-60, Array(70).fill(-9)), { toldMs: now, nowMs: now });
    expect(kept.fromAt).toBe(new Date(thisHour - 48 * hourMs).toISOString());
    expect(kept.toldMs).toHaveLength(58);
  });
});
