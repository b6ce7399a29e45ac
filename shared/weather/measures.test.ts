import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rulePresets } from '../response/presets.ts';
import { beaufortOf, fallOfMinimum, feltAt, leastKmhOf, wetAt } from './measures.ts';
import type { HourTold } from './measures.ts';
import { fallings } from './schema.ts';
import { feltTemperature } from './wind-chill.ts';

const DATA = fileURLToPath(new URL('../../../shared/data/weather/wind_chill/', import.meta.url));
const missing = !existsSync(DATA);
const title = `the published tables${missing ? ` (skipped: no ${DATA})` : ''}`;
const read = (name: string) => readFileSync(`${DATA}${name}`, 'utf8');
const toCelsius = (fahrenheit: number) => ((fahrenheit - 32) * 5) / 9;
const toFahrenheit = (celsius: number) => (celsius * 9) / 5 + 32;
const kmhPerMile = 1.609344;

describe.skipIf(missing)(title, () => {
  it('give all 216 cells of the chart of the US National Weather Service', () => {
    const cells = read('nws_chart.csv')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').map(Number) as [number, number, number]);
    expect(cells).toHaveLength(216);
    const inOurs = ([fahrenheit, miles]: readonly number[]) =>
      toFahrenheit(feltTemperature(toCelsius(fahrenheit!), miles! * kmhPerMile));
    // The chart was made with the same index in °F and mph, its coefficients rounded on their own: by these every cell
    // comes out, and the metric ones stay within 0.32 °C of it, which shows in the last digit of 13 cells.
    const inFahrenheit = ([t, v]: readonly number[]) =>
      35.74 + 0.6215 * t! - 35.75 * v! ** 0.16 + 0.4275 * t! * v! ** 0.16;
    for (const cell of cells) {
      expect(Math.round(inFahrenheit(cell)) - cell[2]).toBeCloseTo(0);
      expect(Math.abs(inOurs(cell) - inFahrenheit(cell)) / 1.8).toBeLessThan(0.32);
      expect(Math.abs(inOurs(cell) - cell[2])).toBeLessThan(0.57);
    }
    expect(cells.filter((cell) => Math.round(inOurs(cell)) === cell[2])).toHaveLength(203);
  });

  it('give the reference cases of MetPy; where it leaves the index undefined, the air is what is felt', () => {
    const { cases } = JSON.parse(read('metpy_cases.json')) as {
      cases: { t: string; v: string; wc: string | null; tol?: string }[];
    };
    const kmhOf = { mph: kmhPerMile, 'm/s': 3.6 };
    for (const { t, v, wc } of cases) {
      const [degrees, scale] = t.split(' ') as [string, 'degF' | 'degC'];
      const [speed, unit] = v.split(' ') as [string, 'mph' | 'm/s'];
      const celsius = scale === 'degF' ? toCelsius(Number(degrees)) : Number(degrees);
      const felt = feltTemperature(celsius, Number(speed) * kmhOf[unit]);
      if (wc === null) {
        // MetPy's bound of 3 mph is 4.83 km/h, ours 4.8 as Environment Canada writes it.
        if (celsius > 10 || Number(speed) * kmhOf[unit] <= 4.8) expect(felt).toBe(celsius);
        else expect(felt).toBeLessThan(celsius);
        continue;
      }
      const said = wc.endsWith('degF') ? toFahrenheit(felt) : felt;
      expect(Math.abs(said - Number.parseFloat(wc))).toBeLessThan(0.57);
    }
  });

  it('are the cold-wave signals of the preset for China', () => {
    interface Signal {
      level: string;
      window_h: number;
      drop_c_ge: number;
      tmin_c_le: number;
      wind_beaufort_ge: number;
    }
    const { levels } = JSON.parse(read('cma_cold_wave_levels.json')) as { levels: Signal[] };
    const names: Record<string, string> = {
      蓝色: 'blue',
      黄色: 'yellow',
      橙色: 'orange',
      红色: 'red',
    };
    const waves = rulePresets.china.rules.filter(({ condition }) => condition.kind === 'cold_wave');
    expect(waves).toEqual(
      levels.map((signal) => ({
        level: names[signal.level],
        condition: {
          kind: 'cold_wave',
          windowHours: signal.window_h,
          fallCelsius: signal.drop_c_ge,
          minimumCelsius: signal.tmin_c_le,
          beaufort: signal.wind_beaufort_ge,
        },
      })),
    );
  });
});

const dry = { precipitationMm: 0, falling: 'none' } as const;
const hour = fc.record<HourTold>({
  temperatureCelsius: fc.integer({ min: -400, max: 300 }).map((t) => t / 10),
  windKmh: fc.integer({ min: 0, max: 150 }),
  precipitationMm: fc.constantFrom(null, 0, 0.2, 4),
  falling: fc.constantFrom(null, ...fallings),
});

describe('what an hour feels like', () => {
  it('is the wind chill for somebody dry', () => {
    expect(feltAt({ temperatureCelsius: -10, windKmh: 20, ...dry })).toEqual({
      feltCelsius: feltTemperature(-10, 20),
      wet: false,
    });
  });

  it.each([
    ['rain', 3, true],
    ['rain', 3.1, false],
    ['sleet', 1, true],
    ['freezing_rain', -6, true],
    ['snow', 0.5, true],
    ['snow', -2, false],
    ['snow', -12, false],
    ['none', 1, false],
    [null, 1, null],
    [null, 3.1, false],
    [null, -2, false],
  ] as const)('%s at %d °C is wet: %s', (falling, temperatureCelsius, wet) => {
    const precipitationMm = falling === 'none' ? 0 : null;
    const felt = feltAt({ temperatureCelsius, windKmh: 10, precipitationMm, falling });
    expect(felt.wet).toBe(wet);
  });

  it('is wet where water is told and not what kind, unless it is cold enough for dry snow', () => {
    const told = { windKmh: 10, precipitationMm: 0.4, falling: null };
    expect(feltAt({ ...told, temperatureCelsius: 0 }).wet).toBe(true);
    expect(feltAt({ ...told, temperatureCelsius: -5 }).wet).toBe(false);
  });

  it('is that of a dry person losing 1.3 times as much heat when it is wet', () => {
    const { feltCelsius } = feltAt({
      temperatureCelsius: 0,
      windKmh: 20,
      precipitationMm: 1,
      falling: 'rain',
    });
    expect(feltCelsius).toBeCloseTo(-16.71, 2);
  });

  it('is never milder wet than dry, nor milder than the air', () => {
    fc.assert(
      fc.property(hour, (told) => {
        const { feltCelsius } = feltAt(told);
        const asDry = feltAt({ ...told, ...dry }).feltCelsius!;
        expect(feltCelsius).toBeLessThanOrEqual(asDry);
        expect(feltCelsius).toBeLessThanOrEqual(told.temperatureCelsius!);
      }),
    );
  });

  it('never gets milder in colder air or in more wind', () => {
    const fewer = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(hour, fewer, fewer, (told, colder, windier) => {
        const kept = { ...told, falling: 'none', precipitationMm: 0 } as const;
        const worse = {
          ...kept,
          temperatureCelsius: told.temperatureCelsius! - colder / 10,
          windKmh: told.windKmh! + windier,
        };
        expect(feltAt(worse).feltCelsius!).toBeLessThanOrEqual(feltAt(kept).feltCelsius! + 1e-9);
      }),
    );
  });

  it('is not known, and never mild, without the temperature or the wind', () => {
    for (const gap of [{ temperatureCelsius: null }, { windKmh: null }]) {
      const told = { temperatureCelsius: -4, windKmh: 12, ...dry, ...gap };
      expect(feltAt(told).feltCelsius).toBeNull();
    }
    const unknown = {
      temperatureCelsius: null,
      windKmh: null,
      precipitationMm: null,
      falling: null,
    };
    expect(feltAt(unknown)).toEqual({ feltCelsius: null, wet: null });
  });

  it('can be asked for wet in warmer air than 3 °C', () => {
    const rain = {
      temperatureCelsius: 4,
      windKmh: 0,
      precipitationMm: 2,
      falling: 'rain',
    } as const;
    expect([wetAt(rain), wetAt(rain, 5)]).toEqual([false, true]);
  });
});

describe('wind forces', () => {
  it.each([
    [0, 0],
    [1, 0],
    [28.7, 4],
    [28.8, 5],
    [38.8, 5],
    [38.9, 6],
    [117.7, 12],
    [300, 12],
  ])('%d km/h is force %d', (kmh, force) => {
    expect(beaufortOf(kmh)).toBe(force);
  });

  it('begin at the least wind of each', () => {
    for (let force = 0; force <= 12; force++) expect(beaufortOf(leastKmhOf(force))).toBe(force);
    expect(leastKmhOf(13)).toBe(Infinity);
  });
});

describe('the fall of the minimum', () => {
  it('is counted against the day before, or the warmer of two days', () => {
    expect(fallOfMinimum(-6, [2, 5], 24)).toBe(8);
    expect(fallOfMinimum(-6, [2, 5], 48)).toBe(11);
    expect(fallOfMinimum(3, [2], 24)).toBe(-1);
  });

  it('is not known without what it is counted against', () => {
    expect(fallOfMinimum(null, [2, 5], 48)).toBeNull();
    expect(fallOfMinimum(-6, [null, 5], 24)).toBeNull();
    expect(fallOfMinimum(-6, [null, 5], 48)).toBe(11);
    expect(fallOfMinimum(-6, [], 48)).toBeNull();
  });
});
