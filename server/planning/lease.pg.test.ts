import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { changeCity } from '../realtime/change-city.ts';
import { testDatabase } from '../testing/database.ts';
import { planFor, planWhen } from '../testing/plans.ts';
import { reportAt } from '../testing/reports.ts';
import { place, seedCity } from '../testing/seed.ts';
import { holdCity, releaseCities, stillHolds } from './lease.ts';
import { readStoredPlan } from './queries.ts';
import { storePlan } from './store-plan.ts';

const test = testDatabase();

describe('who plans for a city', () => {
  it('is one of however many ask at once', async () => {
    const { cityId } = await seedCity(test.sql);
    const elsewhere = await test.db.another();
    const holders = Array.from({ length: 20 }, () => uuidv7());
    const held = await Promise.all(
      holders.map((holder, i) => holdCity(i % 2 ? test.sql : elsewhere.sql, cityId, holder)),
    );
    expect(held.filter(Boolean)).toHaveLength(1);
    const winner = holders[held.indexOf(true)]!;
    expect(await holdCity(test.sql, cityId, winner)).toBe(true);
    expect(await stillHolds(test.sql, cityId, winner)).toBe(true);
  });

  it('is another when the first has let go, or has not been heard of for long enough', async () => {
    const { cityId } = await seedCity(test.sql);
    const [first, second, third] = [uuidv7(), uuidv7(), uuidv7()];
    expect(await holdCity(test.sql, cityId, first)).toBe(true);
    await releaseCities(test.sql, first);
    expect(await holdCity(test.sql, cityId, second)).toBe(true);
    expect(await holdCity(test.sql, cityId, third)).toBe(false);
    await test.sql`
      update planning_states set held_until = now() - interval '1 second' where city_id = ${cityId}`;
    expect(await holdCity(test.sql, cityId, third)).toBe(true);
    expect(await stillHolds(test.sql, cityId, second)).toBe(false);
  });

  it('writes nothing any more once it has lost the city', async () => {
    const city = await seedCity(test.sql);
    await planFor(test.db);
    const view = await planWhen(test.db, city, ({ lanes }) => lanes.length === 2);
    const stored = (await readStoredPlan(test.sql, city.cityId))!;
    const late = { ...stored, revision: 900, view: { ...view, revision: 900, lanes: [] } };
    const by = { holder: uuidv7(), before: view, next: late, holds: [] };
    expect(await storePlan(test.db, city.cityId, by)).toEqual({ kind: 'lost' });
    expect((await readStoredPlan(test.sql, city.cityId))!.revision).toBe(stored.revision);
  });

  it('goes on from the plan of the one before it', async () => {
    const city = await seedCity(test.sql);
    const first = await planFor(test.db);
    const before = await planWhen(test.db, city, ({ lanes }) => lanes.length === 2);
    await first.stop();
    await planFor(await test.db.another());
    await reportAt(test.db, city, place(0, 300));
    const after = await planWhen(
      test.db,
      city,
      ({ lanes, unserved }) => [...lanes.flatMap(({ stops }) => stops), ...unserved].length > 0,
    );
    expect(after.revision).toBeGreaterThan(before.revision);
  });

  it('may be a city that goes away meanwhile', async () => {
    const change = changeCity(test.db, 'gone', async () => undefined);
    await expect(change).rejects.toThrow('not_found');
    expect(await stillHolds(test.sql, 'gone', uuidv7())).toBe(false);
  });
});
