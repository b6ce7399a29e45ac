import { describe, expect, it } from 'vitest';
import { coldBand, coldBands, isHigher, saysTheSame } from './rules.ts';
import { responseLevels } from './schema.ts';
import type { ActivationView } from './schema.ts';

describe('the band of a felt temperature', () => {
  it.each([
    [8, 'mild'],
    [0, 'chill'],
    [-9.9, 'chill'],
    [-10, 'hypothermia'],
    [-27, 'hypothermia'],
    [-28, 'skin_30'],
    [-39, 'skin_30'],
    [-40, 'skin_10'],
    [-47, 'skin_10'],
    [-48, 'skin_5'],
    [-54, 'skin_5'],
    [-55, 'skin_2'],
    [-70, 'skin_2'],
  ] as const)('of %d °C is %s', (felt, band) => {
    expect(coldBand(felt)).toBe(band);
  });

  it('never gets milder when it gets colder', () => {
    const order = Array.from({ length: 90 }, (_, step) => coldBands.indexOf(coldBand(20 - step)));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });
});

describe('a declaration', () => {
  const inForce: ActivationView = {
    id: 'x',
    level: 'orange',
    temperatureCelsius: -13.100000381469727,
    windKmh: 20,
    feltCelsius: -21.8,
    note: '',
    declaredAt: '2026-01-05T18:00:00.000Z',
    endedAt: null,
  };
  it('that says the same as the one in force changes nothing', () => {
    const again = { level: 'orange', temperatureCelsius: -13.1, windKmh: 20, note: '' } as const;
    expect(saysTheSame(inForce, again)).toBe(true);
    expect(saysTheSame(inForce, { ...again, level: 'red' })).toBe(false);
    expect(saysTheSame(inForce, { ...again, windKmh: 25 })).toBe(false);
    expect(saysTheSame(inForce, { ...again, note: '雪' })).toBe(false);
  });

  it('has levels in the order blue, yellow, orange, red', () => {
    for (const [index, level] of responseLevels.entries()) {
      for (const [other, than] of responseLevels.entries()) {
        expect(isHigher(level, than)).toBe(index > other);
      }
    }
  });
});
