import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { coldNightOf } from '../../shared/response/rules.ts';
import type { LevelEffects } from '../../shared/response/settings.ts';
import { jobsOf } from '../planning/jobs.ts';
import { readFacts } from '../planning/facts.ts';
import { saveStation } from '../stations/actions.ts';
import { readStationView } from '../stations/queries.ts';
import { decideShelter } from '../stations/shelters.ts';
import { houseDraft } from '../testing/beds.ts';
import { testDatabase } from '../testing/database.ts';
import { reportAt } from '../testing/reports.ts';
import { place, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { skies, tellWeather } from '../testing/weather.ts';
import { readPublicPlaces } from '../tips/queries.ts';
import { declareNight, endNight, readSettings, saveSettings } from './actions.ts';
import { readActivationInForce, readColdSpans } from './queries.ts';

const test = testDatabase();
const orange = { level: 'orange', temperatureCelsius: -13, windKmh: 20, note: '' } as const;
const set = async (
  { people }: SeededCity,
  level: 'orange' | 'red',
  said: Partial<LevelEffects>,
) => {
  const settings = await readSettings(test.db, people.administrator);
  const effects = { ...settings.effects, [level]: { ...settings.effects[level], ...said } };
  await saveSettings(test.db, people.administrator, { ...settings, effects });
};
const activationNews = async ({ cityId }: SeededCity) =>
  test.sql<{ factor: number }[]>`
    select (payload -> 'activation' -> 'effects' ->> 'keyPointFactor')::float8 as factor from events
    where city_id = ${cityId} and kind = 'activation.changed' order by seq`;

describe('what a level changes', () => {
  it('counts from the moment it is declared, and anew from the moment it is set otherwise', async () => {
    const city = await seedCity(test.sql);
    const night = await declareNight(test.db, city.people.dispatcher, orange);
    expect(coldNightOf(night)).toBe(0.75);
    await set(city, 'orange', { keyPointFactor: 0.25, recheckHours: 1.5 });
    const after = await readActivationInForce(test.sql, city.cityId);
    expect(after).toMatchObject({
      id: night.id,
      effects: { keyPointFactor: 0.25, recheckHours: 1.5 },
    });
    expect((await activationNews(city)).map(({ factor }) => factor)).toEqual([0.75, 0.25]);
    await set(city, 'orange', { keyPointFactor: 0.25 });
    await set(city, 'red', { keyPointFactor: 0.1 });
    expect(await activationNews(city)).toHaveLength(2);
    await endNight(test.db, city.people.dispatcher);
    const period = { from: '2000-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' };
    const spans = await readColdSpans(test.sql, city.cityId, period);
    expect(spans.map(({ factor }) => factor)).toEqual([0.75, 0.25]);
    expect(spans[0]!.end).toBe(spans[1]!.start);
    expect(spans[1]!.end).toBeLessThan(Infinity);
  });

  it('weighs waiting in the plan, with the felt temperature of now', async () => {
    const city = await seedCity(test.sql);
    await reportAt(test.db, city, place(100, 100));
    const weightOf = async () => {
      const facts = (await readFacts(test.db, city.cityId))!;
      const [job] = jobsOf(facts);
      return { weight: job!.weight, felt: facts.feltCelsius };
    };
    expect((await weightOf()).felt).toBeNull();
    await declareNight(test.db, city.people.dispatcher, orange);
    const usual = await weightOf();
    expect(usual.felt).toBeCloseTo(-21.65, 1);
    await set(city, 'orange', { weightFactor: 3 });
    expect((await weightOf()).weight).toBeCloseTo(usual.weight * 2, 6);
    await tellWeather(test.db, city.people.dispatcher, 'blue');
    expect((await weightOf()).felt).toBeGreaterThan(-15);
    await declareNight(test.db, city.people.dispatcher, { ...orange, ...skies.red });
    expect((await weightOf()).felt).toBeGreaterThan(-15);
  });

  it('asks for shelters to be made ready, with a record, until one is opened or the night is over', async () => {
    const city = await seedCity(test.sql);
    const { administrator, dispatcher } = city.people;
    const house = (name: string) =>
      houseDraft({ general: 5 }, { kind: 'shelter', open: false, name });
    const [first, second] = [house('体育馆'), house('学校')];
    for (const draft of [first, second]) await saveStation(test.db, administrator, draft);
    const since = async (id: string) =>
      (await readStationView(test.sql, city.cityId, id))!.prepareSince;
    const shelterIds = [first.id, second.id, city.station.id, uuidv7()];
    await set(city, 'orange', { shelterIds });
    expect(await since(first.id)).toBeNull();
    const { declaredAt } = await declareNight(test.db, dispatcher, orange);
    expect([await since(first.id), await since(city.station.id)]).toEqual([declaredAt, null]);
    const records = await test.sql<{ station_id: string; reason: string; decided_by: string }[]>`
      select station_id, reason, decided_by from shelter_decisions
      where city_id = ${city.cityId} and prepare order by station_id`;
    expect(records.map((one) => one.station_id)).toEqual([first.id, second.id].toSorted());
    expect(records[0]).toMatchObject({ reason: 'orange', decided_by: dispatcher.userId });
    await decideShelter(test.db, dispatcher, {
      id: uuidv7(),
      stationId: first.id,
      open: true,
      reason: '满员',
    });
    expect([await since(first.id), await since(second.id)]).toEqual([null, declaredAt]);
    await saveStation(test.db, administrator, { ...second, kind: 'station' });
    expect(await since(second.id)).toBeNull();
    await saveStation(test.db, administrator, second);
    await set(city, 'orange', { shelterIds: [second.id] });
    expect(await since(second.id)).not.toBeNull();
    await endNight(test.db, dispatcher);
    expect(await since(second.id)).toBeNull();
  });

  it('says to the public what the city has to say, and until when', async () => {
    const city = await seedCity(test.sql);
    const untilAt = new Date(Date.now() + 36_000_000).toISOString();
    await declareNight(test.db, city.people.dispatcher, { ...orange, untilAt });
    await set(city, 'orange', { publicZh: '来站里', publicEn: 'Come in', callUp: '全体到岗' });
    const { night } = await readPublicPlaces(test.sql, city.cityId);
    expect(night).toMatchObject({ level: 'orange', untilAt, textZh: '来站里', textEn: 'Come in' });
    const inForce = await readActivationInForce(test.sql, city.cityId);
    expect(inForce!.effects!.callUp).toBe('全体到岗');
    await tellWeather(test.db, city.people.dispatcher, 'blue');
    const felt = (await readPublicPlaces(test.sql, city.cityId)).night!.feltCelsius;
    expect(felt).toBeGreaterThan(-15);
  });
});
