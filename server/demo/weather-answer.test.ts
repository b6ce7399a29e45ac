/** Whatever hour a demo is started at, a cold wave is on its way, told in the shape of the service it stands for. */
import { describe, expect, it } from 'vitest';
import { offsetBy } from './plane.ts';
import { airAt } from './sky.ts';
import { answerForecast, UnknownParameter } from './weather-answer.ts';

const hourMs = 3_600_000;
const center = { lon: 126.53, lat: 45.8 };
const skyAt = (beganMs: number) => ({ seed: 7, beganMs, center });
const starts = Array.from({ length: 24 }, (_, hour) => Date.UTC(2026, 0, 5, hour, 20));

describe('the simulated weather', () => {
  it.each(starts)('is mild and wet before %d, and far below freezing a day later', (beganMs) => {
    const sky = skyAt(beganMs);
    const hours = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, hour) =>
        airAt(sky, center, beganMs + (from + hour) * hourMs),
      );
    const before = hours(-48, 1);
    expect(Math.min(...before.map((air) => air.temperatureCelsius))).toBeGreaterThan(-1);
    expect(before.some((air) => air.waterMm > 0.4 && air.temperatureCelsius <= 3)).toBe(true);
    const day = hours(0, 25).map((air) => air.temperatureCelsius);
    expect(day[0]! - Math.min(...day)).toBeGreaterThan(12);
    expect(Math.max(...hours(2, 14).map((air) => air.windKmh))).toBeGreaterThan(33);
  });

  it('never jumps, over all rounds', () => {
    const sky = skyAt(starts[0]!);
    for (let hour = -30; hour < 700; hour++) {
      const [a, b] = [0, 1].map((more) => airAt(sky, center, starts[0]! + (hour + more) * hourMs));
      expect(Math.abs(a!.temperatureCelsius - b!.temperatureCelsius)).toBeLessThan(3);
      expect(b!.windKmh).toBeGreaterThan(0);
      expect(b!.waterMm).toBeGreaterThanOrEqual(0);
    }
  });

  it('differs between the centre and the heights by a few degrees', () => {
    const sky = skyAt(starts[0]!);
    const heights = offsetBy(center, -6_000, 6_000);
    const difference =
      airAt(sky, center, starts[5]!).temperatureCelsius -
      airAt(sky, heights, starts[5]!).temperatureCelsius;
    expect(difference).toBeGreaterThan(1.5);
    expect(difference).toBeLessThan(5);
  });
});

describe('its answer', () => {
  const sky = skyAt(starts[9]!);
  const ask = (query: string, nowMs = starts[10]!) =>
    answerForecast(sky, new URLSearchParams(query), nowMs);

  it('has whole days from midnight, each variable as long as the times, with its unit', () => {
    const names = 'temperature_2m,wind_speed_10m,precipitation,rain,showers,snowfall,weather_code';
    const answer = ask(`latitude=45.8&longitude=126.5&hourly=${names}&past_days=2&forecast_days=3`);
    const { hourly, hourly_units: units } = answer as {
      hourly: Record<string, unknown[]>;
      hourly_units: Record<string, string>;
    };
    expect(hourly['time']![0]).toBe('2026-01-03T00:00');
    expect(hourly['time']).toHaveLength(120);
    for (const name of names.split(',')) {
      expect(hourly[name]).toHaveLength(120);
      expect(hourly[name]!.every((value) => Number.isFinite(value))).toBe(true);
      expect(units[name]).toBeTruthy();
    }
  });

  it('is a list for several places, numbered from the second on, and the same whenever it is asked for', () => {
    const query =
      'latitude=45.8,45.9&longitude=126.5,126.6&hourly=snowfall&past_hours=1&forecast_hours=48';
    const answer = ask(query) as { location_id?: number; hourly: { time: string[] } }[];
    expect(answer.map(({ location_id: id }) => id)).toEqual([undefined, 1]);
    expect(answer[0]!.hourly.time).toHaveLength(49);
    expect(ask(query)).toEqual(answer);
  });

  it.each([
    'longitude=126&hourly=rain',
    'latitude=45&longitude=x&hourly=rain',
    'latitude=45,46&longitude=126&hourly=rain',
    'latitude=45&longitude=126&hourly=cats',
    'latitude=45&longitude=126&past_days=9000',
  ])('refuses %s', (query) => {
    expect(() => ask(query)).toThrow(UnknownParameter);
  });
});
