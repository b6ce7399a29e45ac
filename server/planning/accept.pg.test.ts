import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { JobId, Lane, PlanView } from '../../shared/planning/schema.ts';
import { planningSettingsSchema } from '../../shared/planning/schema.ts';
import { readAuditEntries } from '../accounts/audit.ts';
import { readTimeline } from '../clusters/queries.ts';
import { cancelDispatch, sendTeam } from '../dispatch/actions.ts';
import { readActiveDispatchViews } from '../dispatch/queries.ts';
import { holdBeds } from '../stations/holds.ts';
import { readLiveHoldViews } from '../stations/queries.ts';
import { wrongCounters } from '../testing/beds.ts';
import { testDatabase } from '../testing/database.ts';
import {
  plannedCity,
  planWhen,
  proposedTo,
  somebodyOld,
  teamFor,
  visitsOf,
  wish,
} from '../testing/plans.ts';
import { refusal } from '../testing/refusal.ts';
import { seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { declareNight } from '../response/actions.ts';
import { acceptPlan, acceptStop } from './accept.ts';
import { readTaskOf, saveSettings } from './actions.ts';
import { readAutoBy, readPlanView } from './queries.ts';

const test = testDatabase({ maxConnections: 8 });
const auditOf = async (city: SeededCity) =>
  (await readAuditEntries(test.sql, city.cityId, null)).map(({ action }) => action);
const settings = (change: object) => planningSettingsSchema.parse(change);

/** By hand to the team in the south, with a place kept for whom it brings in. */
async function sendFar(city: SeededCity, jobId: JobId): Promise<string> {
  const desk = city.people.dispatcher;
  const clusterId = jobId.slice('cluster:'.length);
  const teamId = city.south.id;
  const id = uuidv7();
  await sendTeam(test.db, desk, { id, clusterId, recheckId: null, teamId, note: '' });
  await holdBeds(test.db, desk, {
    id: uuidv7(),
    stationId: city.station.id,
    kind: 'general',
    places: 1,
    dispatchId: id,
    expectedAt: new Date(Date.now() + 600_000).toISOString(),
  });
  return id;
}
/** Each would better have what the other has. */
const crossedLane = (city: SeededCity, lane: Lane): Lane => ({
  ...lane,
  stops: lane.stops.map((stop) => {
    const toTeamId = lane.teamId === city.north.id ? city.south.id : city.north.id;
    return stop.kind === 'visit' ? { ...stop, change: { toTeamId, gainMinutes: 9 } } : stop;
  }),
});

describe('a proposal that is accepted', () => {
  it('is a dispatch with its bed and its task, once however often it is sent', async () => {
    const city = await plannedCity(test);
    const desk = city.people.dispatcher;
    const jobId = await somebodyOld(test.db, city, 400);
    const { revision } = await planWhen(test.db, city, proposedTo(jobId, city.north.id));
    const stops = [wish(jobId, city.north.id)];
    const answers = await acceptPlan(test.db, desk, { revision, stops });
    expect(answers).toEqual([{ ...stops[0], refused: null }]);
    expect(await acceptPlan(test.db, desk, { revision, stops })).toEqual(answers);
    const { dispatchId } = stops[0]!;
    const [hold, ...more] = await readLiveHoldViews(test.sql, city.cityId);
    expect(more).toEqual([]);
    expect(hold).toMatchObject({ dispatchId, teamId: city.north.id, places: 1, state: 'held' });
    const task = await readTaskOf(test.db, city.people.patrol, { dispatchId });
    expect(task).toMatchObject({
      dispatchId,
      stop: { jobId, dispatchId, state: 'sent', bed: { holdId: hold!.id } },
      // oxlint-disable-next-line unicorn/no-thenable -- a stop, never a function
      then: { kind: 'station', stationId: city.station.id },
    });
    expect(hold!.expectedAt).toBe(task!.then!.arriveAt);
    const other = readTaskOf(test.db, city.southPatrol, { dispatchId });
    expect((await refusal(other)).code).toBe('dispatch_not_yours');
    const plan = await planWhen(
      test.db,
      city,
      (next) => visitsOf(next, city.north.id)[0]?.state === 'sent',
    );
    expect(visitsOf(plan, city.north.id)[0]).toMatchObject({
      dispatchId,
      bed: { holdId: hold!.id },
    });
    expect(await auditOf(city)).toContain('planning.accepted');
  });

  it('is refused with what became of it, and the others of the same hand are sent', async () => {
    const city = await plannedCity(test);
    const desk = city.people.dispatcher;
    const near = await somebodyOld(test.db, city, 400);
    const far = await somebodyOld(test.db, city, -2400);
    const { revision } = await planWhen(
      test.db,
      city,
      (plan) => teamFor(plan, near) !== null && teamFor(plan, far) !== null,
    );
    const stops = [wish(near, city.south.id), wish(far, city.south.id), wish(near, city.north.id)];
    const answers = await acceptPlan(test.db, desk, { revision, stops });
    expect(answers.map(({ refused }) => refused?.code ?? null)).toEqual([
      'plan_changed',
      null,
      null,
    ]);
  });

  it('takes the last bed once, from two servers in the same moment', async () => {
    const city = await plannedCity(test);
    const elsewhere = await test.db.another();
    const near = await somebodyOld(test.db, city, 400);
    const far = await somebodyOld(test.db, city, -2400);
    const both = (plan: PlanView) =>
      visitsOf(plan, city.north.id)[0]?.bed != null &&
      visitsOf(plan, city.south.id)[0]?.bed != null;
    const plan = await planWhen(test.db, city, both);
    await test.sql`
      update station_places set blocked = 1 where city_id = ${city.cityId}`;
    const answers = await Promise.all([
      acceptPlan(test.db, city.people.dispatcher, {
        revision: plan.revision,
        stops: [wish(near, city.north.id)],
      }),
      acceptPlan(elsewhere, city.people.station_manager, {
        revision: plan.revision,
        stops: [wish(far, city.south.id)],
      }),
    ]);
    const codes = answers.flat().map(({ refused }) => refused?.code ?? 'sent');
    expect(codes.toSorted()).toEqual(['no_bed', 'sent']);
    expect(await readLiveHoldViews(test.sql, city.cityId)).toHaveLength(1);
    expect(await readActiveDispatchViews(test.sql, city.cityId)).toHaveLength(1);
    expect(await wrongCounters(test.sql, city.cityId)).toEqual([]);
  });

  it('wins or loses whole where two desks accept the same', async () => {
    const city = await plannedCity(test);
    const elsewhere = await test.db.another();
    const jobId = await somebodyOld(test.db, city, 400);
    const { revision } = await planWhen(test.db, city, proposedTo(jobId, city.north.id));
    const accept = (db: typeof elsewhere) =>
      acceptPlan(db, city.people.dispatcher, { revision, stops: [wish(jobId, city.north.id)] });
    const answers = (await Promise.all([accept(test.db), accept(elsewhere)])).flat();
    expect(answers.filter(({ refused }) => refused === null)).toHaveLength(1);
    expect(await readLiveHoldViews(test.sql, city.cityId)).toHaveLength(1);
  });

  it('takes the place of what was sent: the old one called off with its bed, the new one with its own', async () => {
    const city = await plannedCity(test);
    const desk = city.people.dispatcher;
    await saveSettings(test.db, city.people.administrator, settings({ changeGain: 0 }));
    const jobId = await somebodyOld(test.db, city, 400);
    await planWhen(test.db, city, proposedTo(jobId, city.north.id));
    const first = await sendFar(city, jobId);
    const plan = await planWhen(
      test.db,
      city,
      (next) => visitsOf(next, city.south.id)[0]?.change?.toTeamId === city.north.id,
    );
    const stops = [wish(jobId, city.north.id)];
    const answers = await acceptPlan(test.db, desk, { revision: plan.revision, stops });
    expect(answers).toEqual([{ ...stops[0], refused: null }]);
    const { dispatchId } = stops[0]!;
    const dispatches = await readActiveDispatchViews(test.sql, city.cityId);
    expect(dispatches.map(({ id, state }) => [id, state])).toEqual([
      [first, 'cancelled'],
      [dispatchId, 'offered'],
    ]);
    const holds = await readLiveHoldViews(test.sql, city.cityId);
    expect(holds).toMatchObject([{ dispatchId, teamId: city.north.id, places: 1 }]);
    expect(await wrongCounters(test.sql, city.cityId)).toEqual([]);
    const task = await readTaskOf(test.db, city.people.patrol, { dispatchId });
    expect(task!.stop).toMatchObject({
      state: 'sent',
      change: null,
      bed: { holdId: holds[0]!.id },
    });
  });

  it.each(['one', 'other'])(
    'lets two teams change places, whichever is said first: the %s',
    async (first) => {
      const city = await plannedCity(test);
      const near = await somebodyOld(test.db, city, 400);
      const far = await somebodyOld(test.db, city, -2400);
      const plan = await planWhen(
        test.db,
        city,
        (next) => teamFor(next, near) === city.north.id && teamFor(next, far) === city.south.id,
      );
      const { revision } = plan;
      const wishes = [wish(near, city.north.id), wish(far, city.south.id)];
      await acceptPlan(test.db, city.people.dispatcher, { revision, stops: wishes });
      const sent = await planWhen(test.db, city, (next) =>
        [city.north.id, city.south.id].every((id) => visitsOf(next, id)[0]?.state === 'sent'),
      );
      const crossed: PlanView = {
        ...sent,
        lanes: sent.lanes.map((lane) => crossedLane(city, lane)),
      };
      const swap = [wish(near, city.south.id), wish(far, city.north.id)];
      for (const one of first === 'one' ? swap : swap.toReversed()) {
        const answer = await acceptStop(test.db, city.people.dispatcher, crossed, one, {});
        expect(answer.refused).toBeNull();
      }
      const active = await readActiveDispatchViews(test.sql, city.cityId);
      const live = active.filter(({ endedAt }) => endedAt === null);
      expect(new Set(live.map(({ id }) => id))).toEqual(new Set(swap.map((one) => one.dispatchId)));
      const holds = await readLiveHoldViews(test.sql, city.cityId);
      expect(new Map(holds.map((hold) => [hold.dispatchId, hold.teamId]))).toEqual(
        new Map(swap.map((one) => [one.dispatchId, one.teamId])),
      );
      expect(await wrongCounters(test.sql, city.cityId)).toEqual([]);
    },
  );

  it('is nothing without a plan', async () => {
    const city = await seedCity(test.sql);
    const stops = [wish(`cluster:${uuidv7()}`, city.north.id)];
    const accepting = acceptPlan(test.db, city.people.dispatcher, { revision: 1, stops });
    expect((await refusal(accepting)).code).toBe('no_plan');
    expect(await readPlanView(test.sql, city.cityId)).toBeNull();
  });
});

describe('sending by itself', () => {
  const night = { level: 'orange', temperatureCelsius: -12, windKmh: 20, note: '' } as const;

  it('is off unless somebody switches it on', async () => {
    const city = await plannedCity(test);
    await declareNight(test.db, city.people.dispatcher, { ...night, level: 'red' });
    const jobId = await somebodyOld(test.db, city, 400);
    const { revision } = await planWhen(test.db, city, proposedTo(jobId, city.north.id));
    await somebodyOld(test.db, city, -2400);
    await planWhen(test.db, city, (plan) => plan.revision > revision);
    expect(await readActiveDispatchViews(test.sql, city.cityId)).toEqual([]);
  });

  it('sends from the level on that was chosen, in the name of who chose it, and says so', async () => {
    const city = await plannedCity(test);
    const { administrator, dispatcher } = city.people;
    await saveSettings(test.db, administrator, settings({ autoDispatch: 'orange' }));
    expect((await readAutoBy(test.sql, city.cityId))?.userId).toBe(administrator.userId);
    await declareNight(test.db, dispatcher, { ...night, level: 'yellow' });
    const jobId = await somebodyOld(test.db, city, 400);
    await planWhen(test.db, city, proposedTo(jobId, city.north.id));
    expect(await readActiveDispatchViews(test.sql, city.cityId)).toEqual([]);
    await declareNight(test.db, dispatcher, night);
    const plan = await planWhen(
      test.db,
      city,
      (next) => visitsOf(next, city.north.id)[0]?.state === 'sent',
    );
    const { dispatchId, clusterId } = visitsOf(plan, city.north.id)[0]!;
    const [told] = (await readTimeline(test.sql, city.cityId, clusterId)).filter(
      ({ kind }) => kind === 'offered',
    );
    expect(told).toMatchObject({ userName: administrator.displayName });
    expect(told!.details).toMatchObject({ dispatchId, automatic: 'orange' });
    expect(await auditOf(city)).toContain('planning.accepted');

    // What a person calls off is left to people.
    await cancelDispatch(test.db, dispatcher, { id: dispatchId! });
    await planWhen(test.db, city, proposedTo(jobId, city.north.id));
    const next = await somebodyOld(test.db, city, -2400);
    await planWhen(test.db, city, (later) =>
      visitsOf(later, city.south.id).some((stop) => stop.jobId === next && stop.state === 'sent'),
    );
    const active = await readActiveDispatchViews(test.sql, city.cityId);
    expect(active.filter(({ endedAt }) => endedAt === null)).toHaveLength(1);

    await saveSettings(test.db, administrator, settings({}));
    expect(await readAutoBy(test.sql, city.cityId)).toBeNull();
  });
});
