import { expect, it } from 'vitest';
import { judge } from '../../shared/response/judge.ts';
import { rulePresets } from '../../shared/response/presets.ts';
import { assemble } from './assemble.ts';
import type { PastRow } from './assemble.ts';
import { cityPastHours } from './stored-hours.ts';

const hourMs = 3_600_000;
/** 05:00 in China, late in the night */
const nowMs = Date.parse('2026-01-20T21:00:00.000Z');

it('the hours of a city reach back to the day that a fall within 48 h is counted from, until the night ends', () => {
  // 6 °C two days before, then 1 °C, and −3 °C now: 9 °C in two days, 4 °C in the last one.
  const minimumOf = (ms: number): number => {
    const hoursToEnd = (Date.parse('2026-01-21T00:00:00.000Z') - ms) / hourMs;
    return hoursToEnd > 48 ? 6 : hoursToEnd > 24 ? 1 : -3;
  };
  const past: PastRow[] = Array.from({ length: cityPastHours }, (_, i) => {
    const at = nowMs - (cityPastHours - i) * hourMs;
    return {
      at: new Date(at).toISOString(),
      temperatureCelsius: minimumOf(at),
      windKmh: 30,
      precipitationMm: 0,
      falling: 'none',
    };
  });
  const rows = {
    center: { lon: 116.4, lat: 39.9 },
    sources: [],
    points: [],
    warnings: [],
    hand: [],
  };
  const now = new Date(nowMs).toISOString();
  const { city } = assemble({ ...rows, now, past }).view;
  const { rules, ...others } = rulePresets.china;
  const waves = rules.filter(({ condition }) => condition.kind === 'cold_wave');
  const { level, reasons } = judge(
    city,
    { ...others, rules: waves },
    { nowAt: now, timeZone: 'Asia/Shanghai', warnings: [] },
  );
  expect(level).toBe('blue');
  expect(reasons).toMatchObject([{ code: 'cold_wave', windowHours: 48, fallCelsius: 9 }]);
});
