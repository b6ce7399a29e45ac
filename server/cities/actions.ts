import type { CityConfiguration, CityView } from '../../shared/cities/schema.ts';
import type { PlanningSettings } from '../../shared/planning/schema.ts';
import type { ResponseSettings } from '../../shared/response/settings.ts';
import { AppError } from '../../shared/errors.ts';
import { recordAudit } from '../accounts/audit.ts';
import { regroupCity } from '../clusters/actions.ts';
import type { Session } from '../kernel/context.ts';
import type { Database, Db } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import type { CityChange } from '../realtime/change-city.ts';
import { basemapOf } from './catalogue.ts';
import { findCity, listCities, readConfiguration, updateConfiguration } from './queries.ts';
import type { CityWithoutMap } from './queries.ts';

/** @param demoOn off: no city is a demo, whatever was shown in it before */
const viewOf = (city: CityWithoutMap, demoOn: boolean): CityView => ({
  ...city,
  demo: city.demo && demoOn,
  basemap: basemapOf(city.id),
});

export async function readCityViews(db: Db, demoOn = true): Promise<CityView[]> {
  const cities = await listCities(db);
  return cities.map((city) => viewOf(city, demoOn));
}

export async function readCityView(db: Db, cityId: string, demoOn = true): Promise<CityView> {
  const city = await findCity(db, cityId);
  if (!city) throw new AppError('not_found', { field: 'cityId' });
  return viewOf(city, demoOn);
}

export async function readSettings(db: Db, cityId: string): Promise<CityConfiguration> {
  const configuration = await readConfiguration(db, cityId);
  if (!configuration) throw new AppError('not_found', { field: 'cityId' });
  return configuration;
}

/** The numbers that the grouping is a function of. */
const groupingKeys = ['epsMeters', 'minPoints', 'maxDiameterMeters', 'windowHours'] as const;

/** How plans are weighed is set apart, with who lets the city send by itself; answers what it was. */
export async function changePlanning(
  { tx, cityId }: CityChange,
  planning: PlanningSettings,
): Promise<PlanningSettings> {
  const before = await readSettings(tx, cityId);
  await updateConfiguration(tx, cityId, { ...before, planning });
  return before.planning;
}

/** The response to a cold night is set apart too; answers what it was. */
export async function changeResponse(
  { tx, cityId }: CityChange,
  response: ResponseSettings,
): Promise<ResponseSettings> {
  const before = await readSettings(tx, cityId);
  await updateConfiguration(tx, cityId, { ...before, response });
  return before.response;
}

/** Other grouping numbers regroup the whole city in the same transaction; `planning` and `response` stay as they are. */
export async function changeSettings(
  db: Database,
  { cityId, userId }: Session,
  wanted: CityConfiguration,
): Promise<CityConfiguration> {
  const [two, three, four] = wanted.priorityThresholds;
  if (!(two < three && three < four))
    throw new AppError('invalid_input', { field: 'priorityThresholds' });
  return changeCity(db, cityId, async (change) => {
    const before = await readSettings(change.tx, cityId);
    const next = { ...wanted, planning: before.planning, response: before.response };
    await updateConfiguration(change.tx, cityId, next);
    await recordAudit(change.tx, {
      cityId,
      userId,
      action: 'settings.changed',
      details: differences(before, next),
    });
    const { nameZh: _zh, nameEn: _en, hotline: _hotline, ...settings } = next;
    if (groupingKeys.some((key) => before[key] !== next[key]))
      await regroupCity({ ...change, settings });
    return next;
  });
}

function differences(before: CityConfiguration, after: CityConfiguration): Record<string, string> {
  const keys = Object.keys(after) as (keyof CityConfiguration)[];
  const said = (value: unknown) => JSON.stringify(value);
  return Object.fromEntries(
    keys
      .filter((key) => said(before[key]) !== said(after[key]))
      .map((key) => [key, `${said(before[key])} → ${said(after[key])}`]),
  );
}
