import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { findCity } from '../cities/queries.ts';
import { contextOf } from '../testing/seed.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { createFirstCityLink, setupAdministrator } from './setup.ts';

const test = testDatabase();
const person = { username: 'chief', displayName: '站长', password: 'a long enough password' };
const city = {
  id: 'first-city',
  nameZh: '首城',
  nameEn: 'First City',
  lon: 116.4,
  lat: 39.9,
  radiusKm: 20,
  timeZone: 'Asia/Shanghai',
  hotline: '12345',
};

describe('a link that belongs to no city', () => {
  it('asks for the city first, and is not used up by that or by a city that can’t be', async () => {
    const token = await createFirstCityLink(test.sql);
    const context = contextOf(test.db, null);
    expect(await refusal(setupAdministrator(context, { ...person, token }))).toMatchObject({
      code: 'invalid_input',
      details: { field: 'city' },
    });
    const nowhere = { ...city, timeZone: 'Moon/Crater' };
    expect(
      await refusal(setupAdministrator(context, { ...person, token, city: nowhere })),
    ).toMatchObject({
      details: { field: 'city.timeZone' },
    });
    expect(await setupAdministrator(context, { ...person, token, city })).toMatchObject({
      cityId: 'first-city',
      user: { role: 'administrator', username: 'chief' },
    });
    const again = await refusal(setupAdministrator(context, { ...person, token, city }));
    expect(again).toBeInstanceOf(AppError);
    expect(again.code).toBe('link_expired');
  });

  it('makes a city that reaches as far as it was said to', async () => {
    const made = (await findCity(test.sql, 'first-city'))!;
    expect(made).toMatchObject({
      nameZh: '首城',
      hotline: '12345',
      demo: false,
      center: { lon: 116.4, lat: 39.9 },
    });
    const [west, south, east, north] = made.bounds;
    const [size] = await test.sql<{ east: number; north: number }[]>`
      select st_distance(st_makepoint(${west}, 39.9)::geography, st_makepoint(${east}, 39.9)::geography) as east,
        st_distance(st_makepoint(116.4, ${south})::geography, st_makepoint(116.4, ${north})::geography) as north`;
    expect(Math.abs(size!.east - 40_000)).toBeLessThan(300);
    expect(Math.abs(size!.north - 40_000)).toBeLessThan(300);
  });

  it('refuses a name that another city has', async () => {
    const token = await createFirstCityLink(test.sql);
    const taken = await refusal(
      setupAdministrator(contextOf(test.db, null), { ...person, token, city }),
    );
    expect(taken).toMatchObject({ code: 'invalid_input', details: { field: 'city.id' } });
  });
});
