/** What is not taken, whoever sends it. */
import { mkdtempSync, rmSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { maxMediaPerSubject } from '../../shared/media/schema.ts';
import type { Session } from '../kernel/context.ts';
import { testDatabase } from '../testing/database.ts';
import { webmRecording } from '../testing/recordings.ts';
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

const test = testDatabase();
const folder = mkdtempSync(path.join(tmpdir(), 'nuanxun-media-'));
let city: SeededCity;
let served: Served;
let photo: Buffer;
let sightingId: string;

const start = () => serve(test.db, { DATA_DIR: folder });
beforeAll(async () => {
  city = await seedCity(test.sql);
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
      { id: uuidv7().toUpperCase() },
      { cityId: '../..' },
      { kind: 'film' },
      { takenAt: 'today' },
    ])
      expect((await post(100, metadataOf(change), cookie)).status).toBe(400);
  });
});
