/** Who sees what, by which address, and for how long. */
import { mkdtempSync, rmSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../kernel/config.ts';
import type { Session } from '../kernel/context.ts';
import { appRouter } from '../router.ts';
import { testDatabase } from '../testing/database.ts';
import { mp4Recording } from '../testing/recordings.ts';
import { reportAt } from '../testing/reports.ts';
import { contextOf, place, seedCity } from '../testing/seed.ts';
import type { SeededCity } from '../testing/seed.ts';
import { serve } from '../testing/serve.ts';
import type { Served } from '../testing/serve.ts';
import { cookieOf as cookieOn, detailedPhoto, send as sendTo } from '../testing/uploading.ts';
import type { SendOptions } from '../testing/uploading.ts';
import { purgeRemoved } from './media.ts';

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

const metadataOf = (change: Partial<Record<string, string>> = {}): Record<string, string> => ({
  id: uuidv7(),
  cityId: city.cityId,
  kind: 'photo',
  subjectKind: 'sighting',
  subjectId: sightingId,
  takenAt: new Date(Date.now() - 60_000).toISOString(),
  ...(change as Record<string, string>),
});

const callerOf = (session: Session | null, deviceId: string | null = null) =>
  appRouter.createCaller({
    ...contextOf(test.db, session, { deviceId }),
  });

async function bytesAt(url: string, cookie: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${served.baseUrl}${url}`, { headers: { cookie, ...headers } });
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
}

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

describe('bytes that outlived their removal', () => {
  it('are gone after the next sweep', async () => {
    const metadata = metadataOf();
    await send(photo, metadata, { cookie: await cookieOf(city.people.reporter) });
    const id = metadata['id']!;
    // As after a removal while the store was away.
    await test.sql`update media set removed_at = now() where id = ${id}`;
    const left = () =>
      readdirSync(path.join(folder, 'media', city.cityId), { recursive: true }).filter((name) =>
        String(name).includes(id),
      );
    expect(left()).toHaveLength(2);
    await purgeRemoved({
      db: test.db,
      config: readConfig({ DATA_DIR: folder }),
      log: () => undefined,
    });
    expect(left()).toEqual([]);
    const [row] = await test.sql`select purged_at from media where id = ${id}`;
    expect(row).toMatchObject({ purged_at: expect.any(String) });
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
