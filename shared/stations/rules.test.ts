import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vulnerableFlags } from '../sightings/flags.ts';
import { arrivalEstimate, daysOf, fittingKinds, holdExpiry } from './rules.ts';

const anyFlags = fc.subarray([...vulnerableFlags]);

describe('kinds of places that fit', () => {
  it('are always some, each once, and the order of what is known of somebody changes nothing', () => {
    fc.assert(
      fc.property(anyFlags, (flags) => {
        const kinds = fittingKinds(flags);
        expect(kinds.length).toBeGreaterThan(0);
        expect(new Set(kinds).size).toBe(kinds.length);
        expect(fittingKinds(flags.toReversed())).toEqual(kinds);
      }),
    );
  });

  it('never put a minor among grown-ups who share a room', () => {
    fc.assert(
      fc.property(anyFlags, (flags) => {
        const kinds = fittingKinds([...flags, 'minor']);
        // with an infant it is a mother, however young, who shares with women
        expect(kinds).not.toContain('men');
        if (!flags.includes('with_infant')) expect(kinds).not.toContain('women');
      }),
    );
  });

  it('put a family together, and who cannot climb stairs where there are none', () => {
    expect(fittingKinds(['with_infant', 'ill'])[0]).toBe('family');
    expect(fittingKinds(['limited_mobility', 'elderly'])[0]).toBe('wheelchair');
    expect(fittingKinds([])).toEqual(['general', 'men', 'women']);
  });
});

describe('times', () => {
  const at = '2026-01-05T18:00:00.000Z';

  it('of a hold end half an hour after the arrival', () => {
    expect(holdExpiry(at)).toBe('2026-01-05T18:30:00.000Z');
  });

  it('of a stay count whole days, none before the first is over', () => {
    expect(daysOf(at, '2026-01-06T17:59:59.000Z')).toBe(0);
    expect(daysOf(at, '2026-01-15T18:00:00.000Z')).toBe(10);
    expect(daysOf(at, '2026-01-01T00:00:00.000Z')).toBe(0);
  });

  it('of an arrival nobody planned: getting in, then the drive', () => {
    const here = { lon: 116.4, lat: 39.9 };
    expect(arrivalEstimate(at, here, here)).toBe('2026-01-05T18:10:00.000Z');
    const far = arrivalEstimate(at, here, { lon: 116.4, lat: 39.99 });
    const minutes = (Date.parse(far) - Date.parse(at)) / 60_000;
    expect(minutes).toBeGreaterThan(25);
    expect(minutes).toBeLessThan(60);
  });
});
