import { AppError } from '../../shared/errors.ts';
import { feltNow } from '../../shared/response/felt.ts';
import { isReal } from '../../shared/response/rules.ts';
import { isOpenAt, lightOf } from '../../shared/stations/light.ts';
import type { StationView } from '../../shared/stations/schema.ts';
import type { PublicPlaces } from '../../shared/tips/schema.ts';
import { coldestAhead } from '../../shared/weather/coldest.ts';
import { localHour } from '../../shared/zones/rules.ts';
import { findCity } from '../cities/queries.ts';
import type { Sql } from '../kernel/sql.ts';
import { readStationViews } from '../stations/queries.ts';
import { readActivationInForce } from '../response/queries.ts';
import { readCityHours, readWeatherNews } from '../weather/queries.ts';
import { readPublicCells, readZoneViews } from '../zones/queries.ts';

/** What anyone may see of a city tonight: where to warm up, whom to call, how cold it is, and coarse cells. */
async function readPlaces(db: Sql, cityId: string): Promise<PublicPlaces> {
  const city = await findCity(db, cityId);
  if (!city) throw new AppError('not_found', { field: 'cityId' });
  const stations = await readStationViews(db, cityId);
  const inForce = await readActivationInForce(db, cityId);
  const night = isReal(inForce) ? inForce : null;
  const zones = await readZoneViews(db, cityId);
  const news = await readWeatherNews(db, cityId);
  const now = new Date().toISOString();
  const hour = localHour(now, city.timeZone);
  return {
    hotline: city.hotline,
    night: night && {
      level: night.level,
      feltCelsius: feltNow(news, night) ?? night.feltCelsius,
      untilAt: night.untilAt,
      coldest: await readColdest(db, cityId, Date.parse(now)),
      textZh: night.effects?.publicZh ?? '',
      textEn: night.effects?.publicEn ?? '',
    },
    stations: stations.filter(isForAnyone).map((station) => {
      const { id, name, address, phone, lon, lat, open } = station;
      const light = lightOf(station, isOpenAt(station, hour));
      return { id, name, address, phone, lon, lat, open, light };
    }),
    cells: await readPublicCells(db, cityId, {
      atMs: Date.parse(now),
      hour,
      felt: feltNow(news, night),
      wet: news !== null && !news.stale && news.now?.wet === true,
      zones,
    }),
  };
}

const nightHours = 14;

async function readColdest(db: Sql, cityId: string, now: number) {
  const { hours, stale } = await readCityHours(db, cityId);
  return stale ? null : coldestAhead(hours, now, nightHours);
}

/** A shelter that is only prepared is nobody's place to go. */
const isForAnyone = ({ kind, open }: StationView): boolean => kind === 'station' || open;

const underWay = new WeakMap<Sql, Map<string, Promise<PublicPlaces>>>();

/** Who asks while the same is being read is given that: a crowd costs no more than one. @throws AppError not_found */
export function readPublicPlaces(db: Sql, cityId: string): Promise<PublicPlaces> {
  const ofDatabase = underWay.get(db) ?? new Map<string, Promise<PublicPlaces>>();
  underWay.set(db, ofDatabase);
  const known = ofDatabase.get(cityId);
  if (known) return known;
  const reading = readPlaces(db, cityId).finally(() => ofDatabase.delete(cityId));
  ofDatabase.set(cityId, reading);
  return reading;
}
