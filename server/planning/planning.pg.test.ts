import { describe, expect, it } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { giveVan, planFor, planWhen, teamFor, visitsOf } from '../testing/plans.ts';
import { reportAt } from '../testing/reports.ts';
import { place, seedCity } from '../testing/seed.ts';

const test = testDatabase({ maxConnections: 8 });

async function cityWithVans() {
  const city = await seedCity(test.sql);
  await giveVan(test.db, city, city.north.id);
  await giveVan(test.db, city, city.south.id);
  return city;
}

describe('the plan of a night', () => {
  it('takes up a new sighting by itself, and says who goes', async () => {
    const city = await cityWithVans();
    await planFor(test.db);
    const first = await planWhen(test.db, city, ({ lanes }) => lanes.length === 2);
    const { clusterId } = await reportAt(test.db, city, place(0, 400));
    const jobId = `cluster:${clusterId}` as const;
    const plan = await planWhen(test.db, city, (next) => teamFor(next, jobId) !== null);
    expect(plan.revision).toBeGreaterThan(first.revision);
    expect(teamFor(plan, jobId)).toBe(city.north.id);
    const [stop] = visitsOf(plan, city.north.id);
    expect(stop).toMatchObject({ jobId, clusterId, recheckId: null, state: 'proposed' });
    expect(stop!.reasons.length).toBeGreaterThan(0);
  });
});
