/** What it is like where somebody stands: the same words on the server and, without a network, on a phone. */
import type { Position } from '../geo/position.ts';
import { floorToHour, hourAt } from './hours.ts';
import { feltAt } from './measures.ts';
import type { HourTold } from './measures.ts';
import { coldestHour, overruled } from './merge.ts';
import type {
  HourSeries,
  SourceView,
  WeatherAt,
  WeatherAtLeast,
  WeatherPoint,
  WeatherView,
} from './schema.ts';
import { sourceState } from './source-state.ts';

/** A station so near is where one stands. */
const atStationMeters = 1_500;
/** Points further away tell nothing of a place *(ours)*. */
const reachMeters = 50_000;
const neighbours = 4;

type Known = Pick<WeatherView, 'city' | 'points' | 'sources'>;

/**
 * A station within 1.5 km is taken at its word; else each fresh source's nearest points count by the inverse square of
 * their distance, and of several sources the colder word; else the city's hour. What somebody typed in for the hour
 * stands above all. Where no wind is told, it is as cold as the air at least: the colder of here and the city.
 * @param nowMs what was told too long before it doesn't count
 * @returns null when nothing that counts any more tells of the hour
 */
export function weatherAt(
  view: Known,
  position: Position,
  at: string,
  nowMs: number,
): WeatherAtLeast | null {
  const ms = floorToHour(Date.parse(at));
  const city = hourAt(view.city, ms);
  const sources = new Map(view.sources.map((source) => [source.id, source]));
  const typed = view.points.find(({ sourceId }) => sources.get(sourceId)?.kind === 'hand');
  if (typed && hourAt(typed.hours, ms).temperatureCelsius !== null)
    return asWeatherAt(overruled(city, hourAt(typed.hours, ms)), ms);
  const near = nearestTelling(freshOf(view.points, sources, nowMs), position, ms);
  const windy = hereOf(near.filter(({ hour }) => hour.windKmh !== null));
  if (windy !== null) return asWeatherAt(windy, ms);
  const air = hereOf(near);
  const here = air && asWeatherAtLeast(air, ms);
  const there = asWeatherAtLeast(city, ms);
  return here === null || (there !== null && there.feltCelsius <= here.feltCelsius) ? there : here;
}

/** What it feels like there: where no wind is told, no milder than what is known otherwise. */
export const feltOf = (
  { feltCelsius, windKmh }: WeatherAtLeast,
  otherwise: number | null,
): number => (windKmh === null ? Math.min(feltCelsius, otherwise ?? feltCelsius) : feltCelsius);

/** The hour of the city as a whole. */
export const weatherOfCity = (city: HourSeries, at: string): WeatherAt | null => {
  const ms = floorToHour(Date.parse(at));
  return asWeatherAt(hourAt(city, ms), ms);
};

interface Near {
  point: WeatherPoint;
  meters: number;
  hour: HourTold;
}

/** Of sources that are fresh, the points whose own word is no older than theirs may be. */
const freshOf = (
  points: readonly WeatherPoint[],
  sources: ReadonlyMap<string, SourceView>,
  nowMs: number,
): WeatherPoint[] =>
  points.filter(({ sourceId, issuedAt }) => {
    const source = sources.get(sourceId);
    if (source?.state !== 'fresh' || source.kind === 'hand') return false;
    return sourceState({ ...source, toldAt: issuedAt }, nowMs) === 'fresh';
  });

/** The nearest first; only those that tell the temperature of the hour. */
function nearestTelling(points: readonly WeatherPoint[], position: Position, ms: number): Near[] {
  const near: Near[] = [];
  for (const point of points) {
    const hour = hourAt(point.hours, ms);
    const meters = metersBetween(point, position);
    if (hour.temperatureCelsius !== null && meters <= reachMeters)
      near.push({ point, meters, hour });
  }
  return near.sort((a, b) => a.meters - b.meters || (a.point.id < b.point.id ? -1 : 1));
}

function hereOf(near: readonly Near[]): HourTold | null {
  const station = near.find(
    ({ point, meters }) => point.kind === 'station' && meters <= atStationMeters,
  );
  return station ? station.hour : bySource(near);
}

function bySource(near: readonly Near[]): HourTold | null {
  const groups = new Map<string, Near[]>();
  for (const one of near) {
    const group = groups.get(one.point.sourceId);
    if (!group) groups.set(one.point.sourceId, [one]);
    else if (group.length < neighbours) group.push(one);
  }
  const words = [...groups.values()].map(between);
  return words.length === 0 ? null : coldestHour(words);
}

/** Temperature, wind and water by inverse square distance; what falls is said by the nearest that says it. */
function between(group: readonly Near[]): HourTold {
  const weigh = (value: (hour: HourTold) => number | null): number | null => {
    let sum = 0;
    let weights = 0;
    for (const { hour, meters } of group) {
      const told = value(hour);
      if (told === null) continue;
      const weight = 1 / Math.max(meters, 1) ** 2;
      sum += told * weight;
      weights += weight;
    }
    return weights === 0 ? null : sum / weights;
  };
  return {
    temperatureCelsius: weigh((hour) => hour.temperatureCelsius),
    windKmh: weigh((hour) => hour.windKmh),
    precipitationMm: weigh((hour) => hour.precipitationMm),
    falling: group.find(({ hour }) => hour.falling !== null)?.hour.falling ?? null,
  };
}

/** Null without temperature or wind: a calm that nobody told of is none. */
function asWeatherAt(hour: HourTold, ms: number): WeatherAt | null {
  const { temperatureCelsius, windKmh } = hour;
  const { feltCelsius, wet } = feltAt(hour);
  if (temperatureCelsius === null || windKmh === null || feltCelsius === null) return null;
  return { at: new Date(ms).toISOString(), temperatureCelsius, windKmh, feltCelsius, wet };
}

function asWeatherAtLeast(hour: HourTold, ms: number): WeatherAtLeast | null {
  const least = asWeatherAt({ ...hour, windKmh: hour.windKmh ?? 0 }, ms);
  return least && { ...least, windKmh: hour.windKmh };
}

/** Good within a city. */
export function metersBetween(a: Position, b: Position): number {
  const metersPerDegree = 111_195;
  const north = (a.lat - b.lat) * metersPerDegree;
  const east = (a.lon - b.lon) * metersPerDegree * Math.cos(((a.lat + b.lat) * Math.PI) / 360);
  return Math.hypot(north, east);
}
