import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import type { ClusterView } from '../../shared/clusters/schema.ts';
import type { Position } from '../../shared/geo/position.ts';
import type { SightingDraft } from '../../shared/sightings/schema.ts';
import type { Sql } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import { readEventsAfter } from '../realtime/event-log.ts';
import { closeSighting, reportSighting, withdrawSighting } from '../sightings/actions.ts';
import { findSighting, readOwnReports, readSightingHistory } from '../sightings/queries.ts';
import { testDatabase } from '../testing/database.ts';
import { draftAt } from '../testing/reports.ts';
import { place, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import {
  closeAttended,
  endIfEmpty,
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

async function reportAt(
  city: SeededCity,
  position: Position,
  more: Partial<SightingDraft> = {},
): Promise<{ id: string; clusterId: string }> {
  const draft = draftAt(position, more);
  await reportSighting(database.db, city.people.reporter, draft);
  const facts = await findSighting(database.sql, city.cityId, draft.id);
  return { id: draft.id, clusterId: facts!.clusterId! };
}

async function clusterOf(cityId: string, sightingId: string): Promise<string | null> {
  return (await findSighting(database.sql, cityId, sightingId))!.clusterId;
}

async function send(
  sql: Sql,
  { cityId, people }: SeededCity,
  clusterId: string,
  teamId: string,
  target: Position,
): Promise<string> {
  const id = uuidv7();
  await sql`
    insert into dispatches (city_id, id, cluster_id, team_id, target, offered_by, offered_at)
    values (${cityId}, ${id}, ${clusterId}, ${teamId}, st_makepoint(${target.lon}, ${target.lat})::geography,
      ${people.dispatcher.userId}, now())`;
  return id;
}

const readDispatch = async (sql: Sql, id: string) =>
  (
    await sql<{ cluster_id: string; supporting: boolean }[]>`
    select cluster_id, supporting from dispatches where id = ${id}`
  )[0]!;

async function kindsOf(city: SeededCity, clusterId: string): Promise<string[]> {
  const { timeline } = await readCluster(database.db, city.people.dispatcher, { clusterId });
  return timeline.map(({ kind }) => kind);
}

describe('what a cluster shows', () => {
  test('is made of all its reports, and a minor’s flag is never swallowed', async () => {
    const { sql } = database;
    const city = await seedCity(sql);
    const first = await reportAt(city, place(0, 0), { headcount: 2, accuracyMeters: 5 });
    await reportAt(city, place(10, 0), { headcount: 3, needs: ['quilt'] });
    for (const east of [20, 30, 40]) await reportAt(city, place(east, 0));
    const last = await reportAt(city, place(5, 5), { flags: ['minor', 'alone'] });
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
    expect(await kindsOf(city, first.clusterId)).toEqual(['opened', ...Array(5).fill('grew')]);
  });

  test('is limited to the wanted cells', async () => {
    const { sql } = database;
    const city = await seedCity(sql);
    await reportAt(city, place(0, 0));
    expect(await readOpenClusterViews(sql, city.cityId, [])).toEqual([]);
    const [logged] = await readEventsAfter(sql, city.cityId, 0, 1);
    expect(await readOpenClusterViews(sql, city.cityId, logged!.cells)).toHaveLength(1);
  });
});

describe('identity', () => {
  test('in a merge the older cluster survives and the younger one tells where it went', async () => {
    const { sql } = database;
    const city = await seedCity(sql);
    const older = await reportAt(city, place(0, 0));
    const younger = await reportAt(city, place(150, 0));
    await reportAt(city, place(75, 0));
    expect(await clusterOf(city.cityId, younger.id)).toBe(older.clusterId);
    const gone = await readClusterView(sql, city.cityId, younger.clusterId);
    expect(gone).toMatchObject({ open: false, endReason: 'merged', mergedInto: older.clusterId });
    expect(await kindsOf(city, younger.clusterId)).toEqual(['opened', 'merged']);
    expect(await kindsOf(city, older.clusterId)).toEqual(['opened', 'grew', 'absorbed']);
    const events = await readEventsAfter(sql, city.cityId, 0, 1000);
    const ended = events.findLast(
      ({ event }) => event.kind === 'cluster.changed' && event.cluster.id === younger.clusterId,
    );
    expect(ended?.event).toMatchObject({ cluster: gone });
  });

  test('in a merge the cluster that a team is driving to survives, though younger', async () => {
    const { sql } = database;
    const city = await seedCity(sql);
    const older = await reportAt(city, place(0, 0));
    const younger = await reportAt(city, place(150, 0));
    const dispatch = await send(sql, city, younger.clusterId, city.north.id, place(150, 0));
    await reportAt(city, place(75, 0));
    expect(await clusterOf(city.cityId, older.id)).toBe(younger.clusterId);
    expect(await readDispatch(sql, dispatch)).toEqual({
      cluster_id: younger.clusterId,
      supporting: false,
    });
  });

  test('where two teams drive to what became one, the second supports and everyone is told', async () => {
    const { sql } = database;
    const city = await seedCity(sql);
    const older = await reportAt(city, place(0, 0));
    const younger = await reportAt(city, place(150, 0));
    const first = await send(sql, city, older.clusterId, city.north.id, place(0, 0));
    const second = await send(sql, city, younger.clusterId, city.south.id, place(150, 0));
    await reportAt(city, place(75, 0));
    expect(await readDispatch(sql, first)).toEqual({
      cluster_id: older.clusterId,
      supporting: false,
    });
    expect(await readDispatch(sql, second)).toEqual({
      cluster_id: older.clusterId,
      supporting: true,
    });
    const events = await readEventsAfter(sql, city.cityId, 0, 1000);
    const told = events.find(
      ({ event }) => event.kind === 'dispatch.changed' && event.dispatch.id === second,
    );
    expect(told?.event).toMatchObject({
      dispatch: { clusterId: older.clusterId, supporting: true, target: place(150, 0) },
    });
    expect(await kindsOf(city, younger.clusterId)).toContain('redirected');
    expect(await kindsOf(city, older.clusterId)).toContain('redirected');
  });

  test('in a split the larger part keeps the cluster', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const west = [await reportAt(city, place(0, 0)), await reportAt(city, place(10, 0))];
    const bridge = await reportAt(city, place(70, 0));
    const east = await reportAt(city, place(140, 0));
    const { clusterId } = west[0]!;
    expect(east.clusterId).toBe(clusterId);
    await withdrawSighting(db, city.people.reporter, { id: bridge.id });
    expect(await clusterOf(city.cityId, west[1]!.id)).toBe(clusterId);
    const part = await clusterOf(city.cityId, east.id);
    expect(part).not.toBe(clusterId);
    expect(await kindsOf(city, part!)).toEqual(['split']);
    expect((await kindsOf(city, clusterId)).at(-1)).toBe('split');
  });

  test('in a split a team goes on to the part nearest to its target', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const west = [await reportAt(city, place(0, 0)), await reportAt(city, place(10, 0))];
    const bridge = await reportAt(city, place(70, 0));
    const east = await reportAt(city, place(140, 0));
    const dispatch = await send(sql, city, east.clusterId, city.north.id, place(145, 0));
    await withdrawSighting(db, city.people.reporter, { id: bridge.id });
    const target = await clusterOf(city.cityId, east.id);
    expect((await readDispatch(sql, dispatch)).cluster_id).toBe(target);
    expect(await clusterOf(city.cityId, west[0]!.id)).not.toBe(target);
  });

  test('a place whose last report goes ends, unless a team is on its way: then when that ends', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const alone = await reportAt(city, place(0, 0));
    await withdrawSighting(db, city.people.reporter, { id: alone.id });
    expect(await readClusterView(sql, city.cityId, alone.clusterId)).toMatchObject({
      open: false,
      endReason: 'emptied',
      reportCount: 0,
    });
    const awaited = await reportAt(city, place(0, 0), { flags: ['elderly'] });
    expect(awaited.clusterId).not.toBe(alone.clusterId);
    const dispatch = await send(sql, city, awaited.clusterId, city.north.id, place(0, 0));
    await withdrawSighting(db, city.people.reporter, { id: awaited.id });
    const kept = { open: true, reportCount: 0, headcountLikely: 0, flags: ['elderly'] };
    expect(await readClusterView(sql, city.cityId, awaited.clusterId)).toMatchObject(kept);
    const end = () =>
      changeCity(db, city.cityId, (change) => endIfEmpty(change, awaited.clusterId));
    await end();
    expect(await readClusterView(sql, city.cityId, awaited.clusterId)).toMatchObject(kept);
    await sql`update dispatches set state = 'cancelled', ended_at = now() where id = ${dispatch}`;
    await end();
    await end();
    expect(await readClusterView(sql, city.cityId, awaited.clusterId)).toMatchObject({
      open: false,
      endReason: 'emptied',
    });
    expect(await kindsOf(city, awaited.clusterId)).toEqual(['opened', 'emptied']);
  });
});

describe('decisions by hand', () => {
  test('a sighting split off stays apart until that is undone, and the timelines say so', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const desk = city.people.dispatcher;
    const one = await reportAt(city, place(0, 0));
    const two = await reportAt(city, place(10, 0));
    await splitOff(db, desk, { sightingId: two.id });
    await splitOff(db, desk, { sightingId: two.id });
    const apart = await clusterOf(city.cityId, two.id);
    expect(apart).not.toBe(one.clusterId);
    await reportAt(city, place(5, 0));
    expect(await clusterOf(city.cityId, two.id)).toBe(apart);
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
    expect(await clusterOf(city.cityId, two.id)).toBe(one.clusterId);
    expect(await kindsOf(city, one.clusterId)).toEqual([
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
    const anchor = await reportAt(city, place(0, 0));
    const second = await reportAt(city, place(30, 0));
    const far = await reportAt(city, place(3000, 0));
    expect(await findAnchor(sql, city.cityId, anchor.clusterId, far.id)).toBe(anchor.id);
    await pullIn(db, desk, { sightingId: far.id, clusterId: anchor.clusterId });
    expect(await clusterOf(city.cityId, far.id)).toBe(anchor.clusterId);
    expect(await readClusterView(sql, city.cityId, far.clusterId)).toMatchObject({
      endReason: 'merged',
      mergedInto: anchor.clusterId,
    });
    await closeSighting(db, desk, { id: anchor.id, closing: 'mistaken' });
    expect(await clusterOf(city.cityId, far.id)).toBe(anchor.clusterId);
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
    const before = await reportAt(city, place(0, 0));
    const [clock] = await sql<{ now: string }[]>`select clock_timestamp() as now`;
    await new Promise((resolve) => setTimeout(resolve, 5));
    const after = await reportAt(city, place(10, 0), { seenAt: new Date().toISOString() });
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
    const old = await reportAt(city, place(0, 0));
    const young = await reportAt(city, place(10, 0));
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
    const { sql } = database;
    const city = await seedCity(sql);
    const { clusterId } = await reportAt(city, place(0, 0));
    const dispatch = await send(sql, city, clusterId, city.north.id, place(1, 1));
    const [former] = await readFormerClusters(sql, city.cityId, [clusterId, uuidv7()]);
    expect(former).toMatchObject({
      id: clusterId,
      dispatches: [{ id: dispatch, supporting: false }],
    });
  });
});
