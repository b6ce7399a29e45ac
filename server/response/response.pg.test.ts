import { describe, expect, it } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { seedCity } from '../testing/seed.ts';
import { declareNight, endNight } from './actions.ts';
import { readActivationInForce } from './queries.ts';

const test = testDatabase();
const orange = { level: 'orange', temperatureCelsius: -13, windKmh: 20, note: '寒潮' } as const;
const rowsOf = (cityId: string) =>
  test.sql<{ level: string; ended: boolean; same: boolean }[]>`
    select level, ended_at is not null as ended,
      lag(ended_at) over (order by declared_at, id) is not distinct from declared_at as same
    from activations where city_id = ${cityId} order by declared_at, id`;

describe('a cold night', () => {
  it('is declared with its felt temperature and seen by everyone', async () => {
    const { cityId, people } = await seedCity(test.sql);
    expect(await readActivationInForce(test.sql, cityId)).toBeNull();
    const declared = await declareNight(test.db, people.dispatcher, orange);
    expect(declared.feltCelsius).toBeCloseTo(-21.65, 2);
    expect(await readActivationInForce(test.sql, cityId)).toEqual(declared);
    const events = await test.sql<{ kind: string; audience: string }[]>`
      select kind, audience from events where city_id = ${cityId}`;
    expect([...events]).toEqual([{ kind: 'activation.changed', audience: 'public' }]);
  });

  it('changes its level by ending one record and beginning the next at the same moment', async () => {
    const { cityId, people } = await seedCity(test.sql);
    await declareNight(test.db, people.dispatcher, orange);
    const red = await declareNight(test.db, people.station_manager, { ...orange, level: 'red' });
    expect(await readActivationInForce(test.sql, cityId)).toEqual(red);
    expect((await rowsOf(cityId)).map((row) => [row.level, row.ended, row.same])).toEqual([
      ['orange', true, false],
      ['red', false, true],
    ]);
  });

  it('declared twice with the same words is one', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const drafts = [orange, orange, { ...orange, temperatureCelsius: -13.1 }];
    for (const draft of drafts) await declareNight(test.db, people.dispatcher, draft);
    await declareNight(test.db, people.dispatcher, drafts[2]!);
    expect(await rowsOf(cityId)).toHaveLength(2);
  });

  it('is never in force twice, however many declare it at once', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const elsewhere = await test.db.another();
    const levels = ['blue', 'yellow', 'orange', 'red'] as const;
    await Promise.all(
      levels.map((level, index) =>
        declareNight(index % 2 === 0 ? test.db : elsewhere, people.dispatcher, {
          ...orange,
          level,
        }),
      ),
    );
    const rows = await rowsOf(cityId);
    expect(rows).toHaveLength(4);
    expect(rows.filter(({ ended }) => !ended)).toHaveLength(1);
  });

  it('is neither ended nor changed by who saw another one in force', async () => {
    const { cityId, people } = await seedCity(test.sql);
    const { dispatcher } = people;
    const seen = await declareNight(test.db, dispatcher, { ...orange, activationId: null });
    const red = { ...orange, level: 'red' } as const;
    const raised = await declareNight(test.db, dispatcher, { ...red, activationId: seen.id });
    const yellow = { ...orange, level: 'yellow' } as const;
    for (const activationId of [seen.id, null]) {
      const decided = [
        endNight(test.db, dispatcher, { proposalId: null, activationId }),
        declareNight(test.db, dispatcher, { ...yellow, activationId }),
      ];
      const codes = (await Promise.all(decided.map(refusal))).map(({ code }) => code);
      expect(codes).toEqual(['night_changed', 'night_changed']);
    }
    expect(await readActivationInForce(test.sql, cityId)).toEqual(raised);
    expect(await rowsOf(cityId)).toHaveLength(2);
    // A second click on what is done already is none about another night.
    const again = await declareNight(test.db, dispatcher, { ...red, activationId: seen.id });
    expect(again.id).toBe(raised.id);
    const named = { proposalId: null, activationId: raised.id };
    expect((await endNight(test.db, dispatcher, named)).endedAt).not.toBeNull();
    const late = declareNight(test.db, dispatcher, { ...yellow, activationId: raised.id });
    expect((await refusal(late)).code).toBe('night_changed');
  });

  it('ends once', async () => {
    const { cityId, people } = await seedCity(test.sql);
    await declareNight(test.db, people.dispatcher, orange);
    expect((await endNight(test.db, people.dispatcher)).endedAt).not.toBeNull();
    expect(await readActivationInForce(test.sql, cityId)).toBeNull();
    expect((await refusal(endNight(test.db, people.dispatcher))).code).toBe('no_night_declared');
  });
});
