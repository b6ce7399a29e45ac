// From a visit to the picture: the built server and a real browser with 50,000 cells on its map.
import { createHash } from 'node:crypto';
import { chromium, request } from '@playwright/test';
import type { APIRequestContext, Browser, Locator, Page } from '@playwright/test';
import { gridDisk, latLngToCell } from 'h3-js';
import { v7 as uuidv7 } from 'uuid';
import { createPainter } from '../client/zones/picture.ts';
import { startServer } from '../e2e/harness.ts';
import { browserFlags, findBrowser } from '../scripts/find-browser.mjs';
import type { KeyPointView } from '../shared/key-points/schema.ts';
import type { Snapshot } from '../shared/realtime/events.ts';
import { blankField, indexOfCell } from '../shared/zones/cell-field.ts';
import type { CellField } from '../shared/zones/cell-field.ts';
import { keyOfCell } from '../shared/zones/cell-key.ts';
import { decodeCellField, encodeCellField } from '../shared/zones/field-bytes.ts';
import { median, seededRandom } from './measure.ts';
import type { Report } from './report.ts';

const resolution = 9;
/** 50,311 cells around the middle of the city. */
const rings = 129;
const rounds = 5;
const hourMs = 3_600_000;
const reach = { visitToPixelsMs: 1_000, hourMs: 50 };

export async function benchScreen(report: Report): Promise<void> {
  benchHours(report);
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('No Chromium: set CHROMIUM_PATH.');
  const server = await startServer({
    env: { NUANXUN_DEMO: 'on', NUANXUN_DEMO_SPEED: '0' },
    readyWithinMs: 180_000,
  });
  const browser = await chromium.launch({ executablePath, args: browserFlags });
  try {
    await benchVisit(report, browser, server.url);
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** A city where people are expected everywhere. @param busiest cells where most are, the first most of all */
function madeField(
  of: Pick<CellField, 'revision' | 'seq'>,
  center: { lon: number; lat: number },
  busiest: readonly string[],
): CellField {
  const random = seededRandom(7);
  const cells = gridDisk(latLngToCell(center.lat, center.lon, resolution), rings);
  const keys = Float64Array.from(cells, (cell) => keyOfCell(cell, resolution)).sort();
  const at = new Date().toISOString();
  const field = blankField({ ...of, resolution, madeAt: at, asOf: at }, keys);
  field.profiles = [new Float32Array(24).fill(1)];
  for (let index = 0; index < keys.length; index++) {
    field.peak[index] = random() * 2;
    field.lastVisitAtMs[index] = Date.now() - random() * 20 * hourMs;
  }
  for (const [place, cell] of busiest.entries()) {
    const index = indexOfCell(field, cell);
    // Far enough apart that no weather turns their order.
    field.livePeople[index] = 4 ** (busiest.length + 1 - place);
    field.lastVisitAtMs[index] = 0;
  }
  return field;
}

/** The slider: what all cells owe at each of the next twelve hours. */
function benchHours(report: Report): void {
  const field = madeField({ revision: 1, seq: 1 }, { lon: 116.4, lat: 39.9 }, []);
  const paint = createPainter();
  const input = {
    field,
    zones: [],
    feltThere: (_: unknown, atMs: number) => ({
      feltCelsius: -10 - ((atMs / hourMs) % 12),
      wet: false,
      told: true,
    }),
    keyHours: new Map(),
    timeZone: 'Asia/Shanghai',
    nowMs: Date.now(),
  };
  const times: number[] = [];
  for (let round = 0; round < rounds; round++)
    for (let hoursAhead = 0; hoursAhead <= 12; hoursAhead++) {
      const began = performance.now();
      paint({ ...input, hoursAhead });
      if (round > 0) times.push(performance.now() - began);
    }
  report.row({
    case: `${field.cells.length} cells at another hour of the slider, the slowest of ${times.length}`,
    peer: 'reach',
    ours: Math.max(...times),
    theirs: reach.hourMs,
    unit: 'ms',
    better: 'lower',
    target: 1,
  });
}

async function benchVisit(report: Report, browser: Browser, url: string): Promise<void> {
  const cities = (await (await fetch(`${url}/api/cities.list`)).json()) as {
    result: { data: { id: string; center: { lon: number; lat: number } }[] };
  };
  const { id: cityId, center } = cities.result.data[0]!;
  const desk = await browser.newContext({
    baseURL: url,
    viewport: { width: 1280, height: 800 },
    locale: 'zh-CN',
  });
  await enter(desk.request, cityId, 'dispatcher');
  const keyPoints = (await readKeyPoints(desk.request)).slice(0, rounds);
  const cellOf = ({ lon, lat }: KeyPointView) => latLngToCell(lat, lon, resolution);
  await desk.route('**/cells.bin', async (route) => {
    const answer = await route.fetch();
    const real = decodeCellField(new Uint8Array(await answer.body()));
    const made = madeField(real, center, keyPoints.map(cellOf));
    await route.fulfill({ body: Buffer.from(encodeCellField(made)) });
  });
  const crew = await request.newContext({ baseURL: url });
  await enter(crew, cityId, 'patrol');
  const page = await desk.newPage();
  await page.goto('/board');
  await page.getByRole('tab', { name: '该去哪' }).click();
  await firstRow(page).waitFor();
  // Maps and lists of a first load come to rest.
  await page.waitForTimeout(6_000);
  const times: number[] = [];
  for (const keyPoint of keyPoints) {
    await lookAtFirst(page);
    times.push(await visitToPixels(page, crew, keyPoint));
  }
  await crew.dispose();
  await desk.close();
  report.row({
    case: `a visit until the cell of ${3 * rings * (rings + 1) + 1} on the map looks otherwise, the slowest of ${times.length} (median ${Math.round(median(times))} ms)`,
    peer: 'reach',
    ours: Math.max(...times),
    theirs: reach.visitToPixelsMs,
    unit: 'ms',
    better: 'lower',
    target: 1,
  });
}

async function enter(caller: APIRequestContext, cityId: string, role: string): Promise<void> {
  const answer = await caller.post('/api/accounts.enterDemo', { data: { cityId, role } });
  if (!answer.ok()) throw new Error(`The demo city lets no ${role} in: ${await answer.text()}`);
}

/** Of different cells, none beside another. */
async function readKeyPoints(caller: APIRequestContext): Promise<KeyPointView[]> {
  const input = encodeURIComponent(JSON.stringify({ cells: null }));
  const answer = await caller.get(`/api/snapshots.read?input=${input}`);
  const { result } = (await answer.json()) as { result: { data: Snapshot } };
  const taken = new Set<string>();
  return result.data.keyPoints.filter(({ lon, lat }) => {
    const around = gridDisk(latLngToCell(lat, lon, resolution), 2);
    if (around.some((cell) => taken.has(cell))) return false;
    for (const cell of around) taken.add(cell);
    return true;
  });
}

const firstRow = (page: Page): Locator =>
  page.locator('button:has([role=img][data-step="4"])').first();

/** Chooses the place where most is owed, which brings it into view: what was visited before is further down. */
async function lookAtFirst(page: Page): Promise<void> {
  await firstRow(page).click();
  await page.waitForTimeout(2_000);
}

/** A few pixels of the cell, off its middle, where markers stand. */
async function look(page: Page): Promise<string> {
  const map = (await page.locator('.nx-map').boundingBox())!;
  const clip = {
    x: map.x + map.width / 2 - 50,
    y: map.y + map.height / 2 - 24,
    width: 8,
    height: 8,
  };
  return createHash('md5')
    .update(await page.screenshot({ clip }))
    .digest('hex');
}

async function visitToPixels(
  page: Page,
  crew: APIRequestContext,
  keyPoint: KeyPointView,
): Promise<number> {
  const before = await look(page);
  if ((await look(page)) !== before) throw new Error('The map does not stand still.');
  const { id: keyPointId, lon, lat } = keyPoint;
  const id = uuidv7();
  const at = new Date().toISOString();
  const visit = { id, keyPointId, position: { lon, lat }, note: '' };
  const began = performance.now();
  const sent = await crew.post('/api/field.submit', {
    data: { kind: 'keyPoint.visit', id, at, visit },
  });
  if (!sent.ok()) throw new Error(`The visit was refused: ${await sent.text()}`);
  while ((await look(page)) === before)
    if (performance.now() - began > 20_000) throw new Error('The visit is not to be seen.');
  return performance.now() - began;
}
