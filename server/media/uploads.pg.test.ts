/** Uploads as devices make them: over HTTP, in pieces, cut off in the middle, and by people who may not. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import exifr from 'exifr';
import sharp from 'sharp';
import { Upload } from 'tus-js-client';
import type { DetailedError } from 'tus-js-client';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../shared/errors.ts';
import { maxMediaPerSubject, uploadAddress, uploadPath } from '../../shared/media/schema.ts';
import type { MediaView } from '../../shared/media/schema.ts';
import { hashToken, newToken } from '../accounts/tokens.ts';
import { insertSession } from '../accounts/queries.ts';
import { recordEncounter } from '../dispatch/encounters.ts';
import type { Session } from '../kernel/context.ts';
import { appRouter } from '../router.ts';
import { report } from '../sightings/intake.ts';
import { testDatabase } from '../testing/database.ts';
import { mp4Recording, webmRecording } from '../testing/recordings.ts';
import { draftAt, reportAt } from '../testing/reports.ts';
import { met, onScene } from '../testing/road.ts';
import { contextOf, place, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { serve } from '../testing/serve.ts';
import type { Served } from '../testing/serve.ts';

const test = testDatabase();
const folder = mkdtempSync(path.join(tmpdir(), 'nuanxun-media-'));
let city: SeededCity;
let other: SeededCity;
let served: Served;
let photo: Buffer;
let sightingId: string;

const start = () => serve(test.db, { DATA_DIR: folder });
beforeAll(async () => {
  city = await seedCity(test.sql);
  other = await seedCity(test.sql);
  photo = await detailedPhoto();
});
beforeEach(async () => {
  served = await start();
  ({ id: sightingId } = await reportAt(test.db, city, place(0, 0)));
});
afterEach(() => served.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Noise, so that it is large, with a position and a camera written into it. */
async function detailedPhoto(): Promise<Buffer> {
  const [width, height] = [1200, 800];
  const noise = Buffer.from(
    Array.from({ length: width * height * 3 }, (_, at) => (at * 7919) % 253),
  );
  return await sharp(noise, { raw: { width, height, channels: 3 } })
    .withExif({
      IFD0: { Make: 'Somephone' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '39/1 54/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '116/1 24/1 0/1',
      },
    })
    .jpeg({ quality: 95 })
    .toBuffer();
}

async function cookieOf(session: Session): Promise<string> {
  const token = newToken();
  await insertSession(test.sql, {
    tokenHash: hashToken(token),
    cityId: session.cityId,
    userId: session.userId,
    seconds: 3600,
  });
  return `nuanxun_session=${token}`;
}

const metadataOf = (change: Partial<Record<string, string>> = {}): Record<string, string> => ({
  id: uuidv7(),
  cityId: city.cityId,
  kind: 'photo',
  subjectKind: 'sighting',
  subjectId: sightingId,
  takenAt: new Date(Date.now() - 60_000).toISOString(),
  ...(change as Record<string, string>),
});

interface Sent {
  status: number;
  code?: ErrorCode;
  view?: MediaView;
  requests: string[];
}

interface SendOptions {
  cookie?: string;
  /** Called before each request; may end the server or throw. */
  before?: (method: string, count: number) => void | Promise<void>;
  retryDelays?: number[];
  baseUrl?: () => string;
}

/** Sends as the client does; answers the last status and what it carried. */
function send(
  bytes: Buffer,
  metadata: Record<string, string>,
  options: SendOptions = {},
): Promise<Sent> {
  const requests: string[] = [];
  return new Promise((resolve, reject) => {
    new Upload(bytes, {
      endpoint: `${served.baseUrl}${uploadPath}`,
      uploadUrl: `${served.baseUrl}${uploadAddress(metadata['cityId']!, metadata['id']!)}`,
      chunkSize: 256 * 1024,
      retryDelays: options.retryDelays ?? [0, 100],
      storeFingerprintForResuming: false,
      headers: options.cookie === undefined ? {} : { cookie: options.cookie },
      metadata,
      onBeforeRequest: async (request) => {
        requests.push(`${request.getMethod()} ${request.getHeader('Upload-Offset') ?? ''}`.trim());
        await options.before?.(request.getMethod(), requests.length);
      },
      onSuccess: ({ lastResponse }) => {
        const body = lastResponse.getBody();
        const view = body ? { view: JSON.parse(body) as MediaView } : {};
        resolve({ status: lastResponse.getStatus(), requests, ...view });
      },
      onError: (error) => {
        const answer = (error as DetailedError).originalResponse;
        if (!answer) return reject(error);
        const body = answer.getBody();
        const told = body.startsWith('{') ? (JSON.parse(body) as { code: ErrorCode }) : null;
        resolve({ status: answer.getStatus(), requests, ...(told && { code: told.code }) });
      },
    }).start();
  });
}

const callerOf = (session: Session | null, deviceId: string | null = null) =>
  appRouter.createCaller({
    ...contextOf(test.db, session, { deviceId }),
  });

async function bytesAt(url: string, cookie: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${served.baseUrl}${url}`, { headers: { cookie, ...headers } });
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
}

const rowsOf = (subjectId: string) =>
  test.sql<{ id: string; user_id: string | null; device_id: string | null }[]>`
    select id, user_id, device_id from media where subject_id = ${subjectId}`;

describe('a photo', () => {
  it('comes in pieces, is kept bare and small, and everybody at work hears of it', async () => {
    const cookie = await cookieOf(city.people.reporter);
    const metadata = metadataOf();
    expect(photo.length).toBeGreaterThan(512 * 1024);
    const sent = await send(photo, metadata, { cookie });
    expect(sent.view).toMatchObject({
      id: metadata['id'],
      kind: 'photo',
      width: 1200,
      height: 800,
      contentType: 'image/jpeg',
    });
    expect(sent.requests.filter((request) => request.startsWith('PATCH')).length).toBeGreaterThan(
      2,
    );
    const kept = path.join(
      folder,
      'media',
      city.cityId,
      metadata['id'] ? new Date().toISOString().slice(0, 7) : '',
    );
    expect(
      readdirSync(kept)
        .filter((name) => name.startsWith(metadata['id']!))
        .sort(),
    ).toEqual([`${metadata['id']}-full`, `${metadata['id']}-thumbnail`]);
    expect(await exifr.gps(photo)).toMatchObject({ latitude: 39.9 });
    const full = readFileSync(path.join(kept, `${metadata['id']}-full`));
    expect(
      await exifr.parse(full, { gps: true, tiff: true, exif: true, xmp: true }),
    ).toBeUndefined();
    expect(readdirSync(path.join(folder, 'uploads'))).toEqual([]);
    const [event] = await test.sql`
      select audience, payload from events where city_id = ${city.cityId} and kind = 'media.changed'
      order by seq desc limit 1`;
    expect(event).toMatchObject({
      audience: 'staff',
      payload: { media: { id: metadata['id'], removed: false } },
    });
  });

  it('goes on where it was cut off after the server has been started anew', async () => {
    const cookie = await cookieOf(city.people.patrol);
    const metadata = metadataOf();
    const stopped = await send(photo, metadata, {
      cookie,
      retryDelays: [],
      before: async (method, count) => {
        if (method === 'PATCH' && count === 4) await served.close();
      },
    }).catch(() => 'cut off');
    expect(stopped).toBe('cut off');
    served = await start();
    const sent = await send(photo, metadata, { cookie });
    // It asks where it stands, and sends only what is missing.
    expect(sent.requests[0]).toBe('HEAD');
    expect(Number(sent.requests[1]!.split(' ')[1])).toBeGreaterThanOrEqual(256 * 1024);
    expect(sent.requests).not.toContain('POST');
    expect(sent.view?.id).toBe(metadata['id']);
  });

  it('goes on also where the device has lost its address and begins anew', async () => {
    const cookie = await cookieOf(city.people.patrol);
    const metadata = metadataOf();
    await send(photo, metadata, {
      cookie,
      retryDelays: [],
      before: (_method, count) => {
        if (count === 4) throw new Error('no network');
      },
    }).catch(() => undefined);
    const created = await post(photo.length, metadata, cookie);
    expect(created.status).toBe(201);
    const head = await fetch(`${served.baseUrl}${created.headers.get('location')}`, {
      method: 'HEAD',
      headers: { cookie, 'tus-resumable': '1.0.0' },
    });
    expect(Number(head.headers.get('upload-offset'))).toBeGreaterThanOrEqual(256 * 1024);
  });

  it('that is there already is told so, and is there once', async () => {
    const cookie = await cookieOf(city.people.reporter);
    const metadata = metadataOf();
    await send(photo, metadata, { cookie });
    const again = await send(photo, metadata, { cookie });
    expect(again.requests).toEqual(['HEAD']);
    expect(again.status).toBe(200);
    const created = await post(photo.length, metadata, cookie);
    expect(created.status).toBe(409);
    expect(await rowsOf(sightingId)).toHaveLength(1);
  });

  it('that could not be put away is whole all the same: it is put away when the device asks again', async () => {
    const cookie = await cookieOf(other.people.reporter);
    const { id: subjectId } = await reportAt(test.db, other, place(0, 0));
    const metadata = metadataOf({ cityId: other.cityId, subjectId });
    // Where the city's folder should be lies a file.
    const inTheWay = path.join(folder, 'media', other.cityId);
    mkdirSync(path.dirname(inTheWay), { recursive: true });
    writeFileSync(inTheWay, '');
    const failed = await send(photo, metadata, { cookie, retryDelays: [] });
    expect([failed.status, failed.code]).toEqual([500, 'unexpected']);
    expect(failed.requests.length).toBeGreaterThan(4);
    expect(await rowsOf(subjectId)).toEqual([]);
    rmSync(inTheWay);
    const sent = await send(photo, metadata, { cookie });
    expect([sent.status, sent.requests]).toEqual([200, ['HEAD']]);
    expect(await rowsOf(subjectId)).toHaveLength(1);
  });

  it('sent twice at once is kept once', async () => {
    const cookie = await cookieOf(city.people.reporter);
    const metadata = metadataOf();
    const both = await Promise.all([
      send(photo, metadata, { cookie, retryDelays: [0, 50, 100, 200, 400] }),
      send(photo, metadata, { cookie, retryDelays: [0, 50, 100, 200, 400] }),
    ]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(await rowsOf(sightingId)).toHaveLength(1);
  });
});

function post(length: number, metadata: Record<string, string>, cookie: string): Promise<Response> {
  const told = Object.entries(metadata)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');
  return fetch(`${served.baseUrl}${uploadPath}`, {
    method: 'POST',
    headers: {
      cookie,
      'tus-resumable': '1.0.0',
      'upload-length': String(length),
      'upload-metadata': told,
    },
  });
}

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

  it('may not come from a page of another site', async () => {
    const response = await fetch(`${served.baseUrl}${uploadPath}`, {
      method: 'POST',
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(response.status).toBe(403);
  });
});

describe('what is refused', () => {
  it('is what is no photo or recording, whatever it is called', async () => {
    const cookie = await cookieOf(city.people.reporter);
    const page = Buffer.from('<html><script>alert(1)</script></html>');
    const heic = Buffer.concat([
      Buffer.from([0, 0, 0, 24]),
      Buffer.from('ftypheic\0\0\0\0mif1heic'),
      Buffer.alloc(400),
    ]);
    const svg = Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>');
    for (const bytes of [page, heic, svg, webmRecording])
      expect((await send(bytes, metadataOf(), { cookie })).code).toBe('media_type_unknown');
    expect((await send(photo, metadataOf({ kind: 'voice' }), { cookie })).code).toBe(
      'media_type_unknown',
    );
    expect((await send(photo.subarray(0, 300_000), metadataOf(), { cookie })).code).toBe(
      'media_unreadable',
    );
    expect(await rowsOf(sightingId)).toEqual([]);
    expect(
      readdirSync(path.join(folder, 'uploads')).filter((name) => name.includes(sightingId)),
    ).toEqual([]);
  });

  it('is what is too large, before its first byte comes', async () => {
    const cookie = await cookieOf(city.people.reporter);
    for (const [kind, bytes] of [
      ['photo', 26 * 1024 * 1024],
      ['voice', 11 * 1024 * 1024],
    ] as const) {
      const response = await post(bytes, metadataOf({ kind }), cookie);
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
        413,
        'too_large',
      ]);
    }
  });

  it('is the thirteenth', async () => {
    const cookie = await cookieOf(city.people.reporter);
    const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#111' } })
      .png()
      .toBuffer();
    const all = await Promise.all(
      Array.from({ length: maxMediaPerSubject + 2 }, () => send(bytes, metadataOf(), { cookie })),
    );
    expect(all.filter(({ status }) => status === 200)).toHaveLength(maxMediaPerSubject);
    expect(all.filter(({ code }) => code === 'media_too_many')).toHaveLength(2);
    expect(await rowsOf(sightingId)).toHaveLength(maxMediaPerSubject);
  });

  it('is metadata that is not ours', async () => {
    const cookie = await cookieOf(city.people.reporter);
    for (const change of [
      { id: '../../etc/passwd' },
      { cityId: '../..' },
      { kind: 'film' },
      { takenAt: 'today' },
    ])
      expect((await post(100, metadataOf(change), cookie)).status).toBe(400);
  });
});

describe('reading', () => {
  async function kept(bytes: Buffer, change: Partial<Record<string, string>> = {}) {
    const cookie = await cookieOf(city.people.reporter);
    const metadata = metadataOf(change);
    const sent = await send(bytes, metadata, { cookie });
    expect(sent.status).toBe(200);
    return { id: metadata['id']!, cookie };
  }
  const listed = async (session: Session | null, deviceId: string | null = null) =>
    (
      await callerOf(session, deviceId).media.list({
        subjectKind: 'sighting',
        subjectIds: [sightingId],
      })
    ).map(({ id }) => id);

  it('is for staff of the city and for whoever sent it', async () => {
    const { id } = await kept(photo);
    for (const role of [
      'reporter',
      'patrol',
      'dispatcher',
      'station_manager',
      'administrator',
      'auditor',
    ] as const)
      expect([role, await listed(city.people[role])]).toEqual([role, [id]]);
    expect(await listed(other.people.dispatcher)).toEqual([]);
    expect(await listed(null, uuidv7())).toEqual([]);
    await expect(
      callerOf(other.people.dispatcher).media.address({ id, variant: 'full' }),
    ).rejects.toMatchObject({ cause: { code: 'not_found' } });
    await expect(callerOf(null).media.address({ id, variant: 'full' })).rejects.toMatchObject({
      cause: { code: 'not_found' },
    });
  });

  it('goes by an address that holds for one person, and leaves a trace', async () => {
    const { id } = await kept(photo);
    const desk = city.people.dispatcher;
    const { url, expiresAt } = await callerOf(desk).media.address({ id, variant: 'full' });
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(9 * 60_000);
    const { response, bytes } = await bytesAt(url, await cookieOf(desk));
    expect(response.status).toBe(200);
    expect((await sharp(bytes).metadata()).format).toBe('jpeg');
    const header = (name: string) => response.headers.get(name);
    expect(header('content-type')).toBe('image/jpeg');
    expect(header('x-content-type-options')).toBe('nosniff');
    expect(header('content-security-policy')).toContain('sandbox');
    expect(header('cache-control')).toBe('private, no-store');
    expect(header('content-disposition')).toContain(`${id}.jpg`);
    for (const cookie of ['', await cookieOf(city.people.patrol), `nuanxun_device=${uuidv7()}`])
      expect((await bytesAt(url, cookie)).response.status).toBe(403);
    for (const forged of [
      url.replace('/full', '/thumbnail'),
      url.replace(/until=\d+/, 'until=99999999999'),
      url.slice(0, -2),
    ])
      expect((await bytesAt(forged, await cookieOf(desk))).response.status).toBe(403);
    const thumbnail = await callerOf(desk).media.address({ id, variant: 'thumbnail' });
    expect((await bytesAt(thumbnail.url, await cookieOf(desk))).bytes.length).toBeLessThan(
      bytes.length,
    );
    const traces = await test.sql`
      select user_id from audit_entries where action = 'media.read' and subject = ${id}`;
    expect(traces).toEqual([{ user_id: desk.userId }]);
  });

  it('of a voice note goes by parts, as players ask for them', async () => {
    const { id, cookie } = await kept(mp4Recording, { kind: 'voice', durationSeconds: '1.5' });
    const { url } = await callerOf(city.people.reporter).media.address({ id, variant: 'full' });
    const whole = await bytesAt(url, cookie);
    expect(whole.response.headers.get('content-type')).toBe('audio/mp4');
    expect(whole.bytes.length).toBe(mp4Recording.length);
    const part = await bytesAt(url, cookie, { range: 'bytes=100-199' });
    expect(part.response.status).toBe(206);
    expect(part.response.headers.get('content-range')).toBe(`bytes 100-199/${mp4Recording.length}`);
    expect(part.bytes.equals(whole.bytes.subarray(100, 200))).toBe(true);
    const rest = await bytesAt(url, cookie, { range: 'bytes=-10' });
    expect(rest.bytes.equals(whole.bytes.subarray(-10))).toBe(true);
    expect((await bytesAt(url, cookie, { range: 'bytes=999999-' })).response.status).toBe(416);
    await expect(
      callerOf(city.people.reporter).media.address({ id, variant: 'thumbnail' }),
    ).rejects.toMatchObject({ cause: { code: 'not_found' } });
  });

  it('ends when it is removed, by its sender or by the desk, and the bytes are gone', async () => {
    const { id, cookie } = await kept(photo);
    const { url } = await callerOf(city.people.reporter).media.address({ id, variant: 'full' });
    await expect(callerOf(city.people.patrol).media.remove({ id })).rejects.toMatchObject({
      cause: { code: 'not_allowed' },
    });
    await expect(callerOf(other.people.administrator).media.remove({ id })).rejects.toMatchObject({
      cause: { code: 'not_found' },
    });
    await removeOverHttp(id, cookie);
    expect((await bytesAt(url, cookie)).response.status).toBe(404);
    expect(await listed(city.people.dispatcher)).toEqual([]);
    const [row] = await test.sql`select removed_at, purged_at from media where id = ${id}`;
    expect(row).toMatchObject({ removed_at: expect.any(String), purged_at: expect.any(String) });
    const left = readdirSync(path.join(folder, 'media', city.cityId), { recursive: true }).map(
      String,
    );
    expect(left.filter((name) => name.includes(id))).toEqual([]);
    // Sent once more it stays away, and the device hears that it is done.
    expect((await send(photo, metadataOf({ id }), { cookie })).requests).toEqual(['HEAD']);
  });
});

async function removeOverHttp(id: string, cookie: string): Promise<void> {
  const response = await fetch(`${served.baseUrl}/api/media.remove`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ id }),
  });
  expect(response.status).toBe(200);
}
