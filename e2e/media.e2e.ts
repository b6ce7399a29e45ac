/** A photo and a voice note on their way from a phone to the duty desk: without a network, through a server that dies, and bare of where they were taken. */
import { rm } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { APIRequestContext, Page } from '@playwright/test';
import exifr from 'exifr';
import sharp from 'sharp';
import { browserFlags, findBrowser } from '../scripts/find-browser.mjs';
import type { MediaAddress, MediaView } from '../shared/media/schema.ts';
import type { Snapshot } from '../shared/realtime/events.ts';
import { startServer } from './harness.ts';
import type { RunningServer } from './harness.ts';
import { newBrowser } from './people.ts';
import type { Place } from './people.ts';

const executablePath = findBrowser();
test.use({
  launchOptions: {
    ...(executablePath === undefined ? {} : { executablePath }),
    // A microphone that hums, and nobody who has to allow it.
    args: [...browserFlags, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  },
});

let server: RunningServer;
let cityId: string;
let edge: Place;

test.beforeAll(async () => {
  server = await startServer({ env: { NUANXUN_DEMO: 'on', NUANXUN_DEMO_SPEED: '0' } });
  const answer = await fetch(`${server.url}/api/cities.list`);
  const { result } = (await answer.json()) as {
    result: { data: { id: string; center: { lon: number; lat: number }; bounds: number[] }[] };
  };
  const { id, center, bounds } = result.data[0]!;
  cityId = id;
  edge = { longitude: center.lon - (center.lon - bounds[0]!) * 0.9, latitude: center.lat };
});
test.afterAll(async () => {
  await server.stop();
  await rm(server.dataDir, { recursive: true, force: true });
});

async function read<T>(request: APIRequestContext, path: string, input: unknown): Promise<T> {
  const answer = await request.get(
    `${server.url}/api/${path}?input=${encodeURIComponent(JSON.stringify(input))}`,
  );
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
  return ((await answer.json()) as { result: { data: T } }).result.data;
}

/** As large as a phone's, and with a position in it. */
async function phonePhoto(): Promise<Buffer> {
  const [width, height] = [2400, 1800];
  const noise = Buffer.from(
    Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * 7919 + (at >> 9)) % 253),
  );
  const north = { GPSLatitudeRef: 'N', GPSLatitude: '39/1 54/1 0/1' };
  return await sharp(noise, { raw: { width, height, channels: 3 } })
    .withExif({ IFD3: { ...north, GPSLongitudeRef: 'E', GPSLongitude: '116/1 24/1 0/1' } })
    .jpeg({ quality: 90 })
    .toBuffer();
}

async function attach(page: Page, photo: Buffer): Promise<void> {
  await page
    .getByTestId('gallery')
    .setInputFiles({ name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: photo });
  await expect(page.getByRole('button', { name: '去掉第 1 张照片' })).toBeVisible();
  await page.getByRole('button', { name: '录音说明' }).click();
  await expect(page.getByText('正在录音 0:01 / 3:00')).toBeVisible();
  await page.getByRole('button', { name: '停止', exact: true }).click();
  await page.getByRole('button', { name: '就用这段' }).click();
  await expect(page.getByRole('button', { name: /去掉第 1 段录音/ })).toBeVisible();
}

test('a tip with a photo and a voice note is sent without a network, and arrives whole through a server that dies', async ({
  browser,
  playwright,
}) => {
  test.setTimeout(180_000);
  const desk = await playwright.request.newContext();
  await desk.post(`${server.url}/api/accounts.enterDemo`, { data: { cityId, role: 'dispatcher' } });
  const before = await read<Snapshot>(desk, 'snapshots.read', { cells: null });
  const known = new Set(before.sightings.map(({ id }) => id));

  const { page, context } = await newBrowser(browser, server.url, { size: 'phone', at: edge });
  await page.goto('/report');
  const photo = await phonePhoto();
  expect(await exifr.gps(photo)).toMatchObject({ latitude: 39.9 });
  await attach(page, photo);
  await page.getByRole('button', { name: '穿得单薄、受冻' }).click();
  await context.setOffline(true);
  await page.getByRole('button', { name: '送出', exact: true }).click();
  await expect(page.getByText(/等待|网络|本机/).first()).toBeVisible();

  // The server goes away after the second piece, for good as far as that process is concerned.
  let pieces = 0;
  const port = Number(new URL(server.url).port);
  const { dataDir } = server;
  let killed: Promise<void> | undefined;
  await page.route('**/uploads/**', async (route) => {
    if (route.request().method() === 'PATCH') pieces += 1;
    if (pieces === 3) killed ??= server.kill();
    await killed;
    await route.continue();
  });
  await context.setOffline(false);
  await expect.poll(() => killed !== undefined, { timeout: 60_000 }).toBe(true);
  await killed;
  await page.unroute('**/uploads/**');
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/uploads'))
      asked.push(`${request.method()} ${request.headers()['upload-offset'] ?? ''}`.trim());
  });
  server = await startServer({
    env: { NUANXUN_DEMO: 'on', NUANXUN_DEMO_SPEED: '0' },
    dataDir,
    port,
  });

  const found = async (): Promise<MediaView[]> => {
    const { sightings } = await read<Snapshot>(desk, 'snapshots.read', { cells: null });
    const news = sightings.filter(({ id }) => !known.has(id)).map(({ id }) => id);
    if (news.length === 0) return [];
    return read(desk, 'media.list', { subjectKind: 'sighting', subjectIds: news });
  };
  await expect.poll(async () => (await found()).length, { timeout: 90_000 }).toBe(2);
  // It went on where it had been cut off: no second beginning of the photo, no piece from the start.
  expect(asked.find((request) => request.startsWith('PATCH'))).not.toBe('PATCH 0');

  const media = await found();
  expect(media.map(({ kind }) => kind).sort()).toEqual(['photo', 'voice']);
  const kept = media.find(({ kind }) => kind === 'photo')!;
  expect([kept.width, kept.height]).toEqual([1600, 1200]);
  const address = await read<MediaAddress>(desk, 'media.address', { id: kept.id, variant: 'full' });
  const bytes = await (await desk.get(`${server.url}${address.url}`)).body();
  expect(
    await exifr.parse(bytes, { gps: true, tiff: true, exif: true, xmp: true }),
  ).toBeUndefined();
  const stranger = await playwright.request.newContext();
  expect((await stranger.get(`${server.url}${address.url}`)).status()).toBe(403);
  await stranger.dispose();
  await desk.dispose();
  await context.close();
});
