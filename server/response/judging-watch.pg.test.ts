import { expect, it } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { seedCity } from '../testing/seed.ts';
import { tellWeather } from '../testing/weather.ts';
import { startJudging } from './judging-watch.ts';
import { readOpenProposalView } from './queries.ts';

const test = testDatabase();

it('a city is judged as soon as its weather changes, by however many servers, to one proposal', async () => {
  const city = await seedCity(test.sql);
  const other = await seedCity(test.sql);
  const faults: unknown[] = [];
  const log = (level: string, ...said: unknown[]) => void (level === 'error' && faults.push(said));
  const elsewhere = await test.db.another();
  const watches = await Promise.all([startJudging(test.db, log), startJudging(elsewhere, log)]);
  const levelOf = async () => (await readOpenProposalView(test.sql, city.cityId))?.level ?? null;
  // Well within the ten seconds of the watch's own round.
  const soon = { timeout: 5_000 };
  try {
    await tellWeather(test.db, city.people.dispatcher, 'orange');
    await expect.poll(levelOf, soon).toBe('orange');
    await tellWeather(test.db, city.people.dispatcher, 'red');
    await expect.poll(levelOf, soon).toBe('red');
    await tellWeather(test.db, city.people.dispatcher, 'mild');
    await expect.poll(levelOf, soon).toBeNull();
  } finally {
    for (const watch of watches) await watch.stop();
  }
  const made = await test.sql`
    select 1 from response_proposals where city_id = ${city.cityId}`;
  expect(made).toHaveLength(2);
  expect(await readOpenProposalView(test.sql, other.cityId)).toBeNull();
  expect(faults).toEqual([]);
});
