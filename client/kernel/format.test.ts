import { describe, expect, it } from 'vitest';
import {
  formatAgo,
  formatCount,
  formatDistance,
  formatDuration,
  formatExact,
  formatPosition,
  formatTemperature,
  formatTime,
} from './format.ts';

const shanghai = { language: 'zh-CN', timeZone: 'Asia/Shanghai' } as const;
const now = Date.parse('2026-01-05T19:03:00.000Z'); // 03:03 in Shanghai
const before = (minutes: number) => new Date(now - minutes * 60_000).toISOString();

describe('time as people say it', () => {
  it('counts minutes, then hours and minutes, then days', () => {
    expect(formatAgo(before(12), now, 'zh-CN')).toBe('12 分钟前');
    expect(formatAgo(before(12), now, 'en')).toBe('12 min ago');
    expect(formatAgo(before(200), now, 'en')).toBe('3 h 20 min ago');
    expect(formatAgo(before(180), now, 'zh-CN')).toBe('3 小时前');
    expect(formatAgo(before(2 * 24 * 60), now, 'zh-CN')).toBe('2 天前');
    expect(formatAgo(before(25 * 60), now, 'en')).toBe('1 day ago');
  });
  it('reads the last minute and a clock that runs ahead as now', () => {
    expect(formatAgo(before(0.5), now, 'zh-CN')).toBe('刚刚');
    expect(formatAgo(before(-5), now, 'en')).toBe('just now');
  });
  it('never shows a negative length', () => {
    expect(formatDuration(-1, 'en')).toBe('under 1 min');
  });
  it('leaves the date out of what is a few hours away, across noon too', () => {
    const eleven = Date.parse('2026-01-05T03:00:00.000Z');
    expect(formatTime('2026-01-05T06:52:00.000Z', eleven, shanghai)).toBe('14:52');
    expect(formatTime('2026-01-04T22:00:00.000Z', eleven, shanghai)).toBe('06:00');
    expect(formatTime('2026-01-05T12:00:00.000Z', eleven, shanghai)).toBe('1月5日 20:00');
  });
  it('shows city time in 24 h, with the date only when it is not tonight', () => {
    expect(formatTime('2026-01-05T18:03:00.000Z', now, shanghai)).toBe('02:03');
    expect(formatTime('2026-01-05T14:30:00.000Z', now, shanghai)).toBe('22:30');
    expect(formatTime('2026-01-04T18:03:00.000Z', now, shanghai)).toBe('1月5日 02:03');
    expect(formatTime('2026-01-04T18:03:00.000Z', now, { ...shanghai, language: 'en' })).toBe(
      '5 Jan 02:03',
    );
  });
  it('shows midnight as 00', () => {
    expect(formatTime('2026-01-05T16:00:00.000Z', now, shanghai)).toBe('00:00');
    expect(formatExact('2026-01-05T16:00:00.000Z', shanghai)).toBe('2026-01-06 00:00');
  });
});

describe('numbers as people say them', () => {
  it('writes temperatures with a true minus sign in whole degrees', () => {
    expect(formatTemperature(-21.4)).toBe('−21 °C');
    expect(formatTemperature(-0.3)).toBe('0 °C');
    expect(formatTemperature(3.6)).toBe('4 °C');
  });
  it('rounds distances to what matters', () => {
    expect(formatDistance(83.4, 'zh-CN')).toBe('83 米');
    expect(formatDistance(447, 'en')).toBe('450 m');
    expect(formatDistance(997, 'en')).toBe('1.0 km');
    expect(formatDistance(1240, 'zh-CN')).toBe('1.2 公里');
    expect(formatDistance(23_400, 'en')).toBe('23 km');
  });
  it('groups large counts and names the hemispheres of a position', () => {
    expect(formatCount(1204)).toBe('1,204');
    expect(formatPosition({ lon: 116.403211, lat: 39.91234 })).toBe('39.91234° N, 116.40321° E');
    expect(formatPosition({ lon: -118.2, lat: -34 })).toBe('34.00000° S, 118.20000° W');
  });
});
