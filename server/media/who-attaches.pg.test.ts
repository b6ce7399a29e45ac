/** Who may attach what to what. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { uploadAddress, uploadPath } from '../../shared/media/schema.ts';
import { recordEncounter } from '../dispatch/encounters.ts';
import type { Session } from '../kernel/context.ts';
import { report } from '../sightings/intake.ts';
import { testDatabase } from '../testing/database.ts';
import { draftAt, reportAt } from '../testing/reports.ts';
import { met, onScene } from '../testing/road.ts';
import { place, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { serve } from '../testing/serve.ts';
import type { Served } from '../testing/serve.ts';
import { cookieOf as cookieOn, post as postTo, send as sendTo } from '../testing/uploading.ts';
import type { SendOptions } from '../testing/uploading.ts';

const test = testDatabase();
const folder = mkdtempSync(path.join(tmpdir(), 'nuanxun-media-'));
let city: SeededCity;
let other: SeededCity;
let served: Served;

let sightingId: string;

const start = () => serve(test.db, { DATA_DIR: folder });
beforeAll(async () => {
  city = await seedCity(test.sql);
  other = await seedCity(test.sql);
});
beforeEach(async () => {
  served = await start();
  ({ id: sightingId } = await reportAt(test.db, city, place(0, 0)));
});
afterEach(() => served.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cookieOf = (session: Session) => cookieOn(test.sql, session);
const send = (bytes: Buffer, metadata: Record<string, string>, options: SendOptions = {}) =>
  sendTo(served.baseUrl, bytes, metadata, options);
const post = (length: number, metadata: Record<string, string>, cookie: string) =>
  postTo(served.baseUrl, length, metadata, cookie);

const metadataOf = (change: Partial<Record<string, string>> = {}): Record<string, string> => ({
  id: uuidv7(),
  cityId: city.cityId,
  kind: 'photo',
  subjectKind: 'sighting',
  subjectId: sightingId,
  takenAt: new Date(Date.now() - 60_000).toISOString(),
  ...(change as Record<string, string>),
});

const rowsOf = (subjectId: string) =>
  test.sql<{ id: string; user_id: string | null; device_id: string | null }[]>`
    select id, user_id, device_id from media where subject_id = ${subjectId}`;

describe('who may attach', () => {
  const small = () =>
    sharp({ create: { width: 40, height: 30, channels: 3, background: '#222' } })
      .jpeg()
      .toBuffer();
  const codeFor = async (
    session: Session | null,
    change: Partial<Record<string, string>> = {},
    cookie?: string,
  ) => {
    const own = session === null ? {} : { cookie: await cookieOf(session) };
    const sent = await send(
      await small(),
      metadataOf(change),
      cookie === undefined ? own : { cookie },
    );
    return sent.code ?? sent.status;
  };

  it('is the reporter of a sighting, and whoever works in its city', async () => {
    const { reporter, patrol, dispatcher, station_manager, administrator } = city.people;
    for (const session of [reporter, patrol, dispatcher, station_manager, administrator])
      expect([session.role, await codeFor(session)]).toEqual([session.role, 200]);
  });

  it('is nobody else: strangers, auditors, other cities, another reporter', async () => {
    expect(await codeFor(null)).toBe('not_signed_in');
    expect(await codeFor(city.people.auditor)).toBe('not_allowed');
    expect(await codeFor(other.people.dispatcher)).toBe('not_allowed');
    const { id } = await reportAt(test.db, other, place(0, 0));
    expect(await codeFor(city.people.dispatcher, { subjectId: id })).toBe('not_found');
    const theirs = draftAt(place(900, 0));
    await report(test.db, city.cityId, theirs, {
      kind: 'patrol',
      userId: city.people.patrol.userId,
      deviceId: null,
      trackingCode: null,
    });
    expect(await codeFor(city.people.reporter, { subjectId: theirs.id })).toBe('not_allowed');
    expect(await rowsOf(theirs.id)).toEqual([]);
  });

  it('is the browser that a tip came from, and no other browser', async () => {
    const tip = draftAt(place(600, 0));
    const deviceId = uuidv7();
    await report(test.db, city.cityId, tip, {
      kind: 'public',
      userId: null,
      deviceId,
      trackingCode: 'ABCD2345',
    });
    const device = `nuanxun_device=${deviceId}`;
    expect(await codeFor(null, { subjectId: tip.id }, device)).toBe(200);
    expect(await rowsOf(tip.id)).toMatchObject([{ user_id: null, device_id: deviceId }]);
    expect(await codeFor(null, { subjectId: tip.id }, `nuanxun_device=${uuidv7()}`)).toBe(
      'not_allowed',
    );
    expect(await codeFor(null, { subjectId: uuidv7() }, device)).toBe('not_found');
  });

  it('to an encounter is whoever works in the city, not a reporter', async () => {
    const { clusterId } = await reportAt(test.db, city, place(3000, 3000));
    const dispatch = await onScene(test.db, city, clusterId);
    const encounter = met(dispatch, 'aided_on_street');
    await recordEncounter(test.db, city.people.patrol, encounter);
    const subject = { subjectKind: 'encounter', subjectId: encounter.id };
    expect(await codeFor(city.people.patrol, subject)).toBe(200);
    expect(await codeFor(city.people.reporter, subject)).toBe('not_allowed');
    expect(await codeFor(city.people.patrol, { ...subject, subjectId: uuidv7() })).toBe(
      'not_found',
    );
    expect(await codeFor(city.people.patrol, { subjectKind: 'visit', subjectId: uuidv7() })).toBe(
      'not_found',
    );
  });

  it('may not go on with what another began', async () => {
    const metadata = metadataOf();
    await post(5000, metadata, await cookieOf(city.people.patrol));
    const cookie = await cookieOf(city.people.dispatcher);
    const address = `${served.baseUrl}${uploadAddress(city.cityId, metadata['id']!)}`;
    const headers = { cookie, 'tus-resumable': '1.0.0' };
    expect((await fetch(address, { method: 'HEAD', headers })).status).toBe(403);
    expect((await fetch(address, { headers })).status).toBe(405);
    expect((await post(5000, metadata, cookie)).status).toBe(403);
  });

  it('waits for whoever it is of, where somebody else is signed in on the device by now', async () => {
    const cookie = await cookieOf(city.people.dispatcher);
    const theirs = { 'x-nuanxun-user': city.people.patrol.userId };
    const sent = await send(await small(), metadataOf(), { cookie, headers: theirs });
    expect([sent.status, sent.code]).toEqual([401, 'not_signed_in']);
    expect(await rowsOf(sightingId)).toEqual([]);
  });

  it('may not come from a page of another site', async () => {
    const response = await fetch(`${served.baseUrl}${uploadPath}`, {
      method: 'POST',
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(response.status).toBe(403);
  });
});
