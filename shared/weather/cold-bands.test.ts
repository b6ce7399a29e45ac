import { describe, expect, it } from 'vitest';
import { coldBand, coldBands } from './cold-bands.ts';

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
