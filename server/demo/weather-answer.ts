/** The simulated weather in the shape of Open-Meteo's forecast, as https://open-meteo.com/en/docs describes it. */
import type { Position } from '../../shared/geo/position.ts';
import { airAt } from './sky.ts';
import type { Sky } from './sky.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** The grid of the model that this stands for, in degrees. */
const gridDegrees = 0.02;
const mostPlaces = 200;

export class UnknownParameter extends Error {}

interface Variable {
  unit: string;
  /** from the air at the hour, and over the hour before it */
  of(at: ReturnType<typeof airAt>, before: ReturnType<typeof airAt>): number;
}

/** Snow falls from here down, all is water from here up; sleet between. */
const snowBelow = 0.3;
const rainAbove = 2;
const shareOfSnow = (celsius: number): number =>
  Math.max(0, Math.min(1, (rainAbove - celsius) / (rainAbove - snowBelow)));

/** WMO code 4677, as far as the service uses it: there is none for sleet. */
function codeOf(celsius: number, waterMm: number): number {
  if (waterMm < 0.05) return 3;
  const strength = waterMm > 1 ? 2 : 0;
  return (shareOfSnow(celsius) >= 0.5 ? 71 : 61) + strength;
}

const variables: Record<string, Variable> = {
  temperature_2m: { unit: '°C', of: (at) => at.temperatureCelsius },
  wind_speed_10m: { unit: 'km/h', of: (at) => at.windKmh },
  precipitation: { unit: 'mm', of: (_at, before) => before.waterMm },
  rain: {
    unit: 'mm',
    of: (_at, before) => before.waterMm * (1 - shareOfSnow(before.temperatureCelsius)),
  },
  showers: { unit: 'mm', of: () => 0 },
  // Seven centimetres of snow are ten millimetres of water.
  snowfall: {
    unit: 'cm',
    of: (_at, before) => 0.7 * before.waterMm * shareOfSnow(before.temperatureCelsius),
  },
  weather_code: {
    unit: 'wmo code',
    of: (_at, before) => codeOf(before.temperatureCelsius, before.waterMm),
  },
};

interface Asked {
  places: Position[];
  names: string[];
  fromMs: number;
  hours: number;
  unix: boolean;
}

/** @throws UnknownParameter with the reason that the service would give */
export function answerForecast(sky: Sky, query: URLSearchParams, nowMs: number): unknown {
  const asked = readQuery(query, nowMs);
  const answers = asked.places.map((place, index) => ({
    ...forecastOf(sky, place, asked),
    ...(index > 0 ? { location_id: index } : {}),
  }));
  return answers.length === 1 ? answers[0] : answers;
}

function readQuery(query: URLSearchParams, nowMs: number): Asked {
  const longitudes = numbersOf(query, 'longitude', 180);
  const latitudes = numbersOf(query, 'latitude', 90);
  if (longitudes.length !== latitudes.length)
    throw new UnknownParameter(
      'Parameter latitude and longitude must have the same number of elements',
    );
  const names = query.getAll('hourly').flatMap((part) => part.split(','));
  const unknown = names.find((name) => !Object.hasOwn(variables, name));
  if (unknown !== undefined)
    throw new UnknownParameter(`Cannot initialize variable from invalid String value ${unknown}`);
  const zone = query.get('timezone') ?? 'GMT';
  if (!['GMT', 'UTC'].includes(zone)) throw new UnknownParameter(`Invalid timezone ${zone}`);
  return {
    places: longitudes.map((lon, index) => ({ lon, lat: latitudes[index]! })),
    names,
    ...spanOf(query, nowMs),
    unix: query.get('timeformat') === 'unixtime',
  };
}

/** Whole days around today, or hours around now. */
function spanOf(query: URLSearchParams, nowMs: number): Pick<Asked, 'fromMs' | 'hours'> {
  const count = (name: string, otherwise: number, most: number): number => {
    const value = Number(query.get(name) ?? otherwise);
    if (Number.isInteger(value) && value >= 0 && value <= most) return value;
    throw new UnknownParameter(`Parameter ${name} is out of allowed range from 0 to ${most}`);
  };
  const today = Math.floor(nowMs / dayMs) * dayMs;
  const thisHour = Math.floor(nowMs / hourMs) * hourMs;
  const fromMs = query.has('past_hours')
    ? thisHour - count('past_hours', 0, 2_208) * hourMs
    : today - count('past_days', 0, 92) * dayMs;
  const untilMs = query.has('forecast_hours')
    ? thisHour + count('forecast_hours', 0, 384) * hourMs
    : today + count('forecast_days', 7, 16) * dayMs;
  return { fromMs, hours: Math.max(0, (untilMs - fromMs) / hourMs) };
}

function numbersOf(query: URLSearchParams, name: string, most: number): number[] {
  const values = query.getAll(name).flatMap((part) => part.split(','));
  const numbers = values.map((value) => (value.trim() === '' ? Number.NaN : Number(value)));
  const known = numbers.length > 0 && numbers.length <= mostPlaces;
  if (known && numbers.every((value) => Math.abs(value) <= most)) return numbers;
  throw new UnknownParameter(`Value of type 'Double' required for key '${name}'.`);
}

const toGrid = (degrees: number): number =>
  Number((Math.round(degrees / gridDegrees) * gridDegrees).toFixed(4));
const rounded = (value: number): number => Number(value.toFixed(1));

function forecastOf(sky: Sky, place: Position, { names, fromMs, hours, unix }: Asked): object {
  const point = { lon: toGrid(place.lon), lat: toGrid(place.lat) };
  const times = Array.from({ length: hours }, (_, hour) => fromMs + hour * hourMs);
  const air = times.map(
    (at) => [airAt(sky, point, at), airAt(sky, point, at - hourMs / 2)] as const,
  );
  const columns = names.map((name) => [name, variables[name]!] as const);
  return {
    latitude: point.lat,
    longitude: point.lon,
    generationtime_ms: 0.1,
    utc_offset_seconds: 0,
    timezone: 'GMT',
    timezone_abbreviation: 'GMT',
    elevation: 40,
    hourly_units: {
      time: unix ? 'unixtime' : 'iso8601',
      ...Object.fromEntries(columns.map(([name, { unit }]) => [name, unit])),
    },
    hourly: {
      time: times.map((at) => (unix ? at / 1_000 : new Date(at).toISOString().slice(0, 16))),
      ...Object.fromEntries(
        columns.map(([name, { of }]) => [name, air.map(([at, before]) => rounded(of(at, before)))]),
      ),
    },
  };
}
