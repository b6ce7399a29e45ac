import { expect, it } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { seedCity } from '../testing/seed.ts';
import { skies, tellForecast, tellWeather } from '../testing/weather.ts';
import type { Sky } from '../testing/weather.ts';
import { declareNight, readSettings, saveSettings } from './actions.ts';
import { judgeCity } from './judging.ts';
import { readActivationInForce, readOpenProposalView } from './queries.ts';

const test = testDatabase();

it('asks nothing about a night, and ends none, where the city asks nothing of the weather', async () => {
  const { cityId, people } = await seedCity(test.sql);
  const { administrator, dispatcher } = people;
  const open = () => readOpenProposalView(test.sql, cityId);
  const under = async (sky: Sky) => {
    await tellWeather(test.db, dispatcher, sky);
    await judgeCity(test.db, cityId);
  };
  await under('orange');
  const { id: proposalId, untilAt } = (await open())!;
  const draft = { ...skies.orange, note: '', level: 'orange', untilAt, proposalId } as const;
  await declareNight(test.db, dispatcher, draft);
  await test.sql`
    update activations set declared_at = declared_at - interval '6 hours' where city_id = ${cityId}`;
  const settings = await readSettings(test.db, administrator);
  const bare = { ...settings, rules: { ...settings.rules, rules: [] } };
  for (const automatic of ['off', 'all'] as const) {
    await saveSettings(test.db, administrator, { ...bare, automatic });
    await under('mild');
    expect(await open()).toBeNull();
    expect(await readActivationInForce(test.sql, cityId)).toMatchObject({ level: 'orange' });
  }
  // With rules, the same weather is milder than they ask; without them again, nobody is asked any more.
  await saveSettings(test.db, administrator, settings);
  expect(await open()).toMatchObject({ kind: 'end' });
  await saveSettings(test.db, administrator, bare);
  expect(await open()).toBeNull();
});

it('takes the air for what is felt where no source tells of wind, and declares by it', async () => {
  const { cityId, people } = await seedCity(test.sql);
  await tellForecast(test.db, cityId, 'red', 0);
  await test.sql`update weather_points set hours = hours || '{"windKmh": []}' where city_id = ${cityId}`;
  await judgeCity(test.db, cityId);
  const asked = await readOpenProposalView(test.sql, cityId);
  expect(asked).toMatchObject({ temperatureCelsius: -33, windKmh: null, feltCelsius: -33 });
  const settings = await readSettings(test.db, people.administrator);
  await saveSettings(test.db, people.administrator, { ...settings, automatic: 'all' });
  const { temperatureCelsius } = skies.red;
  expect(await readActivationInForce(test.sql, cityId)).toMatchObject({
    byRule: true,
    level: asked!.level,
    temperatureCelsius,
    feltCelsius: temperatureCelsius,
  });
});
