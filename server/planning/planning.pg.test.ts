import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { JobId, PlanView } from '../../shared/planning/schema.ts';
import { readAuditEntries } from '../accounts/audit.ts';
import { readTimeline } from '../clusters/queries.ts';
import {
  acceptDispatch,
  arriveAtScene,
  cancelDispatch,
  closeDispatch,
  declineDispatch,
  setOff,
} from '../dispatch/actions.ts';
import { recordEncounter } from '../dispatch/encounters.ts';
import { readActiveDispatchViews, readDispatchView, readRecheckView } from '../dispatch/queries.ts';
import { readEventsAfter } from '../realtime/event-log.ts';
import { readSnapshot } from '../snapshots/queries.ts';
import { setFreeBeds } from '../stations/actions.ts';
import { readLiveHoldViews } from '../stations/queries.ts';
import { wrongCounters } from '../testing/beds.ts';
import { testDatabase } from '../testing/database.ts';
import { giveVan, planFor, planWhen, teamFor, visitsOf } from '../testing/plans.ts';
import { refusal } from '../testing/refusal.ts';
import { reportAt } from '../testing/reports.ts';
import { met, onScene } from '../testing/road.ts';
import { place, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { declareNight } from '../weather/actions.ts';
import { acceptPlan } from './accept.ts';
import { dismiss, moveJob, readTaskOf, saveSettings, tryMove, unpin } from './actions.ts';
import { readAutoBy, readPlanView } from './queries.ts';
import { planningSettingsSchema } from '../../shared/planning/schema.ts';

const test = testDatabase({ maxConnections: 8 });

/** Two teams with a van each, planned for. */
async function plannedCity() {
  const city = await seedCity(test.sql);
  await giveVan(test.db, city, city.north.id);
  await giveVan(test.db, city, city.south.id);
  await planFor(test.db);
  return city;
}
/** Somebody old, who is to be brought along. */
async function report(city: SeededCity, north: number): Promise<JobId> {
  const { clusterId } = await reportAt(test.db, city, place(0, north), { flags: ['elderly'] });
  return `cluster:${clusterId}`;
}
const proposedTo = (jobId: JobId, teamId: string) => (plan: PlanView) =>
  visitsOf(plan, teamId).some((stop) => stop.jobId === jobId && stop.state === 'proposed');
const wish = (jobId: JobId, teamId: string) => ({ jobId, teamId, dispatchId: uuidv7() });
const auditOf = async (city: SeededCity) =>
  (await readAuditEntries(test.sql, city.cityId, null)).map(({ action }) => action);
const settings = (change: object) => planningSettingsSchema.parse(change);

describe('the plan of a night', () => {
  it('takes up a new sighting by itself, says who goes and why, and tells the staff of it', async () => {
    const city = await plannedCity();
    const first = await planWhen(test.db, city, ({ lanes }) => lanes.length === 2);
    const jobId = await report(city, 400);
    const plan = await planWhen(test.db, city, proposedTo(jobId, city.north.id));
    expect(plan.revision).toBeGreaterThan(first.revision);
    expect(plan.estimated).toBe(true);
    const [stop] = visitsOf(plan, city.north.id);
    expect(stop).toMatchObject({ jobId, recheckId: null, state: 'proposed', dispatchId: null });
    expect(stop!.bed).toMatchObject({ stationId: city.station.id, kind: 'general', places: 1 });
    expect(stop!.reasons.length).toBeGreaterThan(0);
    const events = await readEventsAfter(test.sql, city.cityId, 0, 1_000);
    const news = events.filter(({ event }) => event.kind === 'plan.changed');
    expect(new Set(news.map(({ audience }) => audience))).toEqual(new Set(['staff']));
    const viewer = { cityId: city.cityId, userId: null, deviceId: null };
    const seen = await readSnapshot(test.db, { ...viewer, staff: true }, null);
    expect(seen.plan!.revision).toBeGreaterThanOrEqual(plan.revision);
    expect((await readSnapshot(test.db, { ...viewer, staff: false }, null)).plan).toBeNull();
  });

  it('does not propose a team that has declined, and waits for no hand to say so', async () => {
    const city = await plannedCity();
    const jobId = await report(city, 400);
    const plan = await planWhen(test.db, city, proposedTo(jobId, city.north.id));
    const wanted = wish(jobId, city.north.id);
    await acceptPlan(test.db, city.people.dispatcher, { revision: plan.revision, stops: [wanted] });
    await declineDispatch(test.db, city.people.patrol, { id: wanted.dispatchId, reason: '车坏' });
    await planWhen(test.db, city, proposedTo(jobId, city.south.id));
    expect(await readLiveHoldViews(test.sql, city.cityId)).toEqual([]);
  });

  it('finds no bed any more once the only house is full', async () => {
    const city = await plannedCity();
    const jobId = await report(city, 400);
    await planWhen(test.db, city, proposedTo(jobId, city.north.id));
    const full = { stationId: city.station.id, kind: 'general' as const, free: 0 };
    await setFreeBeds(test.db, city.people.station_manager, full);
    const plan = await planWhen(test.db, city, ({ shortfalls }) =>
      shortfalls.some(({ what }) => what === 'beds'),
    );
    expect(visitsOf(plan, city.north.id)[0]?.bed ?? null).toBeNull();
  });

  it('keeps to a hand until it is taken away, and to a team that was ruled out', async () => {
    const city = await plannedCity();
    const desk = city.people.dispatcher;
    const jobId = await report(city, 400);
    await planWhen(test.db, city, proposedTo(jobId, city.north.id));
    const effect = await tryMove(test.db, desk, {
      jobId,
      teamId: city.south.id,
      beforeJobId: null,
    });
    expect(effect).toMatchObject({ jobId, teamId: city.south.id, possible: true });
    expect(effect.deltaMinutes).toBeGreaterThan(0);
    await moveJob(test.db, desk, { jobId, teamId: city.south.id, beforeJobId: null });
    const pinned = await planWhen(test.db, city, proposedTo(jobId, city.south.id));
    expect(visitsOf(pinned, city.south.id)[0]!.reasons).toContainEqual({ code: 'chosen_by_hand' });
    await unpin(test.db, desk, { jobId });
    await dismiss(test.db, desk, { jobId, teamId: city.south.id });
    await planWhen(test.db, city, proposedTo(jobId, city.north.id));
    const actions = await auditOf(city);
    for (const action of ['planning.moved', 'planning.unpinned', 'planning.dismissed'])
      expect(actions).toContain(action);
  });

  it('is not to be moved about where it was sent already, nor where nothing is planned', async () => {
    const city = await plannedCity();
    const desk = city.people.dispatcher;
    const jobId = await report(city, 400);
    const plan = await planWhen(test.db, city, proposedTo(jobId, city.north.id));
    const stops = [wish(jobId, city.north.id)];
    await acceptPlan(test.db, desk, { revision: plan.revision, stops });
    await planWhen(test.db, city, (next) => visitsOf(next, city.north.id)[0]?.state === 'sent');
    const placing = { jobId, teamId: city.south.id, beforeJobId: null };
    expect((await refusal(moveJob(test.db, desk, placing))).code).toBe('cluster_taken');
    const nowhere = { ...placing, jobId: `cluster:${uuidv7()}` };
    expect((await refusal(moveJob(test.db, desk, nowhere))).code).toBe('not_found');
  });
});

describe('a proposal that is accepted', () => {
  it('is a dispatch with its bed and its task, once however often it is sent', async () => {
    const city = await plannedCity();
    const desk = city.people.dispatcher;
    const jobId = await report(city, 400);
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
    const city = await plannedCity();
    const desk = city.people.dispatcher;
    const near = await report(city, 400);
    const far = await report(city, -2400);
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
    const city = await plannedCity();
    const elsewhere = await test.db.another();
    const near = await report(city, 400);
    const far = await report(city, -2400);
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
    const city = await plannedCity();
    const elsewhere = await test.db.another();
    const jobId = await report(city, 400);
    const { revision } = await planWhen(test.db, city, proposedTo(jobId, city.north.id));
    const accept = (db: typeof elsewhere) =>
      acceptPlan(db, city.people.dispatcher, { revision, stops: [wish(jobId, city.north.id)] });
    const answers = (await Promise.all([accept(test.db), accept(elsewhere)])).flat();
    expect(answers.filter(({ refused }) => refused === null)).toHaveLength(1);
    expect(await readLiveHoldViews(test.sql, city.cityId)).toHaveLength(1);
  });

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
    const city = await plannedCity();
    await declareNight(test.db, city.people.dispatcher, { ...night, level: 'red' });
    const jobId = await report(city, 400);
    const { revision } = await planWhen(test.db, city, proposedTo(jobId, city.north.id));
    await report(city, -2400);
    await planWhen(test.db, city, (plan) => plan.revision > revision);
    expect(await readActiveDispatchViews(test.sql, city.cityId)).toEqual([]);
  });

  it('sends from the level on that was chosen, in the name of who chose it, and says so', async () => {
    const city = await plannedCity();
    const { administrator, dispatcher } = city.people;
    await saveSettings(test.db, administrator, settings({ autoDispatch: 'orange' }));
    expect((await readAutoBy(test.sql, city.cityId))?.userId).toBe(administrator.userId);
    await declareNight(test.db, dispatcher, { ...night, level: 'yellow' });
    const jobId = await report(city, 400);
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
    const next = await report(city, -2400);
    await planWhen(test.db, city, (later) =>
      visitsOf(later, city.south.id).some((stop) => stop.jobId === next && stop.state === 'sent'),
    );
    const active = await readActiveDispatchViews(test.sql, city.cityId);
    expect(active.filter(({ endedAt }) => endedAt === null)).toHaveLength(1);

    await saveSettings(test.db, administrator, settings({}));
    expect(await readAutoBy(test.sql, city.cityId)).toBeNull();
  });
});

describe('a visit that is owed', () => {
  it('is planned and sent to like a place, and settled by whom its team meets', async () => {
    const city = await plannedCity();
    const { people, north } = city;
    const { clusterId } = await reportAt(test.db, city, place(0, 400));
    const dispatch = await onScene(test.db, city, clusterId);
    const encounter = met(dispatch, 'refused', { position: place(0, 420) });
    const { recheckId } = await recordEncounter(test.db, people.patrol, encounter);
    await closeDispatch(test.db, people.patrol, { id: dispatch.id });
    await test.sql`
      update rechecks set due_at = now() - interval '5 minutes' where city_id = ${city.cityId}`;
    const jobId = `recheck:${recheckId!}` as const;
    const plan = await planWhen(test.db, city, (next) =>
      visitsOf(next, north.id).some((stop) => stop.jobId === jobId && stop.lateMinutes === 0),
    );
    const stops = [wish(jobId, north.id)];
    const [answer] = await acceptPlan(test.db, people.dispatcher, {
      revision: plan.revision,
      stops,
    });
    expect(answer!.refused).toBeNull();
    const id = stops[0]!.dispatchId;
    const sent = await readDispatchView(test.sql, city.cityId, id);
    expect(sent).toMatchObject({ recheckId, clusterId, state: 'offered' });
    await planWhen(test.db, city, (next) => visitsOf(next, north.id)[0]?.state === 'sent');
    await arriveAtScene(test.db, people.patrol, await underWay(id));
    await recordEncounter(test.db, people.patrol, met({ id }, 'hospital'));
    const recheck = await readRecheckView(test.sql, city.cityId, recheckId!);
    expect(recheck!.doneAt).not.toBeNull();
    await closeDispatch(test.db, people.patrol, { id });
    await planWhen(test.db, city, (next) => visitsOf(next, north.id).length === 0);

    async function underWay(of: string) {
      await acceptDispatch(test.db, people.patrol, { id: of });
      await setOff(test.db, people.patrol, { id: of });
      return { id: of };
    }
  });
});
