import { describe, expect, it } from 'vitest';
import { hourAt, hourMs } from '../../shared/weather/hours.ts';
import { hourText, openMeteoAnswer } from '../testing/weather-server.ts';
import { parseOpenMeteo } from './open-meteo.ts';
import { AnswerError } from './provider.ts';
import { parseQWeatherHours, parseQWeatherNow } from './qweather-answers.ts';
import { parseQWeatherWarnings } from './qweather-warnings.ts';
import { HourReader } from './read-hours.ts';

const now = Date.parse('2026-01-05T18:20:00.000Z');
const from = Date.parse('2026-01-05T16:00:00.000Z');
const place = { lat: 39.9, lon: 116.4, name: '' };
const cold = [-8, -9, -10, -11, -12];

/** What is said of the hour, or the fault that nothing came with. */
const faultOf = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    if (error instanceof AnswerError) return error.fault;
    throw error;
  }
};
const read = (answer: unknown, places = [place]) =>
  parseOpenMeteo(typeof answer === 'string' ? answer : JSON.stringify(answer), places, now);
const first = (answer: unknown) => read(answer).points[0]!.hours;
const refused = (answer: unknown): unknown => faultOf(() => read(answer));

describe('an answer of Open-Meteo', () => {
  it('tells hours; what fell within an hour stands at its end', () => {
    const hours = first(
      openMeteoAnswer(place, from, cold, {
        hourly: {
          precipitation: [0, 0, 1.2, 0.4, 0],
          rain: [0, 0, 1, 0, 0],
          snowfall: [0, 0, 0.2, 0.3, 0],
          weather_code: [3, 3, 61, 71, 3],
        },
      }),
    );
    expect(hours.fromAt).toBe('2026-01-05T16:00:00.000Z');
    expect(hours.temperatureCelsius).toEqual(cold);
    expect(hours.windKmh).toEqual([20, 20, 20, 20, 20]);
    expect(hours.precipitationMm).toEqual([0, 1.2, 0.4, 0, null]);
    expect(hours.falling).toEqual(['none', 'sleet', 'snow', 'none', null]);
  });

  it('of several points comes in their order, of one alone without a list', () => {
    const other = { lat: 40.1, lon: 116.6, name: '北山' };
    const answers = [
      openMeteoAnswer(place, from, cold),
      openMeteoAnswer(other, from, [-20, -21, -22, -22]),
    ];
    const { points, faults } = read(answers, [place, other]);
    expect(points.map(({ name, lat }) => [name, lat])).toEqual([
      ['', 39.9],
      ['北山', 40.1],
    ]);
    expect(faults).toEqual([]);
    expect(read([answers[0]], [place, other])).toMatchObject({
      points: [{ lat: 39.9 }],
      faults: [{ code: 'malformed', at: 'length' }],
    });
  });

  it('about another place than was asked for is not taken', () => {
    expect(refused(openMeteoAnswer({ lat: 31.2, lon: 121.5 }, from, cold))).toEqual({
      code: 'malformed',
      at: 'latitude',
    });
  });

  it('with gaps, words and impossible numbers leaves these hours untold', () => {
    const { points, faults } = read(
      openMeteoAnswer(place, from, [-8, null, '-9.5', 'cold', 900, -81, {}, [1], true, '']),
    );
    expect(points[0]!.hours.temperatureCelsius).toEqual([-8, null, -9.5]);
    expect(faults).toEqual([{ code: 'left_out', count: 6 }]);
  });

  it('without wind or with an impossible one tells no calm', () => {
    const hourly = { wind_speed_10m: [-1, 301, null, 'NaN', 12] };
    expect(first(openMeteoAnswer(place, from, cold, { hourly })).windKmh).toEqual([
      null,
      null,
      null,
      null,
      12,
    ]);
    const none = { wind_speed_10m: undefined, precipitation: undefined, rain: undefined };
    const hours = first(openMeteoAnswer(place, from, cold, { hourly: none }));
    expect(hours.windKmh).toEqual([null, null, null, null, null]);
    expect(hours.precipitationMm).toEqual([null, null, null, null, null]);
  });

  it('with an hour twice takes the colder one, and hours in any order', () => {
    const time = [2, 0, 1, 2, 1].map((hour) => hourText(from + hour * hourMs));
    const answer = openMeteoAnswer(place, from, [-3, -1, -2, -6, -2], { hourly: { time } });
    const { points, faults } = read(answer);
    expect(points[0]!.hours.temperatureCelsius).toEqual([-1, -2, -6]);
    expect(faults).toEqual([{ code: 'duplicated', count: 2 }]);
  });

  it('with missing hours leaves the gap a gap', () => {
    const time = [0, 1, 4].map((hour) => hourText(from + hour * hourMs));
    const hours = first(openMeteoAnswer(place, from, [-1, -2, -5], { hourly: { time } }));
    expect(hours.temperatureCelsius).toEqual([-1, -2, null, null, -5]);
  });

  it('in other units is converted, and in unknown ones untold', () => {
    const units = { temperature_2m: '°F', wind_speed_10m: 'm/s', precipitation: 'inch' };
    const hours = first(
      openMeteoAnswer(place, from, [14, 14, 14], {
        units,
        hourly: { wind_speed_10m: [10, 10, 10], precipitation: [0, 0.1, 0] },
      }),
    );
    expect(hourAt(hours, from)).toMatchObject({
      temperatureCelsius: -10,
      windKmh: 36,
      precipitationMm: 2.54,
    });
    const { points, faults } = read(
      openMeteoAnswer(place, from, cold, { units: { wind_speed_10m: 'furlongs' } }),
    );
    expect(points[0]!.hours.windKmh).toEqual([null, null, null, null, null]);
    expect(faults).toEqual([{ code: 'malformed', at: 'hourly_units.wind_speed_10m' }]);
    expect(refused(openMeteoAnswer(place, from, cold, { units: { temperature_2m: 'K' } }))).toEqual(
      {
        code: 'malformed',
        at: 'hourly_units.temperature_2m',
      },
    );
  });

  it('in local time is brought to UTC by the offset it names', () => {
    const top = { utc_offset_seconds: 28_800, timezone: 'Asia/Shanghai' };
    const hours = first(openMeteoAnswer(place, from + 8 * hourMs, cold, { top }));
    expect(hours.fromAt).toBe('2026-01-05T16:00:00.000Z');
  });

  it('that ends before this hour is late, one that begins later is of another time', () => {
    const late = read(openMeteoAnswer(place, from - 20 * hourMs, cold));
    expect(late.faults).toEqual([{ code: 'late', hours: 17 }]);
    const early = read(openMeteoAnswer(place, from + 30 * hourMs, cold));
    expect(early.faults).toEqual([{ code: 'malformed', at: 'time' }]);
    expect(refused(openMeteoAnswer(place, from - 2000 * hourMs, cold))).toMatchObject({
      code: 'malformed',
    });
  });

  it.each([
    ['', 'empty'],
    ['  \n', 'empty'],
    ['<!DOCTYPE html><html><body>502</body></html>', 'html'],
    ['{"latitude": 39.9, "longitude": 116.4, "hourly": {"time": ["2026-', 'json'],
    ['null', 'answer'],
    ['42', 'answer'],
    ['[]', 'length'],
    ['{}', 'hourly'],
    ['{"hourly": []}', 'hourly'],
    ['{"hourly": {}, "latitude": "39.9", "longitude": 116.4}', 'latitude'],
    ['{"hourly": {"time": "x"}, "latitude": 39.9, "longitude": 116.4}', 'hourly.time'],
    ['{"hourly": {"time": [1,2]}, "latitude": 39.9, "longitude": 116.4}', 'hourly.temperature_2m'],
  ])('that is %j tells nothing and where it is wrong', (text, at) => {
    expect(refused(text)).toEqual({ code: 'malformed', at });
  });

  it('that says 200 and an error inside is a refusal', () => {
    expect(refused({ error: true, reason: 'Daily API request limit exceeded.' })).toEqual({
      code: 'refused',
      status: 200,
    });
  });
});

const hour = (fxTime: string, temp: unknown, more: Record<string, unknown> = {}) => ({
  fxTime,
  temp,
  icon: '100',
  text: '晴',
  windSpeed: '20',
  precip: '0.0',
  ...more,
});
const qweather = (hourly: unknown, updateTime = '2026-01-06T02:00+08:00') =>
  JSON.stringify({ code: '200', updateTime, hourly });

describe('an answer of QWeather', () => {
  it('has numbers as strings, times with their offset, and pictures for what falls', () => {
    const reader = new HourReader(now);
    const text = qweather([
      hour('2026-01-06T02:00+08:00', '-12'),
      hour('2026-01-06T03:00+08:00', '-13', { icon: '400', precip: '0.8' }),
      hour('2026-01-06T04:00+08:00', '-1', { icon: '404' }),
      hour('2026-01-06T05:00+08:00', '-1', { icon: '313', windSpeed: '' }),
      hour('2026-01-06T06:00+08:00', '2', { icon: '305', precip: 'n/a' }),
    ]);
    expect(parseQWeatherHours(text, reader, now)).toBe('2026-01-05T18:00:00.000Z');
    expect(reader.series()).toEqual({
      fromAt: '2026-01-05T18:00:00.000Z',
      temperatureCelsius: [-12, -13, -1, -1, 2],
      windKmh: [20, 20, 20, null, 20],
      precipitationMm: [0, 0.8, 0, 0, null],
      falling: ['none', 'snow', 'sleet', 'freezing_rain', 'rain'],
    });
    expect(reader.faults()).toEqual([{ code: 'left_out', count: 1 }]);
  });

  it('made in the future by a clock that is ahead is as of now', () => {
    const text = qweather([hour('2026-01-06T02:00+08:00', '-12')], '2026-01-06T09:00+08:00');
    expect(parseQWeatherHours(text, new HourReader(now), now)).toBe(new Date(now).toISOString());
  });

  it('of now stands above the forecast of its hour, unless it is of long ago', () => {
    const reader = new HourReader(now);
    parseQWeatherHours(qweather([hour('2026-01-06T02:00+08:00', '-12')]), reader, now);
    const reading = (obsTime: string) =>
      JSON.stringify({
        code: '200',
        now: { obsTime, temp: '-15', icon: '100', windSpeed: '9', precip: '0' },
      });
    parseQWeatherNow(reading('2026-01-06T02:10+08:00'), reader, now);
    expect(reader.series()).toMatchObject({ temperatureCelsius: [-15], windKmh: [9] });
    const old = faultOf(() => parseQWeatherNow(reading('2026-01-05T20:10+08:00'), reader, now));
    expect(old).toEqual({ code: 'late', hours: 6 });
  });

  it.each([
    ['{"code":"402"}', { code: 'refused', status: 402 }],
    ['{"code":"429"}', { code: 'refused', status: 429 }],
    ['{"code":"200"}', { code: 'malformed', at: 'hourly' }],
    ['{"hourly":[]}', { code: 'malformed', at: 'code' }],
    ['{"code":"200","hourly":', { code: 'malformed', at: 'json' }],
    ['<html>', { code: 'malformed', at: 'html' }],
    ['[]', { code: 'malformed', at: 'answer' }],
  ])('that is %s tells what is wrong', (text, fault) => {
    expect(faultOf(() => parseQWeatherHours(text, new HourReader(now), now))).toEqual(fault);
  });

  it('about warnings lists those in force, and leaves out what is no warning', () => {
    const warning = (id: string, more: Record<string, unknown> = {}) => ({
      id,
      sender: '北京市气象台',
      pubTime: '2026-01-05T18:00+08:00',
      title: '北京市气象台发布寒潮橙色预警信号',
      startTime: '2026-01-05T18:00+08:00',
      endTime: '2026-01-07T18:00+08:00',
      status: 'active',
      severity: '',
      severityColor: 'Orange',
      type: '1005',
      typeName: '寒潮',
      text: '<script>预计</script>',
      ...more,
    });
    const { inForce, faults } = parseQWeatherWarnings(
      JSON.stringify({
        code: '200',
        warning: [
          warning('a'),
          warning('a'),
          warning('b', { status: 'cancel' }),
          warning('c', { endTime: '2026-01-05T20:00+08:00' }),
          warning('d', {
            type: '1006',
            typeName: '大风',
            title: '大风蓝色预警',
            severity: 'Minor',
            endTime: '',
          }),
          warning('', {}),
          'nonsense',
        ],
      }),
      now,
    );
    expect(inForce.map(({ id, severity, cold }) => [id, severity, cold])).toEqual([
      ['a', 'Severe', true],
      ['d', 'Minor', false],
    ]);
    expect(inForce[1]!.untilAt).toBe('2026-01-06T10:00:00.000Z');
    expect(inForce[0]!.text).toBe('<script>预计</script>');
    expect(faults).toEqual([{ code: 'left_out', count: 2 }]);
  });
});
