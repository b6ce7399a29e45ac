/** What it is like where somebody stands: the same words on the server and, without a network, on a phone. */
import type { Position } from '../geo/position.ts';
import { floorToHour, hourAt } from './hours.ts';
import { feltAt } from './measures.ts';
import type { HourTold } from './measures.ts';
import { coldestHour, overruled } from './merge.ts';
import type { HourSeries, SourceView, WeatherAt, WeatherPoint, WeatherView } from './schema.ts';

/** A station so near is where one stands. */
const atStationMeters = 1_500;
/** Points further away tell nothing of a place *(ours)*. */
const reachMeters = 50_000;
const neighbours = 4;

type Known = Pick<WeatherView, 'city' | 'points' | 'sources'>;

/**
 * A station within 1.5 km is taken at its word; else each fresh source's nearest points count by the inverse square of
 * their distance, and of several sources the colder word; else the city's hour. What somebody typed in for the hour
 * stands above all.
 * @returns null when nothing that counts any more tells of the hour
 */
export function weatherAt(view: Known, position: Position, at: string): WeatherAt | null {
  const ms = floorToHour(Date.parse(at));
  const city = hourAt(view.city, ms);
  const sources = new Map(view.sources.map((source) => [source.id, source]));
  const typed = view.points.find(({ sourceId }) => sources.get(sourceId)?.kind === 'hand');
  if (typed && hourAt(typed.hours, ms).temperatureCelsius !== null)
    return asWeatherAt(overruled(city, hourAt(typed.hours, ms)), ms);
  const near = nearestTelling(view.points, sources, position, ms);
  const station = near.find(
    ({ point, meters }) => point.kind === 'station' && meters <= atStationMeters,
  );
  const here = station ? station.hour : bySource(near);
  return (here && asWeatherAt(here, ms)) ?? asWeatherAt(city, ms);
}

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

/** The nearest first; only of fresh sources that tell temperature and wind of the hour. */
function nearestTelling(
  points: readonly WeatherPoint[],
  sources: ReadonlyMap<string, SourceView>,
  position: Position,
  ms: number,
): Near[] {
  const near: Near[] = [];
  for (const point of points) {
    const source = sources.get(point.sourceId);
    if (source?.state !== 'fresh' || source.kind === 'hand') continue;
    const hour = hourAt(point.hours, ms);
    const meters = metersBetween(point, position);
    if (hour.temperatureCelsius !== null && hour.windKmh !== null && meters <= reachMeters)
      near.push({ point, meters, hour });
  }
  return near.sort((a, b) => a.meters - b.meters || (a.point.id < b.point.id ? -1 : 1));
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

/** Good within a city. */
export function metersBetween(a: Position, b: Position): number {
  const metersPerDegree = 111_195;
  const north = (a.lat - b.lat) * metersPerDegree;
  const east = (a.lon - b.lon) * metersPerDegree * Math.cos(((a.lat + b.lat) * Math.PI) / 360);
  return Math.hypot(north, east);
}
