import { describe, expect, it } from 'vitest';
import { hourMs, seriesOf, untold } from './hours.ts';
import type { SourceState, SourceView, WeatherPoint, WeatherView } from './schema.ts';
import { feltOf, weatherAt } from './where.ts';

const at = '2026-01-05T18:20:00.000Z';
const from = Date.parse('2026-01-05T18:00:00.000Z');
const here = { lon: 116.4, lat: 39.9 };
const eastOf = (meters: number) => ({ lon: 116.4 + meters / 85_300, lat: 39.9 });
const hours = (temperatureCelsius: number | null, windKmh: number | null = 20) =>
  seriesOf(from, [{ ...untold, temperatureCelsius, windKmh }]);
const source = (
  id: string,
  state: SourceState,
  kind: SourceView['kind'] = 'open_meteo',
): SourceView => ({
  id,
  kind,
  name: id,
  address: '',
  hasKey: false,
  enabled: true,
  places: [],
  grid: false,
  state,
  lastAnswerAt: null,
  lastAttemptAt: null,
  nextAttemptAt: null,
  faults: [],
});
const point = (
  sourceId: string,
  position: { lon: number; lat: number },
  temperatureCelsius: number | null,
  more: Partial<WeatherPoint> = {},
): WeatherPoint => ({
  sourceId,
  id: `${position.lon}`,
  name: '',
  kind: 'grid',
  ...position,
  issuedAt: at,
  hours: hours(temperatureCelsius),
  ...more,
});
type Known = Pick<WeatherView, 'city' | 'points' | 'sources'>;
const temperatureAt = (known: Partial<Known>, moment = at): number | null =>
  weatherAt({ city: hours(null), points: [], sources: [], ...known }, here, moment, Date.parse(at))
    ?.temperatureCelsius ?? null;

describe('the weather where somebody stands', () => {
  const a = source('a', 'fresh');
  it('lies between the points around, nearer to the nearer one', () => {
    const points = [point('a', eastOf(-2000), -10), point('a', eastOf(4000), -20)];
    expect(temperatureAt({ sources: [a], points })).toBeCloseTo(-12, 1);
    expect(
      temperatureAt({ sources: [a], points: [point('a', here, -10), points[1]!] }),
    ).toBeCloseTo(-10, 3);
  });

  it('is a station’s word within 1.5 km, whatever a model says', () => {
    const points = [
      point('a', eastOf(100), -20),
      point('a', eastOf(1400), -8, { kind: 'station' }),
    ];
    expect(temperatureAt({ sources: [a], points })).toBe(-8);
    const further = [points[0]!, point('a', eastOf(1600), -8, { kind: 'station' })];
    expect(temperatureAt({ sources: [a], points: further })).toBeLessThan(-19);
  });

  it('is the colder word of two sources, not the middle', () => {
    const points = [point('a', here, -5), point('b', here, -15)];
    expect(temperatureAt({ sources: [a, source('b', 'fresh')], points })).toBe(-15);
  });

  it('is the city’s hour where no fresh source has a point', () => {
    const points = [point('b', here, -15), point('a', eastOf(80_000), -30)];
    const known = { sources: [a, source('b', 'stale')], points, city: hours(-9) };
    expect(temperatureAt(known)).toBe(-9);
  });

  it('is what was typed in for the hour, above everything', () => {
    const sources = [a, source('h', 'fresh', 'hand')];
    const points = [point('a', here, -20), point('h', here, -12, { kind: 'station' })];
    expect(temperatureAt({ sources, points, city: hours(-12) })).toBe(-12);
    const other = new Date(from + hourMs).toISOString();
    expect(temperatureAt({ sources, points, city: hours(-12) }, other)).toBeNull();
  });

  it('is unknown where nobody tells a temperature', () => {
    expect(temperatureAt({})).toBeNull();
    expect(temperatureAt({ sources: [a], points: [point('a', here, null)] })).toBeNull();
  });

  it('feels as cold as the air at least where nobody tells of wind', () => {
    const calm = (celsius: number) => [point('a', here, celsius, { hours: hours(celsius, null) })];
    const felt = (points: WeatherPoint[], city = hours(null)) => {
      const there = weatherAt({ sources: [a], points, city }, here, at, Date.parse(at));
      return there && [there.temperatureCelsius, there.windKmh, Math.round(there.feltCelsius)];
    };
    expect(felt(calm(-15))).toEqual([-15, null, -15]);
    expect(felt([], hours(-9, null))).toEqual([-9, null, -9]);
    expect(felt(calm(-15), hours(-14))).toEqual([-14, 20, -23]);
    expect(felt(calm(-30), hours(-14))).toEqual([-30, null, -30]);
    const windy = [...calm(-30), point('a', eastOf(2000), -14)];
    expect(felt(windy)).toEqual([-14, 20, -23]);
    const there = weatherAt(
      { sources: [a], points: calm(-15), city: hours(null) },
      here,
      at,
      Date.parse(at),
    )!;
    expect([feltOf(there, null), feltOf(there, -20), feltOf(there, -3)]).toEqual([-15, -20, -15]);
    expect(feltOf({ ...there, windKmh: 0 }, -20)).toBe(-15);
  });

  it('leaves out a point whose own word is old, though its source answers', () => {
    const points = (hoursAgo: number) => [
      point('a', here, -20, {
        issuedAt: new Date(Date.parse(at) - hoursAgo * hourMs).toISOString(),
      }),
      point('a', eastOf(3000), -8),
    ];
    expect(temperatureAt({ sources: [a], points: points(2) })).toBeLessThan(-19);
    expect(temperatureAt({ sources: [a], points: points(4) })).toBe(-8);
  });
});
