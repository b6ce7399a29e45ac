/**
 * Open-Meteo's hourly forecast (https://open-meteo.com/en/docs) for up to 25 points in one question. One point is
 * answered by an object, several by an array in the order of the question. Temperature and wind are of the moment;
 * precipitation, rain, snowfall and the code are of the hour *before* it, so they belong to the hour that ends there.
 */
import { hourMs } from '../../shared/weather/hours.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { Falling, HourSeries, SourceFault } from '../../shared/weather/schema.ts';
import { ask } from './asking.ts';
import { gridOver } from './grid.ts';
import { AnswerError, malformed, nothingNew } from './provider.ts';
import type {
  Answer,
  AskedSource,
  Asking,
  Ground,
  ToldPoint,
  WeatherProvider,
} from './provider.ts';
import { HourReader, isRecord, lateness, parsedJson, summedFaults } from './read-hours.ts';

const columns = [
  'temperature_2m',
  'wind_speed_10m',
  'precipitation',
  'rain',
  'showers',
  'snowfall',
  'weather_code',
] as const;
type Column = (typeof columns)[number];
/** The model's grid is at most so wide; an answer from further away is about another place. */
const nearDegrees = 0.6;

const pastDays = 2;
/** today is one of them */
const aheadDays = 3;

interface Asked extends Position {
  name: string;
}

export const openMeteo: WeatherProvider = {
  async fetch(source: AskedSource, ground: Ground, asking: Asking): Promise<Answer> {
    const places: Asked[] =
      source.places.length > 0
        ? source.places
        : gridOver(ground.bounds).map((place) => ({ ...place, name: '' }));
    const url = forecastUrl(source.address, places);
    const validators = source.memory.validators?.[url];
    const keyed = source.key === null ? url : `${url}&apikey=${encodeURIComponent(source.key)}`;
    const trustedHost = new URL(source.address).hostname;
    const reply = await ask({ url: keyed, validators, trustedHost }, asking);
    if (!reply.changed) return { ...nothingNew, memory: source.memory };
    const { points, faults } = parseOpenMeteo(reply.text, places, asking.now());
    return {
      changed: true,
      points,
      complete: points.length === places.length,
      warnings: null,
      faults,
      retryAfterMs: null,
      memory: { validators: { [url]: reply.validators } },
    };
  },
};

function forecastUrl(address: string, places: readonly Position[]): string {
  const url = new URL(`${address.replace(/\/+$/, '')}/v1/forecast`);
  url.searchParams.set('latitude', places.map(({ lat }) => lat.toFixed(4)).join(','));
  url.searchParams.set('longitude', places.map(({ lon }) => lon.toFixed(4)).join(','));
  url.searchParams.set('hourly', columns.join(','));
  url.searchParams.set('past_days', String(pastDays));
  url.searchParams.set('forecast_days', String(aheadDays));
  url.searchParams.set('timezone', 'UTC');
  url.searchParams.set('wind_speed_unit', 'kmh');
  return url.href;
}

/** @throws AnswerError when no point tells a temperature */
export function parseOpenMeteo(
  text: string,
  places: readonly Asked[],
  nowMs: number,
): { points: ToldPoint[]; faults: SourceFault[] } {
  const body = parsedJson(text, malformed);
  if (isRecord(body) && body['error'] === true)
    throw new AnswerError({ code: 'refused', status: 200 });
  const answers: unknown[] = Array.isArray(body) ? body : [body];
  const faults: SourceFault[] = [];
  if (answers.length !== places.length) faults.push({ code: 'malformed', at: 'length' });
  const points = places.flatMap((place, index) => {
    const told = pointOf(answers[index], place, nowMs);
    faults.push(...told.faults);
    return told.point ?? [];
  });
  const [worst] = faults.filter(({ code }) => code === 'malformed');
  if (points.length === 0)
    throw worst ? new AnswerError(worst) : malformed('hourly.temperature_2m');
  return { points, faults: summedFaults(faults) };
}

interface Told {
  point: ToldPoint | null;
  faults: SourceFault[];
}
const untellable = (at: string): Told => ({ point: null, faults: [{ code: 'malformed', at }] });

function pointOf(answer: unknown, place: Asked, nowMs: number): Told {
  if (!isRecord(answer)) return untellable('answer');
  const { latitude: lat, longitude: lon, hourly } = answer;
  if (!isRecord(hourly)) return untellable('hourly');
  if (typeof lat !== 'number' || typeof lon !== 'number') return untellable('latitude');
  if (Math.abs(lat - place.lat) > nearDegrees || Math.abs(lon - place.lon) > nearDegrees)
    return untellable('latitude');
  const reader = new HourReader(nowMs);
  const faults = readHours(answer, hourly, reader);
  const hours: HourSeries | null = reader.series();
  faults.push(...reader.faults());
  if (hours === null)
    return { point: null, faults: [...faults, { code: 'malformed', at: 'hourly.temperature_2m' }] };
  const issuedAt = madeAt(timesOf(answer, hourly), nowMs);
  faults.push(...lateness(hours, issuedAt, nowMs));
  const id = `${place.lat.toFixed(3)},${place.lon.toFixed(3)}`;
  return { point: { id, name: place.name, kind: 'grid', lon, lat, issuedAt, hours }, faults };
}

/**
 * It doesn't say when it was made, but its first and its last day do: a mirror that is stuck goes on answering with the
 * days of its last one. Null: today, as far as can be told.
 */
function madeAt(times: readonly (number | null)[], nowMs: number): string | null {
  const told = times.filter((at) => at !== null);
  const endOfDay = Math.min(...told) + (pastDays + 1) * 24 * hourMs;
  const reaches = Math.max(...told) + hourMs >= nowMs + (aheadDays - 1) * 24 * hourMs;
  return endOfDay > nowMs || reaches ? null : new Date(endOfDay).toISOString();
}

function timesOf(
  answer: Record<string, unknown>,
  { time }: Record<string, unknown>,
): (number | null)[] {
  const offset = answer['utc_offset_seconds'];
  const offsetMs = typeof offset === 'number' && Math.abs(offset) <= 50_400 ? offset * 1_000 : 0;
  return Array.isArray(time) ? time.map((value: unknown) => timeOf(value, offsetMs)) : [];
}

function readHours(
  answer: Record<string, unknown>,
  hourly: Record<string, unknown>,
  reader: HourReader,
): SourceFault[] {
  if (!Array.isArray(hourly['time'])) return [{ code: 'malformed', at: 'hourly.time' }];
  const units = isRecord(answer['hourly_units']) ? answer['hourly_units'] : {};
  const faults: SourceFault[] = [];
  const column = (name: Column): ColumnTold => {
    const values = hourly[name];
    const convert = converters[name]?.(units[name]);
    if (convert === null) faults.push({ code: 'malformed', at: `hourly_units.${name}` });
    return {
      values: Array.isArray(values) && convert !== null ? values : [],
      convert: convert ?? as,
    };
  };
  const temperature = column('temperature_2m');
  const wind = column('wind_speed_10m');
  const water = column('precipitation');
  const rain = [column('rain'), column('showers')];
  const snow = column('snowfall');
  const codes = Array.isArray(hourly['weather_code']) ? hourly['weather_code'] : [];
  const times = timesOf(answer, hourly);
  const indexOf = new Map(times.map((at, index) => [at, index]));
  for (const [index, at] of times.entries()) {
    // What fell within the hour stands at its end.
    const end = at === null ? undefined : indexOf.get(at + hourMs);
    const fell = ({ values, convert }: ColumnTold): number | null =>
      end === undefined ? null : reader.number(values[end], 'precipitationMm', convert);
    const precipitationMm = fell(water);
    const rains = rain.map(fell).filter((told) => told !== null);
    reader.add(at, {
      temperatureCelsius: reader.number(
        temperature.values[index],
        'temperatureCelsius',
        temperature.convert,
      ),
      windKmh: reader.number(wind.values[index], 'windKmh', wind.convert),
      precipitationMm,
      falling: fallingOf(
        {
          precipitationMm,
          rainMm: rains.length === 0 ? null : rains.reduce((a, b) => a + b, 0),
          snow: fell(snow),
        },
        end === undefined ? null : codes[end],
      ),
    });
  }
  return faults;
}

interface ColumnTold {
  values: unknown[];
  convert: (told: number) => number;
}

/** `2026-01-05T18:00` in the zone of the answer, or seconds since 1970. */
function timeOf(value: unknown, offsetMs: number): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value * 1_000 : null;
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z?$/.test(value))
    return null;
  const ms = Date.parse(`${value.replace(/Z$/, '')}Z`);
  return Number.isFinite(ms) ? ms - offsetMs : null;
}

const as = (told: number): number => told;
type Converter = (unit: unknown) => ((told: number) => number) | null;
const by =
  (known: Record<string, (told: number) => number>): Converter =>
  (unit) =>
    unit === undefined ? as : typeof unit === 'string' ? (known[unit] ?? null) : null;
const millimetres = by({ mm: as, inch: (told) => told * 25.4 });
/** Another unit than was asked for is converted where it says which; one that nobody knows makes the column untold. */
const converters: Partial<Record<Column, Converter>> = {
  temperature_2m: by({ '°C': as, '°F': (told) => ((told - 32) * 5) / 9 }),
  wind_speed_10m: by({
    'km/h': as,
    'm/s': (told) => told * 3.6,
    'mp/h': (told) => told * 1.609_344,
    mph: (told) => told * 1.609_344,
    kn: (told) => told * 1.852,
  }),
  precipitation: millimetres,
  rain: millimetres,
  showers: millimetres,
  // Centimetres of snow: how much doesn't matter, only that it snows.
  snowfall: by({ cm: as, inch: as, mm: as }),
};

/** WMO code 4677 as far as Open-Meteo uses it. */
const freezing = [56, 57, 66, 67];
const raining = [51, 53, 55, 61, 63, 65, 80, 81, 82, 95, 96, 99];
const snowing = [71, 73, 75, 77, 85, 86];

function fallingOf(
  { precipitationMm, rainMm, snow }: Record<'precipitationMm' | 'rainMm' | 'snow', number | null>,
  code: unknown,
): Falling | null {
  const wmo = typeof code === 'number' ? code : null;
  if (wmo !== null && freezing.includes(wmo)) return 'freezing_rain';
  const rains = (rainMm ?? 0) > 0 || (wmo !== null && raining.includes(wmo));
  const snows = (snow ?? 0) > 0 || (wmo !== null && snowing.includes(wmo));
  if (rains && snows) return 'sleet';
  if (rains) return 'rain';
  if (snows) return 'snow';
  if (precipitationMm !== null && precipitationMm > 0) return null;
  return precipitationMm === 0 || wmo !== null ? 'none' : null;
}
