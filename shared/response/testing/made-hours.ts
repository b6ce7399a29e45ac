/** Hours made up for the tests of the rules. */
import fc from 'fast-check';
import { feltTemperature } from '../../weather/wind-chill.ts';
import { fallings } from '../../weather/schema.ts';
import type { HourSeries } from '../../weather/schema.ts';
import type { HourTold } from '../../weather/measures.ts';
import { responseLevels } from '../levels.ts';
import type { ResponseRule, ResponseRules } from '../rule-schema.ts';
import type { ActivationView } from '../schema.ts';

export const hourMs = 3_600_000;
export const isoOf = (ms: number): string => new Date(ms).toISOString();
export const untold: HourTold = {
  temperatureCelsius: null,
  windKmh: null,
  precipitationMm: null,
  falling: null,
};

export const seriesOf = (fromAt: string, hours: readonly HourTold[]): HourSeries => ({
  fromAt,
  temperatureCelsius: hours.map((hour) => hour.temperatureCelsius),
  windKmh: hours.map((hour) => hour.windKmh),
  precipitationMm: hours.map((hour) => hour.precipitationMm),
  falling: hours.map((hour) => hour.falling),
});

/** So many dry hours, the temperature by the hour's number. */
export const hoursOf = (
  count: number,
  celsius: (hour: number) => number,
  windKmh = 0,
): HourTold[] =>
  Array.from({ length: count }, (_, hour) => ({
    temperatureCelsius: celsius(hour),
    windKmh,
    precipitationMm: 0,
    falling: 'none',
  }));

export const inForceAs = (changes: Partial<ActivationView>): ActivationView => ({
  id: 'night',
  level: 'orange',
  temperatureCelsius: -13,
  windKmh: 20,
  feltCelsius: feltTemperature(-13, 20),
  note: '',
  drill: false,
  reasons: [],
  byRule: true,
  untilAt: null,
  declaredAt: '2026-01-01T00:00:00.000Z',
  endedAt: null,
  proposalId: null,
  effects: null,
  ...changes,
});

export const toldHour: fc.Arbitrary<HourTold> = fc.record({
  temperatureCelsius: fc.integer({ min: -300, max: 120 }).map((t) => t / 10),
  windKmh: fc.integer({ min: 0, max: 80 }),
  precipitationMm: fc.constantFrom(0, 0, 0, 0.3, 5),
  falling: fc.constantFrom(...fallings, 'none', 'none'),
});
/** Now and then one that nothing, or not everything, is told of. */
export const anyHour: fc.Arbitrary<HourTold> = fc.oneof(
  { weight: 8, arbitrary: toldHour },
  { weight: 1, arbitrary: fc.constant(untold) },
  { weight: 1, arbitrary: toldHour.map((hour) => ({ ...hour, windKmh: null })) },
  {
    weight: 1,
    arbitrary: toldHour.map((hour) => ({ ...hour, precipitationMm: null, falling: null })),
  },
);

const celsius = fc.integer({ min: -30, max: 5 });
const hours = fc.integer({ min: 1, max: 8 });
export const anyRule: fc.Arbitrary<ResponseRule> = fc.record({
  level: fc.constantFrom(...responseLevels),
  condition: fc.oneof(
    fc.record({ kind: fc.constant('felt_below' as const), celsius, hours }),
    fc.record({ kind: fc.constant('air_below' as const), celsius, hours }),
    fc.record({ kind: fc.constant('wet' as const), celsius: fc.constantFrom(1, 3, 5), hours }),
    fc.record({
      kind: fc.constant('cold_wave' as const),
      windowHours: fc.constantFrom(24 as const, 48 as const),
      fallCelsius: fc.integer({ min: 4, max: 16 }),
      minimumCelsius: fc.integer({ min: -10, max: 4 }),
      beaufort: fc.option(fc.integer({ min: 1, max: 7 }), { nil: null }),
    }),
  ),
});
export const anyRules: fc.Arbitrary<ResponseRules> = fc.record({
  rules: fc.array(anyRule, { maxLength: 8 }),
  night: fc.record({ fromHour: fc.nat({ max: 23 }), toHour: fc.nat({ max: 23 }) }),
  leadHours: fc.nat({ max: 48 }),
  calmHours: fc.integer({ min: 1, max: 48 }),
});
