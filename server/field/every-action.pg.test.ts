import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { fieldActionSchema } from '../../shared/field/schema.ts';
import { readDispatchView } from '../dispatch/queries.ts';
import { appRouter } from '../router.ts';
import { testDatabase } from '../testing/database.ts';
import { apart, done, hoursAgo, lateNight, tellStep } from '../testing/late.ts';
import { refusal } from '../testing/refusal.ts';
import { draftAt } from '../testing/reports.ts';
import { contextOf, place, seedCity } from '../testing/seed.ts';
import { submit } from './actions.ts';

const test = testDatabase();
const keptOf = (cityId: string) => test.sql<{ id: string; kind: string; result: string }[]>`
  select id, kind, result from field_actions where city_id = ${cityId} order by received_at, id`;

describe('any action', () => {
  it('any/again: the same one again changes nothing and hears the same', async () => {
    const { city, dispatch } = await lateNight(test.db);
    const accept = done('dispatch.accept', hoursAgo(5), { dispatchId: dispatch.id });
    const first = await submit(test.db, city.people.patrol, accept);
    expect(first).toMatchObject({ id: accept.id, result: 'applied', conflict: null });
    await tellStep(test.db, city.people.patrol, 'setOff', dispatch.id, hoursAgo(4));
    expect(await submit(test.db, city.people.patrol, accept)).toEqual(first);
    expect(await keptOf(city.cityId)).toHaveLength(2);
    expect((await readDispatchView(test.sql, city.cityId, dispatch.id))!.state).toBe('en_route');
  });

  it('any/at-once: of two copies at the same moment one takes effect, and both hear the same', async () => {
    const { city, dispatch } = await lateNight(test.db);
    const elsewhere = await test.db.another();
    const accept = done('dispatch.accept', hoursAgo(5), { dispatchId: dispatch.id });
    const report = done('sighting.report', hoursAgo(1), { sighting: draftAt(place(900, 0)) });
    for (const action of [accept, report]) {
      const [one, other] = await Promise.all(
        [test.db, elsewhere].map((db) => submit(db, city.people.patrol, action)),
      );
      expect(one).toEqual(other);
    }
    expect((await keptOf(city.cityId)).map(({ kind }) => kind)).toEqual([accept.kind, report.kind]);
    const timeline = await test.sql`
      select 1 from cluster_timeline where city_id = ${city.cityId} and kind = 'accepted'`;
    expect(timeline).toHaveLength(1);
  });

  it('any/other-user: the id of an action is its maker’s, and of its kind', async () => {
    const { city, dispatch } = await lateNight(test.db);
    const accept = done('dispatch.accept', hoursAgo(5), { dispatchId: dispatch.id });
    await submit(test.db, city.people.patrol, accept);
    const stolen = await refusal(submit(test.db, city.people.dispatcher, accept));
    expect(stolen.code).toBe('not_allowed');
    const report = done('sighting.report', hoursAgo(1), { sighting: draftAt(place(900, 0)) });
    const taken = { ...report, id: accept.id };
    expect((await refusal(submit(test.db, city.people.patrol, taken))).code).toBe('not_allowed');
    expect(await keptOf(city.cityId)).toHaveLength(1);
  });

  it('any/other-role: a reporter has reports alone, a shift is a crew’s', async () => {
    const { city, dispatch } = await lateNight(test.db);
    const accept = done('dispatch.accept', hoursAgo(5), { dispatchId: dispatch.id });
    const end = done('shift.end', hoursAgo(1), { shiftId: uuidv7() });
    for (const [who, action] of [
      ['reporter', accept],
      ['auditor', accept],
      ['dispatcher', end],
    ] as const) {
      const refused = await refusal(submit(test.db, city.people[who], action));
      expect(refused.code).toBe('not_allowed');
    }
    expect((await submit(test.db, city.people.dispatcher, accept)).result).toBe('applied');
  });

  it('any/ahead: never counts for a time after the server’s', async () => {
    const { city, dispatch } = await lateNight(test.db);
    const { receivedAt } = await tellStep(
      test.db,
      city.people.patrol,
      'accept',
      dispatch.id,
      hoursAgo(-8),
    );
    const known = await readDispatchView(test.sql, city.cityId, dispatch.id);
    expect(known!.acceptedAt).toBe(receivedAt);
  });

  it('any/too-old: what lies more than 72 hours back is refused', async () => {
    const { city, dispatch } = await lateNight(test.db);
    const old = tellStep(test.db, city.people.patrol, 'accept', dispatch.id, hoursAgo(73));
    expect(await refusal(old)).toMatchObject({
      code: 'seen_too_long_ago',
      details: { field: 'at', params: { hours: 72 } },
    });
    await tellStep(test.db, city.people.patrol, 'accept', dispatch.id, hoursAgo(71));
  });

  it('any/refused: keeps nothing, and the mended one counts under the same id', async () => {
    const city = await seedCity(test.sql);
    const sighting = draftAt(place(0, 0), { headcount: 500 });
    const report = done('sighting.report', hoursAgo(1), { sighting });
    const refused = await refusal(submit(test.db, city.people.patrol, report));
    expect(refused.code).toBe('headcount_out_of_range');
    expect(await keptOf(city.cityId)).toEqual([]);
    const mended = { ...report, sighting: { ...sighting, headcount: 5 } };
    const answer = await submit(test.db, city.people.patrol, mended);
    expect(answer).toMatchObject({ id: report.id, result: 'applied', version: 1 });
  });

  it('any/signed-out: is for whoever is signed in', async () => {
    const { dispatch } = await lateNight(test.db);
    const accept = done('dispatch.accept', hoursAgo(5), { dispatchId: dispatch.id });
    const caller = appRouter.createCaller(contextOf(test.db, null));
    await expect(caller.field.submit(accept)).rejects.toMatchObject({
      cause: { code: 'not_signed_in' },
    });
  });

  it('is parsed at the door, and its time is told with the answer', async () => {
    const { city, dispatch } = await lateNight(test.db);
    const caller = appRouter.createCaller(contextOf(test.db, city.people.patrol));
    const at = hoursAgo(5);
    const action = fieldActionSchema.parse(
      done('dispatch.accept', at, { dispatchId: dispatch.id }),
    );
    const answer = await caller.field.submit(action);
    expect(apart(answer.receivedAt, at)).toBeGreaterThan(4 * 3_600_000);
    const [row] = await test.sql<{ at: string; received_at: string; team_id: string }[]>`
      select at, received_at, team_id from field_actions where city_id = ${city.cityId}`;
    expect(row).toEqual({ at, received_at: answer.receivedAt, team_id: city.north.id });
  });
});
