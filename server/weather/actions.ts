import { v7 as uuidv7 } from 'uuid';
import { AppError } from '../../shared/errors.ts';
import { endOf, floorToHour, hourMs } from '../../shared/weather/hours.ts';
import type {
  HandHour,
  SourceDraft,
  SourceTrial,
  SourceView,
  WeatherNews,
  WeatherView,
} from '../../shared/weather/schema.ts';
import { recordAudit } from '../accounts/audit.ts';
import type { Context, Session } from '../kernel/context.ts';
import type { Database } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import { announceWeather } from './announce.ts';
import { pollNow } from './poller.ts';
import { readSourceView, readWeather, readWeatherView } from './queries.ts';
import { deleteSource, upsertHandHours, upsertSource } from './records.ts';
import { pastHours } from './stored-hours.ts';
import { readStoredHours } from './told-records.ts';

/** So far ahead a person may know better than a forecast. */
const handHoursAhead = 240;

/** @throws AppError invalid_input on `address` where the kind has no usual one, on `id` where it is nobody's to set up */
export async function saveSource(
  db: Database,
  { cityId, userId }: Session,
  draft: SourceDraft,
): Promise<SourceView> {
  if (draft.address === '' && draft.kind !== 'open_meteo')
    throw new AppError('invalid_input', { field: 'address' });
  return changeCity(db, cityId, async (change) => {
    if (!(await upsertSource(change.tx, cityId, { ...draft, at: change.now })))
      throw new AppError('invalid_input', { field: 'id' });
    const { kind, name, address, enabled, key } = draft;
    await recordAudit(change.tx, {
      cityId,
      userId,
      action: 'weather.sourceSaved',
      subject: name,
      details: { kind, address, enabled, keyChanged: key !== null },
    });
    await announceWeather(change);
    return (await readSourceView(change.tx, cityId, draft.id))!;
  });
}

/** Where sources are asked is for those who set them up and those who look into it: an address may hold a token. */
export async function readWeatherFor(
  db: Database,
  { cityId, role }: Session,
): Promise<WeatherView> {
  const view = await readWeatherView(db.sql, cityId);
  if (role === 'administrator' || role === 'auditor') return view;
  return { ...view, sources: view.sources.map((source) => ({ ...source, address: '' })) };
}

/** Its points and warnings go with it; the hours that are over stay. */
export function removeSource(
  db: Database,
  { cityId, userId }: Session,
  { id }: { id: string },
): Promise<WeatherNews> {
  return changeCity(db, cityId, async (change) => {
    const name = await deleteSource(change.tx, cityId, id);
    if (name === null) throw new AppError('not_found', { field: 'id' });
    const fact = { cityId, userId, action: 'weather.sourceRemoved', subject: name };
    await recordAudit(change.tx, fact);
    return announceWeather(change);
  });
}

/**
 * Stands above every forecast of the same hours.
 * @throws AppError invalid_input on `at`: hours that nobody judges by any more, or that nobody can know yet
 */
export function typeHours(
  db: Database,
  { cityId, userId }: Session,
  hours: readonly HandHour[],
): Promise<WeatherNews> {
  return changeCity(db, cityId, async (change) => {
    const thisHour = floorToHour(Date.parse(change.now));
    const byHour = new Map(hours.map((hour) => [floorToHour(Date.parse(hour.at)), hour]));
    for (const at of byHour.keys())
      if (at < thisHour - pastHours * hourMs || at > thisHour + handHoursAhead * hourMs)
        throw new AppError('invalid_input', { field: 'at' });
    await upsertHandHours(
      change.tx,
      cityId,
      [...byHour].map(([at, hour]) => ({ ...hour, at: new Date(at).toISOString() })),
      { by: userId, at: change.now, sourceId: uuidv7() },
    );
    await recordAudit(change.tx, {
      cityId,
      userId,
      action: 'weather.hoursTyped',
      details: { hours: byHour.size, fromAt: new Date(Math.min(...byHour.keys())).toISOString() },
    });
    return announceWeather(change);
  });
}

/** Asks at once, also one that is switched off, and waits for what comes; what comes is kept like any other answer. */
export async function tryNow(
  { db, log, config }: Pick<Context, 'db' | 'log' | 'config'>,
  { cityId }: Session,
  { id }: { id: string },
): Promise<SourceTrial> {
  const { openMeteoUrl } = config;
  if (!(await pollNow({ db, log, openMeteoUrl }, cityId, id)))
    throw new AppError('not_found', { field: 'id' });
  const { view } = await readWeather(db.sql, cityId);
  const source = view.sources.find((one) => one.id === id);
  if (!source) throw new AppError('not_found', { field: 'id' });
  const own = await readStoredHours(db.sql, cityId, id);
  const nowMs = Date.now();
  const end = Math.max(nowMs, ...[...own.values()].map(({ hours }) => endOf(hours)));
  return {
    source,
    points: own.size,
    hoursAhead: Math.floor((end - nowMs) / hourMs),
    warnings: view.warnings.filter(({ sourceId }) => sourceId === id).length,
  };
}
