import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hourAt, hourMs, seriesOf, untold } from './hours.ts';
import { feltAt } from './measures.ts';
import type { HourTold } from './measures.ts';
import { coldestHour, contradiction, mergeSeries, overruled } from './merge.ts';
import { fallings } from './schema.ts';
import type { HourSeries } from './schema.ts';

const start = Date.UTC(2026, 0, 5, 12);
const nullable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 });
const anHour: fc.Arbitrary<HourTold> = fc.record({
  temperatureCelsius: nullable(fc.integer({ min: -40, max: 20 })),
  windKmh: nullable(fc.integer({ min: 0, max: 80 })),
  precipitationMm: nullable(fc.integer({ min: 0, max: 9 })),
  falling: nullable(fc.constantFrom(...fallings)),
});
const aSeries: fc.Arbitrary<HourSeries> = fc
  .tuple(fc.integer({ min: -5, max: 5 }), fc.array(anHour, { maxLength: 8 }))
  .map(([shift, hours]) => seriesOf(start + shift * hourMs, hours));
const severalSeries = fc.array(aSeries, { maxLength: 5 });
const span = Array.from({ length: 24 }, (_, index) => start + (index - 8) * hourMs);

describe('several words about the same hours', () => {
  it('come to the same in whatever order', () => {
    fc.assert(
      fc.property(severalSeries, (series) => {
        expect(mergeSeries(series.toReversed())).toEqual(mergeSeries(series));
      }),
    );
  });

  it('are never milder than the coldest of them, in the air and as it feels', () => {
    fc.assert(
      fc.property(severalSeries, (series) => {
        const merged = mergeSeries(series);
        for (const at of span)
          for (const one of series) {
            const told = hourAt(one, at);
            const word = merged === null ? untold : hourAt(merged, at);
            if (told.temperatureCelsius !== null)
              expect(word.temperatureCelsius).toBeLessThanOrEqual(told.temperatureCelsius);
            const { feltCelsius } = feltAt(told);
            if (feltCelsius !== null)
              expect(feltAt(word).feltCelsius).toBeLessThanOrEqual(feltCelsius + 1e-9);
          }
      }),
      { numRuns: 1_000 },
    );
  });

  it('leave an hour untold that nobody told, and tell no value that nobody said', () => {
    fc.assert(
      fc.property(severalSeries, (series) => {
        const merged = mergeSeries(series);
        for (const at of span)
          for (const column of [
            'temperatureCelsius',
            'windKmh',
            'precipitationMm',
            'falling',
          ] as const) {
            const told = series.map((one) => hourAt(one, at)[column]).filter((one) => one !== null);
            const word = merged === null ? null : hourAt(merged, at)[column];
            const mayWet =
              column === 'falling' && series.some((one) => feltAt(hourAt(one, at)).wet === true);
            if (mayWet && word === 'sleet') continue;
            expect(told.length === 0 ? word === null : told.includes(word as never)).toBe(true);
          }
      }),
    );
  });
});

it('wet snow by one word and colder air by another may wet in the colder air', () => {
  const wetSnow = {
    temperatureCelsius: 0,
    windKmh: 10,
    precipitationMm: 1,
    falling: 'snow',
  } as const;
  const dry = { temperatureCelsius: -4, windKmh: 10, precipitationMm: 0, falling: 'snow' } as const;
  expect(coldestHour([wetSnow, dry])).toEqual({
    ...wetSnow,
    temperatureCelsius: -4,
    falling: 'sleet',
  });
  expect(coldestHour([wetSnow])).toEqual(wetSnow);
});

describe('a word typed in', () => {
  const forecast: HourTold = {
    temperatureCelsius: -20,
    windKmh: 40,
    precipitationMm: 2,
    falling: 'snow',
  };
  it('takes the place of a forecast, warmer or colder', () => {
    const word = { ...forecast, temperatureCelsius: -3, windKmh: 5, falling: 'rain' as const };
    expect(overruled(forecast, word)).toEqual(word);
  });
  it('leaves what falls to the forecast where it doesn’t say', () => {
    const word = { ...untold, temperatureCelsius: 1, windKmh: 5 };
    expect(overruled(forecast, word)).toEqual({ ...forecast, temperatureCelsius: 1, windKmh: 5 });
  });
  it('that isn’t there changes nothing', () => {
    expect(overruled(forecast, untold)).toEqual(forecast);
  });
});

describe('two sources', () => {
  const of = (...temperatures: (number | null)[]): HourSeries =>
    seriesOf(
      start,
      temperatures.map((temperatureCelsius) => ({ ...untold, temperatureCelsius })),
    );
  const hours = { fromMs: start, untilMs: start + 3 * hourMs };
  it('contradict each other from more than 5 °C on, in an hour that both tell', () => {
    expect(contradiction(of(-1, -2, -3), of(-6, -7, -3), hours)).toBeNull();
    expect(contradiction(of(-1, -2, -3), of(-6, -7.4, -3), hours)).toBe(5.4);
    expect(contradiction(of(null, -2), of(-30, null), hours)).toBeNull();
    expect(contradiction(of(0, 0, 0, 0), of(0, 0, 0, -20), hours)).toBeNull();
  });
});
