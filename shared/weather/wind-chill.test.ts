import { expect, test } from 'vitest';
import { feltTemperature } from './wind-chill.ts';

test.each([
  [-10, 20, -17.86],
  [-13, 20, -21.65],
  [-20, 30, -32.57],
  [0, 20, -5.24],
])('%d °C with %d km/h of wind is felt as %d °C', (temperature, wind, felt) => {
  expect(feltTemperature(temperature, wind)).toBeCloseTo(felt, 2);
});

test('outside the range of the formula the air temperature is what is felt', () => {
  expect(feltTemperature(10.1, 40)).toBe(10.1);
  expect(feltTemperature(-15, 4.8)).toBe(-15);
  expect(feltTemperature(-15, 0)).toBe(-15);
});
