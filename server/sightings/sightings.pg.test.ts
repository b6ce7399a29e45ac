import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import type { SightingEdit } from '../../shared/sightings/schema.ts';
import { readEventsAfter } from '../realtime/event-log.ts';
import { testDatabase } from '../testing/database.ts';
import { draftAt } from '../testing/reports.ts';
import { contextOf, place, seedCity } from '../testing/seed.ts';
import {
  closeSighting,
  editSighting,
  markDuplicate,
  readHistory,
  readSighting,
  reportSighting,
  withdrawSighting,
} from './actions.ts';
import {
  findLiveOfCluster,
  findLiveSeenBefore,
  findSighting,
  findSightingDetail,
  isInsideCity,
  readOwnReports,
  readOwnReportsById,
  readSightingHistory,
  readSightingViews,
  readSightingViewsById,
  setReportProgress,
} from './queries.ts';
import { readKnownReports, readSightingContent } from './records.ts';
import { sightingsRouter } from './router.ts';

const database = testDatabase();

async function reported() {
  const { db, sql } = database;
  const city = await seedCity(sql);
  const draft = draftAt(place(0, 0), { note: '桥洞下', flags: ['elderly'], addressText: '北桥' });
  await reportSighting(db, city.people.reporter, draft);
  const edit = (more: Partial<SightingEdit>): SightingEdit => ({ ...draft, version: 1, ...more });
  return { db, sql, ...city, draft, edit };
}

describe('an edit', () => {
  test('replaces the content, moves the sighting to its new place and leaves a trace', async () => {
    const { db, sql, cityId, people, draft, edit } = await reported();
    const { clusterId: former } = (await findSighting(sql, cityId, draft.id))!;
    const detail = await editSighting(
      db,
      people.reporter,
      edit({ position: place(5000, 0), headcount: 3, needs: ['coat'] }),
    );
    expect(detail).toMatchObject({ version: 2, headcount: 3, needs: ['coat'], ...place(5000, 0) });
    expect(detail.clusterId).toBe(former);
    const [cluster] = await sql`
      select st_x(center::geometry) as lon, headcount_low from clusters where city_id = ${cityId} and open`;
    expect(cluster).toMatchObject({ headcount_low: 3 });
    expect(cluster!.lon).toBeCloseTo(place(5000, 0).lon, 6);
    const history = await readSightingHistory(sql, cityId, draft.id);
    expect(history).toMatchObject([
      { version: 1, change: 'recorded', userName: people.reporter.displayName },
      { version: 2, change: 'edited', userName: people.reporter.displayName },
    ]);
    expect(history[1]!.before).toMatchObject({ headcount: 1, needs: [], lon: place(0, 0).lon });
    expect(history[1]!.after).toMatchObject({ headcount: 3, needs: ['coat'] });
    expect(history[1]!.after).not.toHaveProperty('note');
  });

  test('made from an old version is refused; the same edit sent again is not', async () => {
    const { db, people, edit } = await reported();
    const first = await editSighting(db, people.dispatcher, edit({ headcount: 3 }));
    expect(await editSighting(db, people.dispatcher, edit({ headcount: 3 }))).toEqual(first);
    await expect(editSighting(db, people.dispatcher, edit({ headcount: 4 }))).rejects.toMatchObject(
      { code: 'sighting_changed' },
    );
  });

  test('is judged as a report is, except that an untouched time may be old', async () => {
    const { db, sql, cityId, people, draft, edit } = await reported();
    const longAgo = new Date(Date.now() - 60 * 3_600_000).toISOString();
    await sql`update sightings set seen_at = ${longAgo} where city_id = ${cityId} and id = ${draft.id}`;
    const wrong = edit({ seenAt: longAgo, position: place(90_000, 0), headcount: 0 });
    await expect(editSighting(db, people.dispatcher, wrong)).rejects.toMatchObject({
      details: { fields: [{ code: 'headcount_out_of_range' }, { code: 'outside_city' }] },
    });
    const right = await editSighting(
      db,
      people.dispatcher,
      edit({ seenAt: longAgo, note: '已核实' }),
    );
    expect(right.note).toBe('已核实');
  });

  test('is its own reporter’s or the desk’s, and nobody else’s', async () => {
    const { db, people, southPatrol, edit } = await reported();
    await expect(editSighting(db, southPatrol, edit({ headcount: 2 }))).rejects.toMatchObject({
      code: 'not_allowed',
    });
    await expect(editSighting(db, people.reporter, edit({ id: uuidv7() }))).rejects.toMatchObject({
      code: 'not_allowed',
    });
    await expect(editSighting(db, people.dispatcher, edit({ id: uuidv7() }))).rejects.toMatchObject(
      { code: 'not_found' },
    );
    const own = await editSighting(db, people.reporter, edit({ headcount: 2 }));
    expect(own.reporterName).toBeNull();
  });
});

describe('the end of a sighting', () => {
  test('withdrawn by its reporter: out of the clusters, told to the reporter, in the history', async () => {
    const { db, sql, cityId, people, draft } = await reported();
    await withdrawSighting(db, people.reporter, draft);
    await withdrawSighting(db, people.reporter, draft);
    expect(await readSightingViews(sql, cityId, null)).toEqual([]);
    expect(await findSightingDetail(sql, cityId, draft.id)).toMatchObject({
      state: 'withdrawn',
      progress: 'closed',
      version: 2,
    });
    const [own] = await readOwnReports(sql, cityId, { userId: people.reporter.userId });
    expect(own).toMatchObject({ state: 'withdrawn', progress: 'closed' });
    const history = await readSightingHistory(sql, cityId, draft.id);
    expect(history.map(({ change }) => change)).toEqual(['recorded', 'withdrawn']);
    const events = await readEventsAfter(sql, cityId, 0, 100);
    expect(
      events.filter(({ event }) => event.kind === 'sighting.changed').at(-1)?.event,
    ).toMatchObject({
      sighting: { id: draft.id, state: 'withdrawn' },
    });
    await expect(
      closeSighting(db, people.dispatcher, { id: draft.id, closing: 'other' }),
    ).rejects.toMatchObject({
      code: 'sighting_not_live',
    });
  });

  test('marked as a duplicate of another live one, whose fate it then shares', async () => {
    const { db, sql, cityId, people, draft } = await reported();
    const desk = people.dispatcher;
    const twin = draftAt(place(3, 0));
    await reportSighting(db, people.reporter, twin);
    const pair = { id: twin.id, duplicateOf: draft.id };
    await expect(
      markDuplicate(db, desk, { id: twin.id, duplicateOf: twin.id }),
    ).rejects.toMatchObject({ code: 'own_duplicate' });
    await expect(
      markDuplicate(db, desk, { id: twin.id, duplicateOf: uuidv7() }),
    ).rejects.toMatchObject({ code: 'not_found', details: { field: 'duplicateOf' } });
    await markDuplicate(db, desk, pair);
    await expect(
      markDuplicate(db, desk, { id: draft.id, duplicateOf: twin.id }),
    ).rejects.toMatchObject({ code: 'sighting_not_live' });
    expect(await findSightingDetail(sql, cityId, twin.id)).toMatchObject({
      state: 'closed',
      closing: 'duplicate',
      duplicateOf: draft.id,
      progress: 'received',
    });
    const { clusterId } = (await findSighting(sql, cityId, draft.id))!;
    const onTheWay = { clusterId: clusterId!, progress: 'on_the_way', seenBy: null } as const;
    const told = await setReportProgress(sql, cityId, new Date().toISOString(), onTheWay);
    expect(told.map(({ id }) => id).toSorted()).toEqual([draft.id, twin.id].toSorted());
    expect(await setReportProgress(sql, cityId, new Date().toISOString(), onTheWay)).toEqual([]);
  });

  test('closed as a mistake by the desk', async () => {
    const { db, sql, cityId, people, draft } = await reported();
    await closeSighting(db, people.dispatcher, { id: draft.id, closing: 'mistaken' });
    expect(await findSightingDetail(sql, cityId, draft.id)).toMatchObject({
      state: 'closed',
      closing: 'mistaken',
    });
    const history = await readSightingHistory(sql, cityId, draft.id);
    expect(history.at(-1)).toMatchObject({
      change: 'closed',
      userName: people.dispatcher.displayName,
      before: { state: 'live' },
      after: { state: 'closed', closing: 'mistaken' },
    });
  });
});

describe('reading', () => {
  test('the whole of a sighting leaves a trace of who read it', async () => {
    const { db, sql, cityId, people, draft } = await reported();
    const detail = await readSighting(db, people.patrol, draft);
    expect(detail).toMatchObject({ note: '桥洞下', reporterName: people.reporter.displayName });
    expect(await readHistory(db, people.auditor, draft)).toMatchObject([{ change: 'recorded' }]);
    const audit = await sql`
      select user_id, subject from audit_entries
      where city_id = ${cityId} and action = 'sighting.read' order by at`;
    expect(audit).toMatchObject([
      { user_id: people.patrol.userId, subject: draft.id },
      { user_id: people.auditor.userId, subject: draft.id },
    ]);
    await expect(readSighting(db, people.patrol, { id: uuidv7() })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('what staff screens hold carries no free text and no reporter', async () => {
    const { sql, cityId, draft } = await reported();
    const [view] = await readSightingViewsById(sql, cityId, [draft.id]);
    expect(Object.keys(view!).toSorted()).toEqual(
      'accuracyMeters clusterId flags headcount id lat lon placement receivedAt reporterKind seenAt state'.split(
        ' ',
      ),
    );
    expect(await readSightingViews(sql, cityId, null)).toEqual([view]);
    expect(await readSightingViews(sql, cityId, [])).toEqual([]);
  });

  test('the smaller questions are answered from the same rows', async () => {
    const { sql, cityId, people, draft } = await reported();
    const { clusterId } = (await findSighting(sql, cityId, draft.id))!;
    const soon = new Date(Date.now() + 60_000).toISOString();
    const before = '2020-01-01T00:00:00.000Z';
    expect(await findLiveOfCluster(sql, cityId, clusterId!, soon)).toEqual([draft.id]);
    expect(await findLiveOfCluster(sql, cityId, clusterId!, before)).toEqual([]);
    expect(await findLiveSeenBefore(sql, cityId, soon, 10)).toEqual([draft.id]);
    expect(await findLiveSeenBefore(sql, cityId, before, 10)).toEqual([]);
    expect(await isInsideCity(sql, cityId, place(0, 0))).toBe(true);
    expect(await isInsideCity(sql, cityId, place(90_000, 0))).toBe(false);
    expect(await isInsideCity(sql, 'nowhere', place(0, 0))).toBe(false);
    const [own] = await readOwnReportsById(sql, cityId, [draft.id]);
    expect(own).toMatchObject({ reporterId: people.reporter.userId, deviceId: null });
    expect((await readKnownReports(sql, cityId, [draft.id])).get(draft.id)).toMatchObject({
      reporterId: people.reporter.userId,
    });
    expect(await readSightingContent(sql, cityId, draft.id)).toMatchObject({ note: '桥洞下' });
    expect(await readSightingContent(sql, cityId, uuidv7())).toBeNull();
  });

  test('one’s own reports come through the procedure, and only one’s own', async () => {
    const { db, people, draft } = await reported();
    const mine = await sightingsRouter.createCaller(contextOf(db, people.reporter)).mine();
    expect(mine.map(({ id }) => id)).toEqual([draft.id]);
    expect(await sightingsRouter.createCaller(contextOf(db, people.patrol)).mine()).toEqual([]);
  });
});
