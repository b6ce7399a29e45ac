import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trackPointSchema } from '../../shared/tracks/schema.ts';
import { BadReport, readFields, readJsonReport } from './tracker-report.ts';

const now = Date.parse('2026-01-05T18:00:00.000Z');
const fields = (text: string) => readFields(new URLSearchParams(text), now);
const reason = (work: () => unknown): string => {
  try {
    work();
    return 'taken';
  } catch (error) {
    if (error instanceof BadReport) return error.message;
    throw error;
  }
};

describe('a report in fields', () => {
  it('says where, when, how fast in knots, how sure and how charged', () => {
    const report = fields(
      'id=tracker-0001&lat=39.9&lon=116.4&timestamp=1767636000&speed=10&bearing=270.5&altitude=44&accuracy=6.2&batt=81.6',
    );
    expect(report.deviceKey).toBe('tracker-0001');
    expect(report.batteryPercent).toBe(82);
    const [at, lon, lat, accuracy, speed, heading] = report.points[0]!;
    expect([at, lon, lat, accuracy, heading]).toEqual([1767636000000, 116.4, 39.9, 6.2, 270.5]);
    expect(speed).toBeCloseTo(5.144, 3);
  });

  it.each([
    ['1767636000', 1767636000000],
    ['1767636000123', 1767636000123],
    ['1767636000.5', 1767636000500],
    ['2026-01-05T18:00:00Z', now],
    ['2026-01-05T18:00:00.250Z', now + 250],
    ['2026-01-06T02:00:00+08:00', now],
    ['2026-01-06T02:00:00+0800', now],
    ['2026-01-05 18:00:00', now],
  ])('takes the time %s', (timestamp, at) => {
    const text = new URLSearchParams({ id: 'tracker-0001', lat: '1', lon: '2', timestamp });
    expect(readFields(text, 0).points[0]![0]).toBe(at);
  });

  it('counts as of now without a time, and as fairly sure without an accuracy', () => {
    expect(fields('deviceid=tracker-0001&location=39.9,116.4').points).toEqual([
      [now, 116.4, 39.9, 15, null, null],
    ]);
    expect(fields('id=tracker-0001&lat=39.9&lon=116.4&hdop=2.5').points[0]![3]).toBe(12.5);
  });

  it('may say that there is no fix', () => {
    expect(fields('id=tracker-0001&lat=0&lon=0&batt=40')).toMatchObject({
      points: [],
      batteryPercent: 40,
    });
    expect(fields('id=tracker-0001&batt=40').points).toEqual([]);
    expect(fields('id=tracker-0001&lat=39.9&lon=116.4&valid=false').points).toEqual([]);
  });

  it.each([
    ['lat=1&lon=2', 'id is missing'],
    ['id=tracker%00&lat=1&lon=2', 'id is not known here'],
    ['id=tracker-0001&lon=2', 'lat is missing'],
    ['id=tracker-0001&lat=1', 'lon is missing'],
    ['id=tracker-0001&lat=91&lon=2', 'lat is not a number from -90 to 90'],
    ['id=tracker-0001&lat=x&lon=2', 'lat is not a number from -90 to 90'],
    ['id=tracker-0001&lat=1&lon=Infinity', 'lon is not a number from -180 to 180'],
    [
      'id=tracker-0001&lat=1&lon=2&timestamp=yesterday',
      'timestamp is neither seconds, milliseconds nor ISO-8601',
    ],
  ])('is refused with a plain reason: %s', (text, expected) => {
    expect(reason(() => fields(text))).toBe(expected);
  });

  it('is either refused or a point that can be kept, whatever it says', () => {
    const value = fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String));
    const names = [
      'lat',
      'lon',
      'timestamp',
      'speed',
      'bearing',
      'accuracy',
      'hdop',
      'batt',
      'location',
      'valid',
    ];
    const keys = fc.constantFrom(...names);
    fc.assert(
      fc.property(fc.dictionary(keys, value), (said) => {
        const base = { id: 'tracker-0001', lat: '39.9', lon: '116.4' };
        let report;
        try {
          report = readFields(new URLSearchParams({ ...base, ...said }), now);
        } catch (error) {
          expect(error).toBeInstanceOf(BadReport);
          return;
        }
        for (const point of report.points) trackPointSchema.parse(point);
      }),
    );
  });
});

describe('a report in JSON', () => {
  const location = {
    timestamp: '2026-01-05T18:00:00.000Z',
    coords: {
      latitude: 39.9,
      longitude: 116.4,
      accuracy: 9.5,
      speed: 1.4,
      heading: 91,
      altitude: 40,
    },
    battery: { level: 0.58, is_charging: false },
    is_moving: true,
  };

  it('is read in metres per second', () => {
    expect(readJsonReport({ device_id: 'tracker-0001', location }, 0)).toEqual({
      deviceKey: 'tracker-0001',
      points: [[now, 116.4, 39.9, 9.5, 1.4, 91]],
      batteryPercent: 58,
    });
  });

  it('takes −1 as not known, and several places at once', () => {
    const coords = { ...location.coords, speed: -1, heading: -1 };
    const report = readJsonReport(
      { device_id: 'tracker-0001', location: [location, { ...location, coords, battery: null }] },
      0,
    );
    expect(report.points).toHaveLength(2);
    expect(report.points[1]!.slice(4)).toEqual([null, null]);
  });

  it.each([
    [null, 'the body is missing or not an object'],
    [{ location }, 'id is missing'],
    [{ device_id: 'tracker-0001', location: {} }, 'location.coords is missing or not an object'],
    [{ device_id: 'tracker-0001', location: 'here' }, 'location is missing or not an object'],
    [
      { device_id: 'tracker-0001', location: { coords: { latitude: 39.9 } } },
      'location.coords.longitude is missing',
    ],
  ])('is refused with a plain reason (%#)', (body, expected) => {
    expect(reason(() => readJsonReport(body, now))).toBe(expected);
  });
});
