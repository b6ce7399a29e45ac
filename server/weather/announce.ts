/** Tells every screen that the weather is another one, and keeps the hours that are over. */
import { createHash } from 'node:crypto';
import { floorToHour, hourAt, hourMs } from '../../shared/weather/hours.ts';
import { feltAt } from '../../shared/weather/measures.ts';
import type { HourSeries, WeatherNews } from '../../shared/weather/schema.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import type { Weather } from './assemble.ts';
import { readState, readWeather } from './queries.ts';
import { deleteOldHours, upsertPastHours, upsertState } from './records.ts';
import type { PastHour } from './records.ts';

/** When a source is asked and that it answered is no news; what it answers is. */
function fingerprintOf({ view, news }: Weather): string {
  const sources = view.sources.map(
    ({ lastAttemptAt: _last, nextAttemptAt: _next, lastAnswerAt: _answer, ...source }) => source,
  );
  return createHash('sha1')
    .update(JSON.stringify([{ ...view, sources }, news]))
    .digest('hex');
}

/** Within the change that made the weather another one; a change that made no difference is not told of. */
export async function announceWeather(change: CityChange): Promise<WeatherNews> {
  const { tx, cityId } = change;
  const weather = await readWeather(tx, cityId);
  const fingerprint = fingerprintOf(weather);
  const before = await readState(tx, cityId);
  if (before?.fingerprint === fingerprint) return { revision: before.revision, ...weather.news };
  const news: WeatherNews = { revision: (before?.revision ?? 0) + 1, ...weather.news };
  await upsertState(tx, cityId, { revision: news.revision, fingerprint });
  await upsertPastHours(tx, cityId, pastOf(weather.view.city, Date.parse(change.now)));
  await deleteOldHours(tx, cityId);
  change.emit({ kind: 'weather.changed', weather: news }, 'public');
  return news;
}

/** Time alone changes the weather too: another hour begins, a source grows old, a warning runs out. */
export async function announceIfDue(db: Database, cityId: string): Promise<void> {
  const weather = await readWeather(db.sql, cityId);
  const told = await readState(db.sql, cityId);
  if (told === null && weather.view.sources.length === 0) return;
  if (told?.fingerprint !== fingerprintOf(weather)) await changeCity(db, cityId, announceWeather);
}

/** The hours up to this one that somebody told of. */
function pastOf(city: HourSeries, nowMs: number): PastHour[] {
  const from = Date.parse(city.fromAt);
  const count = (floorToHour(nowMs) - from) / hourMs + 1;
  return Array.from({ length: count }, (_, index) => from + index * hourMs).flatMap((at) => {
    const hour = hourAt(city, at);
    const { temperatureCelsius } = hour;
    if (temperatureCelsius === null) return [];
    const { feltCelsius } = feltAt(hour);
    return [{ ...hour, at: new Date(at).toISOString(), temperatureCelsius, feltCelsius }];
  });
}
