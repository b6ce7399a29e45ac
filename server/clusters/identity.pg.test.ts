import { describe, expect, test } from 'vitest';
import type { Sql } from '../kernel/sql.ts';
import { changeCity } from '../realtime/change-city.ts';
import { readEventsAfter } from '../realtime/event-log.ts';
import { withdrawSighting } from '../sightings/actions.ts';
import { testDatabase } from '../testing/database.ts';
import { clusterOf, offerTo, reportAt, timelineOf } from '../testing/reports.ts';
import { place, seedCity } from '../testing/seed.ts';
import { endIfEmpty } from './actions.ts';
import { readClusterView } from './queries.ts';

const database = testDatabase();

const readDispatch = async (sql: Sql, id: string) =>
  (
    await sql<{ cluster_id: string; supporting: boolean }[]>`
    select cluster_id, supporting from dispatches where id = ${id}`
  )[0]!;

describe('identity', () => {
  test('in a merge the older cluster survives and the younger one tells where it went', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const older = await reportAt(db, city, place(0, 0));
    const younger = await reportAt(db, city, place(150, 0));
    await reportAt(db, city, place(75, 0));
    expect(await clusterOf(db, city, younger.id)).toBe(older.clusterId);
    const gone = await readClusterView(sql, city.cityId, younger.clusterId);
    expect(gone).toMatchObject({ open: false, endReason: 'merged', mergedInto: older.clusterId });
    expect(await timelineOf(db, city, younger.clusterId)).toEqual(['opened', 'merged']);
    expect(await timelineOf(db, city, older.clusterId)).toEqual(['opened', 'grew', 'absorbed']);
    const events = await readEventsAfter(sql, city.cityId, 0, 1000);
    const ended = events.findLast(
      ({ event }) => event.kind === 'cluster.changed' && event.cluster.id === younger.clusterId,
    );
    expect(ended?.event).toMatchObject({ cluster: gone });
  });

  test('in a merge the cluster that a team is driving to survives, though younger', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const older = await reportAt(db, city, place(0, 0));
    const younger = await reportAt(db, city, place(150, 0));
    const dispatch = await offerTo(db, city, {
      clusterId: younger.clusterId,
      teamId: city.north.id,
      target: place(150, 0),
    });
    await reportAt(db, city, place(75, 0));
    expect(await clusterOf(db, city, older.id)).toBe(younger.clusterId);
    expect(await readDispatch(sql, dispatch)).toEqual({
      cluster_id: younger.clusterId,
      supporting: false,
    });
  });

  test('where two teams drive to what became one, the second supports and everyone is told', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const older = await reportAt(db, city, place(0, 0));
    const younger = await reportAt(db, city, place(150, 0));
    const first = await offerTo(db, city, {
      clusterId: older.clusterId,
      teamId: city.north.id,
      target: place(0, 0),
    });
    const second = await offerTo(db, city, {
      clusterId: younger.clusterId,
      teamId: city.south.id,
      target: place(150, 0),
    });
    await reportAt(db, city, place(75, 0));
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
    expect(await timelineOf(db, city, younger.clusterId)).toContain('redirected');
    expect(await timelineOf(db, city, older.clusterId)).toContain('redirected');
  });

  test('in a split the larger part keeps the cluster', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const west = [await reportAt(db, city, place(0, 0)), await reportAt(db, city, place(10, 0))];
    const bridge = await reportAt(db, city, place(70, 0));
    const east = await reportAt(db, city, place(140, 0));
    const { clusterId } = west[0]!;
    expect(east.clusterId).toBe(clusterId);
    await withdrawSighting(db, city.people.reporter, { id: bridge.id });
    expect(await clusterOf(db, city, west[1]!.id)).toBe(clusterId);
    const part = await clusterOf(db, city, east.id);
    expect(part).not.toBe(clusterId);
    expect(await timelineOf(db, city, part!)).toEqual(['split']);
    expect((await timelineOf(db, city, clusterId)).at(-1)).toBe('split');
  });

  test('in a split a team goes on to the part nearest to its target', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const west = [await reportAt(db, city, place(0, 0)), await reportAt(db, city, place(10, 0))];
    const bridge = await reportAt(db, city, place(70, 0));
    const east = await reportAt(db, city, place(140, 0));
    const dispatch = await offerTo(db, city, {
      clusterId: east.clusterId,
      teamId: city.north.id,
      target: place(145, 0),
    });
    await withdrawSighting(db, city.people.reporter, { id: bridge.id });
    const target = await clusterOf(db, city, east.id);
    expect((await readDispatch(sql, dispatch)).cluster_id).toBe(target);
    expect(await clusterOf(db, city, west[0]!.id)).not.toBe(target);
  });

  test('a place whose last report goes ends, unless a team is on its way: then when that ends', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const alone = await reportAt(db, city, place(0, 0));
    await withdrawSighting(db, city.people.reporter, { id: alone.id });
    expect(await readClusterView(sql, city.cityId, alone.clusterId)).toMatchObject({
      open: false,
      endReason: 'emptied',
      reportCount: 0,
    });
    const awaited = await reportAt(db, city, place(0, 0), { flags: ['elderly'] });
    expect(awaited.clusterId).not.toBe(alone.clusterId);
    const dispatch = await offerTo(db, city, {
      clusterId: awaited.clusterId,
      teamId: city.north.id,
      target: place(0, 0),
    });
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
    expect(await timelineOf(db, city, awaited.clusterId)).toEqual(['opened', 'emptied']);
  });
});
