/** The demo city's own source of weather: set up as an administrator would, and moved along when the server is. */
import { v5 as uuidv5 } from 'uuid';
import type { WeatherPlace } from '../../shared/weather/schema.ts';
import { weatherPath } from './weather-route.ts';
import type { Surroundings, World } from './world.ts';

const namespace = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';
const sourceName = '模拟天气 Simulated weather';
/** Weather is asked for here: shares of the city's box, from the west and from the south. */
const places = [
  { zh: '市中心', en: 'Centre', at: [0.5, 0.5] },
  { zh: '西北高处', en: 'Heights in the north-west', at: [0.15, 0.85] },
  { zh: '城北河边', en: 'River in the north', at: [0.55, 0.88] },
  { zh: '城东', en: 'East', at: [0.88, 0.55] },
  { zh: '城南河边', en: 'River in the south', at: [0.5, 0.12] },
  { zh: '城西', en: 'West', at: [0.12, 0.4] },
] as const;

function placesIn({
  bounds: [west, south, east, north],
  shareOfChinese,
}: Surroundings): WeatherPlace[] {
  return places.map(({ zh, en, at: [x, y] }) => ({
    lon: west + (east - west) * x,
    lat: south + (north - south) * y,
    name: shareOfChinese > 0.5 ? zh : en,
  }));
}

/**
 * What somebody has set otherwise since stays: a source that was switched off, and a city with others than this one.
 * @param baseUrl where this server answers
 */
export async function keepWeatherSource(
  { cast, surroundings }: World,
  baseUrl: string,
): Promise<void> {
  const { weather } = cast.office.api;
  const id = uuidv5(`nuanxun/${surroundings.cityId}/weather`, namespace);
  const { sources } = await weather.read.query();
  const known = sources.find((source) => source.id === id);
  if (!known && sources.some(({ kind }) => kind !== 'hand')) return;
  const address = `${baseUrl}${weatherPath}`;
  if (known?.address === address) return;
  await weather.saveSource.mutate({
    id,
    kind: 'open_meteo',
    name: known?.name ?? sourceName,
    address,
    key: null,
    enabled: known?.enabled ?? true,
    places: known?.places ?? placesIn(surroundings),
  });
}
