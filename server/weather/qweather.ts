/**
 * QWeather 和风天气 (https://dev.qweather.com/docs): the hourly forecast of the nearest station or of a grid point, the
 * reading of now, and the warnings in force. Each place is a question of its own. Numbers come as strings, times with
 * their offset, and what went wrong as a `code` in an answer that says 200 itself.
 */
import type { Position } from '../../shared/geo/position.ts';
import type { SourceFault, WeatherPlace } from '../../shared/weather/schema.ts';
import { ask } from './asking.ts';
import { gridOver } from './grid.ts';
import { AnswerError, malformed } from './provider.ts';
import type {
  Answer,
  AskedSource,
  Asking,
  Ground,
  ToldPoint,
  WeatherProvider,
} from './provider.ts';
import { parseQWeatherHours, parseQWeatherNow } from './qweather-answers.ts';
import { parseQWeatherWarnings } from './qweather-warnings.ts';
import { HourReader, lateness, summedFaults } from './read-hours.ts';

/** Each is a question, and questions are counted there. */
const mostGridPlaces = 9;

type Path = 'weather/72h' | 'grid-weather/72h' | 'weather/now' | 'warning/now';

export const qweather: WeatherProvider = {
  async fetch(source: AskedSource, ground: Ground, asking: Asking): Promise<Answer> {
    const faults: SourceFault[] = [];
    let retryAfterMs: number | null = null;
    let isOver = false;
    // A part that fails is no reason to lose the others; what refuses everything is not asked on and on.
    const get = async <T>(
      path: Path,
      place: Position,
      parse: (text: string) => T,
    ): Promise<T | null> => {
      if (isOver) return null;
      try {
        return parse(await textOf(source, path, place, asking));
      } catch (error) {
        if (!(error instanceof AnswerError)) throw error;
        faults.push(error.fault);
        retryAfterMs = Math.max(retryAfterMs ?? 0, error.retryAfterMs ?? 0) || null;
        isOver = error.fault.code === 'unreachable' || isFinal(error.fault);
        return null;
      }
    };
    const points: ToldPoint[] = [];
    const places = placesOf(source, ground);
    for (const place of places) {
      const reader = new HourReader(asking.now());
      const path = source.grid ? 'grid-weather/72h' : 'weather/72h';
      const issuedAt = await get(path, place, (text) =>
        parseQWeatherHours(text, reader, asking.now()),
      );
      if (!source.grid)
        await get('weather/now', place, (text) => parseQWeatherNow(text, reader, asking.now()));
      const hours = reader.series();
      faults.push(...reader.faults());
      if (hours === null) continue;
      faults.push(...lateness(hours, issuedAt, asking.now()));
      const kind = source.grid ? 'grid' : 'station';
      points.push({ ...place, id: idOf(place), kind, issuedAt, hours });
    }
    const warnings = await get('warning/now', ground.center, (text) =>
      parseQWeatherWarnings(text, asking.now()),
    );
    if (warnings) faults.push(...warnings.faults);
    if (points.length === 0 && warnings === null)
      throw new AnswerError(summedFaults(faults)[0] ?? { code: 'unreachable' }, retryAfterMs);
    return {
      changed: true,
      points,
      complete: points.length === places.length,
      warnings: warnings && { kind: 'list', inForce: warnings.inForce },
      faults: summedFaults(faults),
      retryAfterMs,
      memory: {},
    };
  },
};

const placesOf = ({ places, grid }: AskedSource, { center, bounds }: Ground): WeatherPlace[] =>
  places.length > 0
    ? places
    : (grid ? gridOver(bounds, mostGridPlaces) : [center]).map((place) => ({ ...place, name: '' }));
const idOf = ({ lat, lon }: Position): string => `${lat.toFixed(2)},${lon.toFixed(2)}`;

/** No key, no right, nothing paid, too many questions: the next question gets the same answer. */
const isFinal = (fault: SourceFault): boolean =>
  fault.code === 'refused' && [401, 402, 403, 429].includes(fault.status);

async function textOf(
  { address, key }: AskedSource,
  path: Path,
  { lon, lat }: Position,
  asking: Asking,
): Promise<string> {
  const url = `${address.replace(/\/+$/, '')}/v7/${path}?location=${lon.toFixed(2)},${lat.toFixed(2)}&lang=zh&unit=m`;
  const headers = key === null ? {} : { 'x-qw-api-key': key };
  const reply = await ask({ url, headers, trustedHost: new URL(address).hostname }, asking);
  if (!reply.changed) throw malformed('empty');
  return reply.text;
}
