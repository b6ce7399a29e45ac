/** What QWeather says of hours: `/v7/weather/72h`, `/v7/grid-weather/72h` and `/v7/weather/now`. */
import { hourMs } from '../../shared/weather/hours.ts';
import type { HourTold } from '../../shared/weather/measures.ts';
import type { Falling } from '../../shared/weather/schema.ts';
import { AnswerError, malformed } from './provider.ts';
import { instantOf, isRecord, parsedJson } from './read-hours.ts';
import type { HourReader } from './read-hours.ts';

/** A reading of longer ago is none of now. */
const readingHours = 2;

/** @throws AnswerError refused with the code of the body, malformed */
export function bodyOf(text: string): Record<string, unknown> {
  const body = parsedJson(text, malformed);
  if (!isRecord(body)) throw malformed('answer');
  const code = Number(body['code']);
  if (!Number.isInteger(code)) throw malformed('code');
  if (code !== 200) throw new AnswerError({ code: 'refused', status: code });
  return body;
}

/** @returns when it was made; null where it doesn't say */
export function parseQWeatherHours(text: string, reader: HourReader, nowMs: number): string | null {
  const { hourly, updateTime } = bodyOf(text);
  if (!Array.isArray(hourly)) throw malformed('hourly');
  for (const hour of hourly as unknown[]) {
    if (!isRecord(hour)) reader.skip(1);
    else reader.add(instantOf(hour['fxTime']), hourOf(hour, reader));
  }
  const issued = instantOf(updateTime);
  // A clock that is ahead makes nothing younger than it is.
  return issued === null ? null : new Date(Math.min(issued, nowMs)).toISOString();
}

/** The reading stands above the forecast of its hour. */
export function parseQWeatherNow(text: string, reader: HourReader, nowMs: number): void {
  const { now } = bodyOf(text);
  if (!isRecord(now)) throw malformed('now');
  const at = instantOf(now['obsTime']);
  if (at === null) throw malformed('now.obsTime');
  if (Math.abs(nowMs - at) > readingHours * hourMs)
    throw new AnswerError({
      code: 'late',
      hours: Math.max(1, Math.floor(Math.abs(nowMs - at) / hourMs)),
    });
  const hour = hourOf(now, reader);
  if (hour.temperatureCelsius !== null) reader.replace(at, hour);
}

function hourOf(told: Record<string, unknown>, reader: HourReader): HourTold {
  const precipitationMm = reader.number(told['precip'], 'precipitationMm');
  return {
    temperatureCelsius: reader.number(told['temp'], 'temperatureCelsius'),
    windKmh: reader.number(told['windSpeed'], 'windKmh'),
    precipitationMm,
    falling: fallingOf(precipitationMm, Number(told['icon'] ?? Number.NaN)),
  };
}

/** By the number of the picture: 3xx rain (313 freezing), 4xx snow (404–406 and 456 with rain). */
function fallingOf(precipitationMm: number | null, icon: number): Falling | null {
  if (icon === 313) return 'freezing_rain';
  if ([404, 405, 406, 456].includes(icon)) return 'sleet';
  if (icon >= 300 && icon < 400) return 'rain';
  if (icon >= 400 && icon < 500) return 'snow';
  if (precipitationMm !== null && precipitationMm > 0) return null;
  return precipitationMm === 0 || Number.isFinite(icon) ? 'none' : null;
}
