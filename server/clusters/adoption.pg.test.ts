import { describe, expect, test } from 'vitest';
import { acceptDispatch, arriveAtScene, cancelDispatch, setOff } from '../dispatch/actions.ts';
import type { Sql } from '../kernel/sql.ts';
import { readEventsAfter } from '../realtime/event-log.ts';
import { reportSighting, withdrawSighting } from '../sightings/actions.ts';
import { readOwnReports } from '../sightings/queries.ts';
import { testDatabase } from '../testing/database.ts';
import { clusterOf, draftAt, offerTo, reportAt, timelineOf } from '../testing/reports.ts';
import { place, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { readClusterView } from './queries.ts';

const database = testDatabase();

/** A place whose only report was taken back while the team was on its way. */
async function waitingAt(city: SeededCity, east: number, teamId = city.north.id) {
  const { db } = database;
  const { id, clusterId } = await reportAt(db, city, place(east, 0));
  const dispatchId = await offerTo(db, city, { clusterId, teamId, target: place(east, 0) });
  await withdrawSighting(db, city.people.reporter, { id });
  return { clusterId, dispatchId };
}

const openClusters = async (sql: Sql, { cityId }: SeededCity): Promise<string[]> =>
  (
    await sql<{ id: string }[]>`
    select id from clusters where city_id = ${cityId} and open order by created_at, id`
  ).map(({ id }) => id);

describe('a place without reports that a team is on its way to', () => {
  test('takes in what is newly reported there, and no second place opens', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const { clusterId } = await waitingAt(city, 0);
    const near = await reportAt(db, city, place(60, 0));
    expect(near.clusterId).toBe(clusterId);
    expect(await openClusters(sql, city)).toEqual([clusterId]);
    expect(await readClusterView(sql, city.cityId, clusterId)).toMatchObject({ reportCount: 1 });
    expect(await timelineOf(db, city, clusterId)).toEqual(['opened', 'grew']);
    const next = await reportAt(db, city, place(120, 0));
    expect(next.clusterId).toBe(clusterId);
  });

  test('leaves alone what is farther than eps, and what is reported after the team was called off', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const { clusterId, dispatchId } = await waitingAt(city, 0);
    const far = await reportAt(db, city, place(90, 0));
    expect(far.clusterId).not.toBe(clusterId);
    expect(await openClusters(sql, city)).toEqual([clusterId, far.clusterId]);
    await cancelDispatch(db, city.people.dispatcher, { id: dispatchId });
    const late = await reportAt(db, city, place(-60, 0));
    expect(late.clusterId).not.toBe(clusterId);
  });

  test('goes on together with a place that the new report links to, as in a merge', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const { clusterId } = await waitingAt(city, 0);
    const beside = await reportAt(db, city, place(110, 0));
    expect(beside.clusterId).not.toBe(clusterId);
    const between = await reportAt(db, city, place(50, 0));
    expect(between.clusterId).toBe(clusterId);
    expect(await clusterOf(db, city, beside.id)).toBe(clusterId);
    expect(await readClusterView(sql, city.cityId, beside.clusterId)).toMatchObject({
      open: false,
      mergedInto: clusterId,
    });
  });

  test('of two, the nearest takes in a report between them', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const west = await waitingAt(city, 0);
    const east = await waitingAt(city, 100, city.south.id);
    const between = await reportAt(db, city, place(60, 0));
    expect(between.clusterId).toBe(east.clusterId);
    expect(await openClusters(sql, city)).toEqual([west.clusterId, east.clusterId]);
  });
});

describe('a report that joins a place', () => {
  const joined = async (city: SeededCity) => {
    const draft = draftAt(place(20, 0));
    const answer = await reportSighting(database.db, city.people.reporter, draft);
    const { userId } = city.people.reporter;
    const own = await readOwnReports(database.sql, city.cityId, { userId });
    const events = await readEventsAfter(database.sql, city.cityId, 0, 1000);
    const told = events.flatMap(({ event }) =>
      event.kind === 'report.progressed' && event.report.id === draft.id ? [event.report] : [],
    );
    const row = own.find(({ id }) => id === draft.id)!;
    expect(told.at(-1)).toEqual(row);
    expect(answer.progress).toBe(row.progress);
    expect(await reportSighting(database.db, city.people.reporter, draft)).toEqual(answer);
    return { id: draft.id, progress: row.progress };
  };

  test('whose team has accepted or set off is told at once that help is on the way', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const { clusterId } = await reportAt(db, city, place(0, 0));
    const id = await offerTo(db, city, {
      clusterId,
      teamId: city.north.id,
      target: place(0, 0),
    });
    expect((await joined(city)).progress).toBe('received');
    await acceptDispatch(db, city.people.patrol, { id });
    expect((await joined(city)).progress).toBe('on_the_way');
    await setOff(db, city.people.patrol, { id });
    expect((await joined(city)).progress).toBe('on_the_way');
    // Whoever is reported after the team arrived may be somebody it doesn't see.
    await arriveAtScene(db, city.people.patrol, { id });
    expect((await joined(city)).progress).toBe('received');
  });

  test('by a merge hears it too, and hears it taken back when it is split off', async () => {
    const { db, sql } = database;
    const city = await seedCity(sql);
    const driven = await reportAt(db, city, place(0, 0));
    const other = await reportAt(db, city, place(140, 0));
    const id = await offerTo(db, city, {
      clusterId: driven.clusterId,
      teamId: city.north.id,
      target: place(0, 0),
    });
    await acceptDispatch(db, city.people.patrol, { id });
    const bridge = await reportAt(db, city, place(70, 0));
    const progressOf = async (wanted: string) => {
      const { userId } = city.people.reporter;
      const own = await readOwnReports(sql, city.cityId, { userId });
      return own.find((report) => report.id === wanted)!.progress;
    };
    expect(await clusterOf(db, city, other.id)).toBe(driven.clusterId);
    expect(await progressOf(other.id)).toBe('on_the_way');
    await withdrawSighting(db, city.people.reporter, { id: bridge.id });
    expect(await clusterOf(db, city, other.id)).not.toBe(driven.clusterId);
    expect(await progressOf(other.id)).toBe('received');
    expect(await progressOf(driven.id)).toBe('on_the_way');
  });
});
