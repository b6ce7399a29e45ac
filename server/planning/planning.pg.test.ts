import { Worker } from 'node:worker_threads';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { readAuditEntries } from '../accounts/audit.ts';
import {
  acceptDispatch,
  arriveAtScene,
  closeDispatch,
  declineDispatch,
  setOff,
} from '../dispatch/actions.ts';
import { recordEncounter } from '../dispatch/encounters.ts';
import { readDispatchView, readRecheckView } from '../dispatch/queries.ts';
import type { Log } from '../kernel/log.ts';
import { readEventsAfter } from '../realtime/event-log.ts';
import { readSnapshot } from '../snapshots/queries.ts';
import { setFreeBeds } from '../stations/actions.ts';
import { readLiveHoldViews } from '../stations/queries.ts';
import { testDatabase } from '../testing/database.ts';
import {
  giveVan,
  planFor,
  plannedCity,
  planWhen,
  proposedTo,
  somebodyOld,
  visitsOf,
  wish,
} from '../testing/plans.ts';
import type { LogLine } from '../testing/plans.ts';
import { refusal } from '../testing/refusal.ts';
import { reportAt } from '../testing/reports.ts';
import { met, onScene } from '../testing/road.ts';
import { place, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { acceptPlan } from './accept.ts';
import { dismiss, moveJob, tryMove, unpin } from './actions.ts';
import { PlanningThread, spawnPlanner } from './planning-thread.ts';

const test = testDatabase({ maxConnections: 8 });
const auditOf = async (city: SeededCity) =>
  (await readAuditEntries(test.sql, city.cityId, null)).map(({ action }) => action);

describe('the plan of a night', () => {
  it('takes up a new sighting by itself, says who goes and why, and tells the staff of it', async () => {
    const city = await plannedCity(test);
    const first = await planWhen(test.db, city, ({ lanes }) => lanes.length === 2);
    const jobId = await somebodyOld(test.db, city, 400);
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
    const city = await plannedCity(test);
    const jobId = await somebodyOld(test.db, city, 400);
    const plan = await planWhen(test.db, city, proposedTo(jobId, city.north.id));
    const wanted = wish(jobId, city.north.id);
    await acceptPlan(test.db, city.people.dispatcher, { revision: plan.revision, stops: [wanted] });
    await declineDispatch(test.db, city.people.patrol, { id: wanted.dispatchId, reason: '车坏' });
    await planWhen(test.db, city, proposedTo(jobId, city.south.id));
    expect(await readLiveHoldViews(test.sql, city.cityId)).toEqual([]);
  });

  it('finds no bed any more once the only house is full', async () => {
    const city = await plannedCity(test);
    const jobId = await somebodyOld(test.db, city, 400);
    await planWhen(test.db, city, proposedTo(jobId, city.north.id));
    const full = { stationId: city.station.id, kind: 'general' as const, free: 0 };
    await setFreeBeds(test.db, city.people.station_manager, full);
    const plan = await planWhen(test.db, city, ({ shortfalls }) =>
      shortfalls.some(({ what }) => what === 'beds'),
    );
    expect(visitsOf(plan, city.north.id)[0]?.bed ?? null).toBeNull();
  });

  it('keeps to a hand until it is taken away, and to a team that was ruled out', async () => {
    const city = await plannedCity(test);
    const desk = city.people.dispatcher;
    const jobId = await somebodyOld(test.db, city, 400);
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
    const city = await plannedCity(test);
    const desk = city.people.dispatcher;
    const jobId = await somebodyOld(test.db, city, 400);
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

describe('the thread that plans', () => {
  it('may go and its successor crash: the plan stays, and the next one comes', async () => {
    const city = await seedCity(test.sql);
    await giveVan(test.db, city, city.north.id);
    const workers: Worker[] = [];
    const lines: LogLine[] = [];
    const spawn = () => {
      const crash = `require('node:worker_threads').parentPort.on('message', () => { throw new Error('unlucky'); })`;
      const worker = workers.length === 1 ? new Worker(crash, { eval: true }) : spawnPlanner();
      workers.push(worker);
      return worker;
    };
    const log: Log = (level, message) => void lines.push({ level, message });
    await planFor(test.db, { thread: new PlanningThread(log, { spawn }), lines });
    const before = await planWhen(test.db, city, ({ lanes }) => lanes.length === 2);
    await workers[0]!.terminate();
    const jobId = await somebodyOld(test.db, city, 400);
    const after = await planWhen(test.db, city, proposedTo(jobId, city.north.id));
    expect(after.revision).toBeGreaterThan(before.revision);
    expect(workers.length).toBeGreaterThanOrEqual(3);
    const said = lines.map(({ message }) => message);
    expect(said).toContain('the planning thread was lost; the last plan stays');
    expect(said).toContain('no plan could be made; the last one stays');
  });
});

describe('a visit that is owed', () => {
  it('is planned and sent to like a place, and settled by whom its team meets', async () => {
    const city = await plannedCity(test);
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
