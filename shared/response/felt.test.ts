import { expect, test } from 'vitest';
import type { WeatherNews } from '../weather/schema.ts';
import { feltNow } from './felt.ts';
import { aNight } from './testing/a-night.ts';

const now = { at: '2026-01-05T18:00:00.000Z', temperatureCelsius: -9, windKmh: 18, wet: false };
const news: WeatherNews = {
  revision: 1,
  now: { ...now, feltCelsius: -16 },
  toldAt: '2026-01-05T17:50:00.000Z',
  stale: false,
};
const night = aNight();

test('fresh weather is believed before what somebody typed hours ago', () => {
  expect(feltNow(news, night)).toBe(-16);
  expect(feltNow(news, null)).toBe(-16);
});

test('without fresh weather it is what the declared night says', () => {
  expect(feltNow({ ...news, stale: true }, night)).toBe(-21.6);
  expect(feltNow({ ...news, now: null }, night)).toBe(-21.6);
  expect(feltNow(null, night)).toBe(-21.6);
});

test('air that is told without its wind is as cold as it feels at least', () => {
  const windless = { ...news, now: null, airCelsius: -24 };
  expect(feltNow(windless, null)).toBe(-24);
  expect(feltNow(windless, night)).toBe(-24);
  expect(feltNow({ ...windless, airCelsius: -3 }, night)).toBe(-21.6);
  expect(feltNow({ ...windless, stale: true }, null)).toBeNull();
});

test('a night that is over, a drill, and nothing at all tell nothing', () => {
  expect(feltNow(null, { ...night, endedAt: '2026-01-06T01:00:00.000Z' })).toBeNull();
  expect(feltNow(null, { ...night, drill: true })).toBeNull();
  expect(feltNow(null, null)).toBeNull();
});
