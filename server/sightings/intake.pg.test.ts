import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import type { CityEvent } from '../../shared/realtime/events.ts';
import { readOpenClusterViews } from '../clusters/queries.ts';
import { changeCity } from '../realtime/change-city.ts';
import { readEventsAfter } from '../realtime/event-log.ts';
import { testDatabase } from '../testing/database.ts';
import { refusal } from '../testing/refusal.ts';
import { draftAt } from '../testing/reports.ts';
import { place, seedCity } from '../testing/seed.ts';
import { reportSighting } from './actions.ts';
import { report } from './intake.ts';
import {
  findByTrackingCode,
  findSightingDetail,
  readOwnReports,
  readSightingViews,
} from './queries.ts';

const database = testDatabase();

const kindsOf = (events: readonly { event: CityEvent; audience: string }[]) =>
  events.map(({ event, audience }) => `${event.kind} → ${audience.split(':')[0]}`).toSorted();

describe('a report', () => {
  test('becomes a sighting, a cluster and events in one go', async () => {
    const { db, sql } = database;
    const { cityId, people } = await seedCity(sql);
    const draft = draftAt(place(0, 0), { flags: ['minor'], needs: ['coat'], headcount: 2 });
    const answer = await reportSighting(db, people.reporter, draft);
    expect(answer).toMatchObject({ id: draft.id, progress: 'received', trackingCode: null });
    const [sighting] = await readSightingViews(sql, cityId, null);
    const [cluster] = await readOpenClusterViews(sql, cityId, null);
    expect(sighting).toMatchObject({
      id: draft.id,
      ...draft.position,
      reporterKind: 'courier',
      clusterId: cluster?.id,
      seenAt: draft.seenAt,
      receivedAt: answer.receivedAt,
    });
    expect(cluster).toMatchObject({
      reportCount: 1,
      flags: ['minor'],
      needs: ['coat'],
      headcountLow: 2,
      reportsByKind: { courier: 1 },
      firstSeenAt: draft.seenAt,
    });
    const events = await readEventsAfter(sql, cityId, 0, 100);
    expect(kindsOf(events)).toEqual([
      'cell.changed → staff',
      'cluster.changed → staff',
      'report.progressed → user',
      'sighting.changed → staff',
    ]);
    const changed = events.find(({ event }) => event.kind === 'cluster.changed')?.event;
    expect(changed).toMatchObject({ cluster });
    const timeline = await sql`select kind from cluster_timeline where cluster_id = ${cluster!.id}`;
    expect(timeline.map(({ kind }) => kind)).toEqual(['opened']);
  });

  test('sent again by the same reporter changes nothing and answers the same', async () => {
    const { db, sql } = database;
    const { cityId, people } = await seedCity(sql);
    const draft = draftAt(place(0, 0));
    const first = await reportSighting(db, people.reporter, draft);
    const events = await readEventsAfter(sql, cityId, 0, 100);
    const again = await reportSighting(db, people.reporter, { ...draft, headcount: 9 });
    expect(again).toEqual(first);
    const twice = draftAt(place(500, 0));
    const answers = await Promise.all([
      reportSighting(db, people.reporter, draft),
      reportSighting(db, people.reporter, twice),
      reportSighting(db, people.reporter, twice),
    ]);
    expect(answers[0]).toEqual(first);
    expect(answers[2]).toEqual(answers[1]);
    expect(await readSightingViews(sql, cityId, null)).toHaveLength(2);
    const history = await sql`select 1 from sighting_history where sighting_id = ${draft.id}`;
    expect(history).toHaveLength(1);
    expect((await findSightingDetail(sql, cityId, draft.id))?.headcount).toBe(1);
    expect((await readEventsAfter(sql, cityId, 0, 100)).slice(0, events.length)).toEqual(events);
  });

  test('with an id that is somebody else’s is refused without telling whose', async () => {
    const { db, sql } = database;
    const { people } = await seedCity(sql);
    const draft = draftAt(place(0, 0));
    await reportSighting(db, people.reporter, draft);
    const error = await refusal(reportSighting(db, people.dispatcher, draft));
    expect(error.code).toBe('not_allowed');
    expect(error.details).toEqual({});
  });

  test('tells all its faults at once, the city’s boundary included', async () => {
    const { db, sql } = database;
    const { cityId, people } = await seedCity(sql);
    const error = await refusal(
      reportSighting(
        db,
        people.reporter,
        draftAt(
          { lon: 10, lat: 10 },
          {
            seenAt: new Date(Date.now() + 3_600_000).toISOString(),
            headcount: 0,
            note: 'x'.repeat(2001),
          },
        ),
      ),
    );
    expect(error.details.fields?.map(({ code }) => code)).toEqual([
      'seen_in_future',
      'headcount_out_of_range',
      'text_too_long',
      'outside_city',
    ]);
    expect(await readSightingViews(sql, cityId, null)).toEqual([]);
  });

  test('outside the city fails alone among others of its batch', async () => {
    const { db, sql } = database;
    const { cityId, people } = await seedCity(sql);
    const outcomes = await Promise.allSettled(
      [place(0, 0), place(100_000, 0), place(200, 0), place(400, 0)].map((position) =>
        reportSighting(db, people.reporter, draftAt(position)),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(outcomes[1]).toMatchObject({ reason: { code: 'outside_city' } });
    expect(await readSightingViews(sql, cityId, null)).toHaveLength(3);
  });

  test('that the database refuses unexpectedly does not fail the others of its batch', async () => {
    const { db, sql } = database;
    const { cityId, people } = await seedCity(sql);
    const nobody = { ...people.reporter, userId: uuidv7() };
    const outcomes = await Promise.allSettled([
      reportSighting(db, people.reporter, draftAt(place(0, 0))),
      reportSighting(db, people.reporter, draftAt(place(300, 0))),
      reportSighting(db, nobody, draftAt(place(600, 0))),
      reportSighting(db, people.reporter, draftAt(place(900, 0))),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(await readSightingViews(sql, cityId, null)).toHaveLength(3);
  });

  test('with characters that a database can’t hold is recorded without them', async () => {
    const { db, sql } = database;
    const { cityId, people } = await seedCity(sql);
    const draft = draftAt(place(0, 0), { note: 'a\u0000b \ud83d c', addressText: '\u0000' });
    await reportSighting(db, people.reporter, draft);
    expect(await findSightingDetail(sql, cityId, draft.id)).toMatchObject({
      note: 'ab \ufffd c',
      addressText: '',
    });
  });

  test('in GCJ-02 is stored in WGS-84 with what was received beside it', async () => {
    const { db, sql } = database;
    const { cityId, people } = await seedCity(sql);
    const draft = draftAt({ lon: 116.404, lat: 39.915 }, { system: 'gcj02' });
    await reportSighting(db, people.reporter, draft);
    const detail = await findSightingDetail(sql, cityId, draft.id);
    expect(detail).toMatchObject({ system: 'gcj02', receivedLon: 116.404, receivedLat: 39.915 });
    expect(detail?.lon).toBeCloseTo(116.3978, 4);
    expect(detail?.lat).toBeCloseTo(39.9136, 4);
  });

  test('from the public keeps device and tracking code, and only the device hears of it', async () => {
    const { db, sql } = database;
    const { cityId } = await seedCity(sql);
    const deviceId = uuidv7();
    const tip = { kind: 'public', userId: null, deviceId } as const;
    const draft = draftAt(place(0, 0));
    const answer = await report(db, cityId, draft, { ...tip, trackingCode: 'ABCD2345' });
    expect(answer.trackingCode).toBe('ABCD2345');
    const again = await report(db, cityId, draft, { ...tip, trackingCode: 'ZZZZ2345' });
    expect(again).toEqual(answer);
    expect(await findByTrackingCode(sql, cityId, 'ABCD2345')).toEqual({
      progress: 'received',
      receivedAt: answer.receivedAt,
      progressAt: answer.receivedAt,
    });
    expect(await findByTrackingCode(sql, cityId, 'ZZZZ2345')).toBeNull();
    const [own] = await readOwnReports(sql, cityId, { deviceId });
    const logged = await readEventsAfter(sql, cityId, 0, 100);
    const told = logged.find(({ event }) => event.kind === 'report.progressed');
    expect(told?.audience).toBe(`device:${deviceId}`);
    expect(told?.event).toMatchObject({ report: own });
  });

  test('those that arrive while somebody else holds the city go together, the moment it is free', async () => {
    const { db, sql } = database;
    const { cityId, people } = await seedCity(sql);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let taken = (): void => undefined;
    const isHeld = new Promise<void>((resolve) => (taken = resolve));
    const other = changeCity(db, cityId, () => {
      taken();
      return held;
    });
    await isHeld;
    const answers = [];
    for (let metres = 0; metres < 500; metres += 100) {
      answers.push(reportSighting(db, people.reporter, draftAt(place(metres, 0))));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    release();
    await other;
    const times = (await Promise.all(answers)).map(({ receivedAt }) => receivedAt);
    expect(new Set(times).size).toBe(1);
  });

  test('to a city that isn’t there is refused', async () => {
    const { db, sql } = database;
    const { people } = await seedCity(sql);
    const session = { ...people.reporter, cityId: 'nowhere' };
    const error = await refusal(reportSighting(db, session, draftAt(place(0, 0))));
    expect(error.code).toBe('not_found');
  });
});
