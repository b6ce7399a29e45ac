import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import type { ClusterView } from '../../shared/clusters/schema.ts';
import { changeCity } from '../realtime/change-city.ts';
import { readEventsAfter } from '../realtime/event-log.ts';
import { closeSighting } from '../sightings/actions.ts';
import { findSighting, readOwnReports, readSightingHistory } from '../sightings/queries.ts';
import { testDatabase } from '../testing/database.ts';
import { clusterOf, offerTo, reportAt, timelineOf } from '../testing/reports.ts';
import { place, seedCity } from '../testing/seed.ts';
import {
  closeAttended,
  pullIn,
  readCluster,
  setProgress,
  splitOff,
  undoPlacement,
} from './actions.ts';
import { expireDue, startExpiry } from './expiry.ts';
import {
  findAnchor,
  readClusterView,
  readFormerClusters,
  readOpenClusterViews,
} from './queries.ts';

const database = testDatabase();

describe('what a cluster shows', () => {
  test('is made of all its reports, and a minor’s flag is never swallowed', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const first = await reportAt(db, city, place(0, 0), { headcount: 2, accuracyMeters: 5 });
    await reportAt(db, city, place(10, 0), { headcount: 3, needs: ['quilt'] });
    for (const east of [20, 30, 40]) await reportAt(db, city, place(east, 0));
    const last = await reportAt(db, city, place(5, 5), { flags: ['minor', 'alone'] });
    expect(last.clusterId).toBe(first.clusterId);
    const cluster = await readClusterView(sql, city.cityId, first.clusterId);
    expect(cluster).toMatchObject({
      reportCount: 6,
      headcountLow: 3,
      headcountLikely: 3,
      flags: ['minor', 'alone'],
      needs: ['quilt'],
      reportsByKind: { courier: 6 },
      byHand: false,
    });
    expect(await timelineOf(db, city, first.clusterId)).toEqual([
      'opened',
      ...Array(5).fill('grew'),
    ]);
  });

  test('is limited to the wanted cells', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    await reportAt(db, city, place(0, 0));
    expect(await readOpenClusterViews(sql, city.cityId, [])).toEqual([]);
    const [logged] = await readEventsAfter(sql, city.cityId, 0, 1);
    expect(await readOpenClusterViews(sql, city.cityId, logged!.cells)).toHaveLength(1);
  });
});

describe('decisions by hand', () => {
  test('a sighting split off stays apart until that is undone, and the timelines say so', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const desk = city.people.dispatcher;
    const one = await reportAt(db, city, place(0, 0));
    const two = await reportAt(db, city, place(10, 0));
    await splitOff(db, desk, { sightingId: two.id });
    await splitOff(db, desk, { sightingId: two.id });
    const apart = await clusterOf(db, city, two.id);
    expect(apart).not.toBe(one.clusterId);
    await reportAt(db, city, place(5, 0));
    expect(await clusterOf(db, city, two.id)).toBe(apart);
    expect(await readClusterView(sql, city.cityId, apart!)).toMatchObject({
      byHand: true,
      reportCount: 1,
    });
    const detail = await readCluster(db, desk, { clusterId: apart! });
    expect(detail.sightingIds).toEqual([two.id]);
    expect(detail.timeline).toMatchObject([
      { kind: 'split_off', userName: desk.displayName, details: { sightingId: two.id } },
    ]);
    await undoPlacement(db, desk, { sightingId: two.id });
    expect(await clusterOf(db, city, two.id)).toBe(one.clusterId);
    expect(await timelineOf(db, city, one.clusterId)).toEqual([
      'opened',
      'grew',
      'split_off',
      'grew',
      'released',
      'absorbed',
    ]);
    const history = await readSightingHistory(sql, city.cityId, two.id);
    expect(history.map(({ change }) => change)).toEqual(['recorded', 'placed', 'released']);
  });

  test('a sighting pulled in goes where its anchor goes, and to the next one when the anchor is gone', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const desk = city.people.dispatcher;
    const anchor = await reportAt(db, city, place(0, 0));
    const second = await reportAt(db, city, place(30, 0));
    const far = await reportAt(db, city, place(3000, 0));
    expect(await findAnchor(sql, city.cityId, anchor.clusterId, far.id)).toBe(anchor.id);
    await pullIn(db, desk, { sightingId: far.id, clusterId: anchor.clusterId });
    expect(await clusterOf(db, city, far.id)).toBe(anchor.clusterId);
    expect(await readClusterView(sql, city.cityId, far.clusterId)).toMatchObject({
      endReason: 'merged',
      mergedInto: anchor.clusterId,
    });
    await closeSighting(db, desk, { id: anchor.id, closing: 'mistaken' });
    expect(await clusterOf(db, city, far.id)).toBe(anchor.clusterId);
    expect((await findSighting(sql, city.cityId, far.id))?.placementAnchor).toBe(second.id);
    await expect(
      pullIn(db, desk, { sightingId: second.id, clusterId: far.clusterId }),
    ).rejects.toMatchObject({ code: 'cluster_ended' });
    await expect(splitOff(db, desk, { sightingId: anchor.id })).rejects.toMatchObject({
      code: 'sighting_not_live',
    });
    await expect(splitOff(db, desk, { sightingId: uuidv7() })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('what a visit and time change', () => {
  test('what was reported before the team came is closed as attended, what came later stays', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const before = await reportAt(db, city, place(0, 0));
    const [clock] = await sql<{ now: string }[]>`select clock_timestamp() as now`;
    await new Promise((resolve) => setTimeout(resolve, 5));
    const after = await reportAt(db, city, place(10, 0), { seenAt: new Date().toISOString() });
    await changeCity(db, city.cityId, (change) => setProgress(change, before.clusterId, 'reached'));
    await changeCity(db, city.cityId, (change) =>
      closeAttended(change, before.clusterId, clock!.now),
    );
    expect(await findSighting(sql, city.cityId, before.id)).toMatchObject({ state: 'closed' });
    expect(await findSighting(sql, city.cityId, after.id)).toMatchObject({ state: 'live' });
    const { userId } = city.people.reporter;
    const own = await readOwnReports(sql, city.cityId, { userId });
    expect(own.map(({ id, state, progress }) => ({ id, state, progress }))).toEqual([
      { id: after.id, state: 'live', progress: 'reached' },
      { id: before.id, state: 'closed', progress: 'reached' },
    ]);
    const events = await readEventsAfter(sql, city.cityId, 0, 1000);
    const told = events.filter(({ event }) => event.kind === 'report.progressed').at(-1);
    expect(told).toMatchObject({
      audience: `user:${userId}`,
      event: { report: own.find(({ id }) => id === before.id) },
    });
  });

  test('a sighting older than the city’s window expires, by itself and once', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const old = await reportAt(db, city, place(0, 0));
    const young = await reportAt(db, city, place(10, 0));
    expect(await expireDue(db, city.cityId)).toBe(0);
    await sql`update sightings set seen_at = now() - interval '25 hours' where id = ${old.id}`;
    expect(await expireDue(db, city.cityId)).toBe(1);
    expect(await expireDue(db, city.cityId)).toBe(0);
    expect(await findSighting(sql, city.cityId, old.id)).toMatchObject({ state: 'expired' });
    const [cluster] = await readOpenClusterViews(sql, city.cityId, null);
    expect(cluster).toMatchObject({
      id: young.clusterId,
      reportCount: 1,
    } satisfies Partial<ClusterView>);
    const history = await readSightingHistory(sql, city.cityId, old.id);
    expect(history.at(-1)).toMatchObject({ change: 'expired', after: { state: 'expired' } });
    await startExpiry(db, () => undefined).stop();
  });

  test('those on their way are known to the regrouping', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const { clusterId } = await reportAt(db, city, place(0, 0));
    const dispatch = await offerTo(db, city, {
      clusterId,
      teamId: city.north.id,
      target: place(1, 1),
    });
    const [former] = await readFormerClusters(sql, city.cityId, [clusterId, uuidv7()]);
    expect(former).toMatchObject({
      id: clusterId,
      dispatches: [{ id: dispatch, supporting: false }],
    });
  });
});
