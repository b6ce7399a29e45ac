import { describe, expect, it } from 'vitest';
import { coldNightOf, isHigher, isReal, saysTheSame } from './rules.ts';
import { responseLevels } from './schema.ts';
import { aNight } from './testing/a-night.ts';

describe('a declaration', () => {
  const inForce = aNight({ temperatureCelsius: -13.100000381469727 });
  it('that says the same as the one in force changes nothing', () => {
    const again = {
      level: 'orange',
      temperatureCelsius: -13.1,
      windKmh: 20,
      note: '',
      drill: false,
      untilAt: null,
    } as const;
    expect(saysTheSame(inForce, again)).toBe(true);
    expect(saysTheSame(inForce, { ...again, level: 'red' })).toBe(false);
    expect(saysTheSame(inForce, { ...again, windKmh: 25 })).toBe(false);
    expect(saysTheSame(inForce, { ...again, note: '雪' })).toBe(false);
    expect(saysTheSame(inForce, { ...again, drill: true })).toBe(false);
    expect(saysTheSame(inForce, { ...again, untilAt: '2026-01-06T00:00:00.000Z' })).toBe(false);
  });

  it('counts while it is in force and no drill', () => {
    expect(isReal(inForce)).toBe(true);
    expect(isReal({ ...inForce, drill: true })).toBe(false);
    expect(isReal({ ...inForce, endedAt: inForce.declaredAt })).toBe(false);
    expect(isReal(null)).toBe(false);
  });

  it('says how often key points are seen, a drill does not', () => {
    expect(coldNightOf(inForce)).toBe(0.75);
    expect(coldNightOf({ ...inForce, effects: null })).toBe(1);
    expect(coldNightOf({ ...inForce, drill: true })).toBeNull();
    expect(coldNightOf(null)).toBeNull();
  });

  it('has levels in the order blue, yellow, orange, red', () => {
    for (const [index, level] of responseLevels.entries()) {
      for (const [other, than] of responseLevels.entries()) {
        expect(isHigher(level, than)).toBe(index > other);
      }
    }
  });
});
