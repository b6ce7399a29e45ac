/** Makes the forecast of every city's cells: at the start, every hour, and when its key points or its resolution change. */
import { v7 as uuidv7 } from 'uuid';
import { weatherOfCity } from '../../shared/weather/where.ts';
import { localHour } from '../../shared/zones/rules.ts';
import type { Log } from '../kernel/log.ts';
import type { Database, Db } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import { readCityHours, readFeltOfNights } from '../weather/queries.ts';
import {
  findForecastsDue,
  holdForecast,
  readForecastState,
  releaseForecast,
  storeForecast,
} from './forecast-records.ts';
import type { ForecastState } from './forecast-records.ts';
import { askForForecast } from './forecast-thread.ts';
import { readKeyPointPriors, readPackedHistory } from './history.ts';
import { recellCity } from './recell.ts';

const everyMs = 15_000;
const hourMs = 3_600_000;
const nightsOfWeather = 730;

/** How long each part took, ms. */
export interface ForecastTimes {
  rows: number;
  cells: number;
  read: number;
  made: number;
  whole: number;
}

/**
 * One forecast, from the rows to the stored field, under a lease of this holder's. The city is held only to store it.
 * @returns null where somebody else makes it, or the city changed under it
 */
export async function makeCityForecast(
  db: Database,
  cityId: string,
  holder: string = uuidv7(),
): Promise<ForecastTimes | null> {
  if (!(await holdForecast(db.sql, cityId, holder))) return null;
  try {
    return await makeHeld(db, cityId, holder);
  } finally {
    await releaseForecast(db.sql, cityId, holder);
  }
}

async function makeHeld(
  db: Database,
  cityId: string,
  holder: string,
): Promise<ForecastTimes | null> {
  const began = performance.now();
  const state = await readForecastState(db.sql, cityId);
  if (state === null) return null;
  const { resolution, timeZone, nowMs, learned, keyPointsStamp } = state;
  if (state.rowsResolution !== resolution) {
    const goOn = () => holdForecast(db.sql, cityId, holder);
    if (!(await recellCity(db, cityId, resolution, goOn))) return null;
  }
  const beganReading = performance.now();
  const history = await readPackedHistory(db.sql, cityId, { resolution, timeZone });
  const rows = history.counts.reduce((sum, count) => sum + count, 0);
  const keyPoints = await readKeyPointPriors(db.sql, cityId, resolution);
  const weather = await readWeatherOfNights(db.sql, cityId, state);
  const read = performance.now() - beganReading;
  const question = { history, resolution, nowMs, timeZone, keyPoints, ...weather, learned };
  const made = await askForForecast(question);
  const stored = await changeCity(db, cityId, async (change) => {
    const revision = await storeForecast(change.tx, cityId, holder, {
      field: made.field,
      madeAt: new Date(nowMs).toISOString(),
      keyPointsStamp,
      learned: made.learned,
      isNew: learned === null,
    });
    if (revision !== null) change.emit({ kind: 'field.changed', revision }, 'staff');
    return revision !== null;
  });
  const { cells, millis } = made;
  return stored ? { rows, cells, read, made: millis, whole: performance.now() - began } : null;
}

/** The night ahead ends at the next noon. */
async function readWeatherOfNights(
  db: Db,
  cityId: string,
  { nowMs, timeZone }: ForecastState,
): Promise<{ feltCelsiusOf: Map<string, number>; aheadCelsius: number | null }> {
  const since = new Date(nowMs - nightsOfWeather * 24 * hourMs).toISOString().slice(0, 10);
  const feltCelsiusOf = await readFeltOfNights(db, cityId, since);
  const { hours } = await readCityHours(db, cityId);
  const tillNoon = (36 - localHour(new Date(nowMs).toISOString(), timeZone)) % 24 || 24;
  let aheadCelsius: number | null = null;
  for (let hour = 0; hour < tillNoon; hour++) {
    const at = new Date(nowMs + hour * hourMs).toISOString();
    const felt = weatherOfCity(hours, at)?.feltCelsius ?? null;
    if (felt !== null) aheadCelsius = Math.min(aheadCelsius ?? felt, felt);
  }
  return { feltCelsiusOf, aheadCelsius };
}

export function startForecasts(db: Database, log: Log): { stop(): Promise<void> } {
  const holder = uuidv7();
  let stopped = false;
  const makeOne = async (cityId: string): Promise<void> => {
    try {
      const times = await makeCityForecast(db, cityId, holder);
      if (times) log('info', 'the forecast of the cells was made', { cityId, ...times });
    } catch (error) {
      if (!stopped) log('warn', 'the forecast of the cells could not be made', { cityId, error });
    }
  };
  const look = async (): Promise<void> => {
    try {
      for (const cityId of await findForecastsDue(db.sql)) if (!stopped) await makeOne(cityId);
    } catch (error) {
      if (!stopped) log('warn', 'forecasts that are due could not be looked up', { error });
    }
  };
  let looking = look();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, everyMs);
  timer.unref();
  return {
    stop: () => {
      stopped = true;
      clearInterval(timer);
      return looking;
    },
  };
}
