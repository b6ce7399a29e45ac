/** Uploads in pieces: whole, cut off, begun anew, sent twice. */
import { mkdtempSync, rmSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import exifr from 'exifr';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { uploadAddress } from '../../shared/media/schema.ts';
import type { Session } from '../kernel/context.ts';
import { testDatabase } from '../testing/database.ts';
import { reportAt } from '../testing/reports.ts';
import { place, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { serve } from '../testing/serve.ts';
import type { Served } from '../testing/serve.ts';
import {
  cookieOf as cookieOn,
  detailedPhoto,
  post as postTo,
  send as sendTo,
} from '../testing/uploading.ts';
import type { SendOptions } from '../testing/uploading.ts';
import { Staging } from './staging.ts';

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

  it('cut off in the middle of a piece goes on with what of it has come', async () => {
    const cookie = await cookieOf(city.people.patrol);
    const metadata = metadataOf();
    await post(photo.length, metadata, cookie);
    const address = uploadAddress(city.cityId, metadata['id']!);
    const { hostname, port } = new URL(served.baseUrl);
    const socket = connect(Number(port), hostname);
    socket.write(
      `PATCH ${address} HTTP/1.1\r\nhost: x\r\ncookie: ${cookie}\r\ntus-resumable: 1.0.0\r\nupload-offset: 0\r\n` +
        `content-type: application/offset+octet-stream\r\ncontent-length: 262144\r\n\r\n`,
    );
    socket.write(photo.subarray(0, 100_000));
    await new Promise((resolve) => setTimeout(resolve, 300));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const sent = await send(photo, metadata, { cookie });
    expect(sent.status).toBe(200);
    expect(sent.requests.slice(0, 2)).toEqual(['HEAD', 'PATCH 100000']);
  });

  it('waits while the disk is nearly full, and goes on when there is room again', async () => {
    const cookie = await cookieOf(city.people.reporter);
    const metadata = metadataOf();
    const room = vi.spyOn(Staging.prototype, 'requireRoom');
    const full = (method: string, count: number) => {
      if (method === 'PATCH' && count > 3)
        room.mockRejectedValue(new AppError('database_unavailable'));
    };
    const stopped = await send(photo, metadata, { cookie, retryDelays: [], before: full });
    expect([stopped.status, stopped.code]).toEqual([503, 'database_unavailable']);
    room.mockRestore();
    const sent = await send(photo, metadata, { cookie });
    expect(sent.status).toBe(200);
    expect(sent.requests[1]).toBe(`PATCH ${256 * 1024}`);
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
