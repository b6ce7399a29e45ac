import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bounds } from '../../../shared/basemap/schema.ts';
import { PmtilesWriter } from '../../../server/basemap/pmtiles-writer.ts';
import { Archive } from './archive.ts';
import { planPack, tilesOver } from './plan-pack.ts';
import { Shelf } from './shelf.ts';
import type { Pack } from './shelf.ts';
import { runsOf, takePack } from './take-pack.ts';

const bounds: Bounds = [24.9, 60.1, 25, 60.2];
const inner: Bounds = [24.94, 60.14, 24.96, 60.16];
const url = 'https://nuanxun.test/cities/demo/basemap.pmtiles';
let bytes: Buffer;
let generation: string;
let reachable: boolean;
let requests: [number, number][];
let number = 0;

/** Every tile says where it is; `word` makes another generation. */
function makeArchive(word: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'nuanxun-tiles-'));
  const path = join(folder, 'a.pmtiles');
  const writer = new PmtilesWriter(path);
  for (let z = 6; z <= 15; z++)
    for (const { x, y } of tilesOver(bounds, z))
      writer.add(
        z,
        x,
        y,
        Buffer.from(`${word} ${z}/${x}/${y} ${randomBytes(1_500).toString('hex')}`),
      );
  writer.finish({ bounds, minZoom: 6, maxZoom: 15, centerZoom: 12, metadata: {} });
  const made = readFileSync(path);
  rmSync(folder, { recursive: true });
  return made;
}
/** Answers ranges as our own server does. */
function serve(_url: unknown, init?: RequestInit): Promise<Response> {
  if (!reachable) return Promise.reject(new TypeError('Failed to fetch'));
  const [, from, to] =
    /bytes=(\d+)-(\d+)/.exec(new Headers(init?.headers).get('range') ?? '') ?? [];
  const first = Number(from);
  const last = Math.min(Number(to), bytes.length - 1);
  requests.push([first, last]);
  const body = new Uint8Array(bytes.subarray(first, last + 1));
  return Promise.resolve(new Response(body, { status: 206, headers: { etag: generation } }));
}
const newShelf = (limit?: number) => new Shelf(`map-${++number}`, limit);
const textOf = (data: ArrayBuffer | undefined) =>
  Buffer.from(data ?? new ArrayBuffer(0)).toString();
const packOf = (of: Bounds): Pack => ({
  id: 'p',
  cityId: 'demo',
  name: 'North',
  archive: url,
  generation,
  bounds: of,
  tiles: 0,
  bytes: 0,
  takenAt: '2026-01-05T18:03:00.000Z',
  complete: false,
});
async function take(shelf: Shelf, of = inner) {
  const archive = new Archive(url, shelf);
  const plan = await planPack(archive, of);
  const { signal } = new AbortController();
  await takePack({ shelf, archive, pack: packOf(of), plan, signal, onProgress: () => undefined });
  return plan;
}

beforeEach(() => {
  bytes = makeArchive('first');
  generation = '"1"';
  reachable = true;
  requests = [];
  vi.stubGlobal('fetch', vi.fn(serve));
});
afterEach(() => vi.unstubAllGlobals());

describe('an area taken along', () => {
  it('has its size known from the directories, before any tile is fetched', async () => {
    const shelf = newShelf();
    const plan = await planPack(new Archive(url, shelf), bounds);
    const expected = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15].flatMap((z) => tilesOver(bounds, z));
    expect(plan.tiles).toBe(expected.length);
    const fetched = requests.reduce((sum, [from, to]) => sum + to - from + 1, 0);
    expect(fetched).toBeLessThan(20_000);
    await take(shelf, bounds);
    const stored = requests.reduce((sum, [from, to]) => sum + to - from + 1, -fetched);
    expect(Math.abs(stored - plan.bytes) / plan.bytes).toBeLessThan(0.1);
  });

  it('draws with the server gone, every tile of it, and says so outside', async () => {
    const shelf = newShelf();
    await take(shelf);
    reachable = false;
    const archive = new Archive(url, shelf);
    expect((await archive.header()).maxZoom).toBe(15);
    for (let z = 6; z <= 15; z++)
      for (const place of tilesOver(inner, z))
        expect(textOf(await archive.tile(place))).toContain(`first ${z}/${place.x}/${place.y} `);
    const far = tilesOver(bounds, 15)[0]!;
    await expect(archive.tile(far)).rejects.toThrow('not on the device');
  });

  it('goes on where the line broke', async () => {
    const shelf = newShelf();
    const archive = new Archive(url, shelf);
    const plan = await planPack(archive, bounds);
    const controller = new AbortController();
    const half = (done: number) => {
      if (done > plan.bytes / 2) controller.abort();
    };
    const taking = { shelf, archive, pack: packOf(bounds), plan };
    await expect(
      takePack({ ...taking, signal: controller.signal, onProgress: half }),
    ).rejects.toThrow();
    expect((await shelf.packs('demo'))[0]?.complete).toBe(false);
    requests = [];
    await takePack({
      ...taking,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    const again = requests.reduce((sum, [from, to]) => sum + to - from + 1, 0);
    expect(again).toBeLessThan(plan.bytes * 0.6);
    expect((await shelf.packs('demo'))[0]?.complete).toBe(true);
  });

  it('still draws from the older map when the server has a newer one, and is gone when removed', async () => {
    const shelf = newShelf();
    await take(shelf);
    bytes = makeArchive('second');
    generation = '"2"';
    const place = tilesOver(inner, 15)[0]!;
    const other = tilesOver(inner, 15)[1]!;
    const archive = new Archive(url, shelf);
    await archive.ask();
    expect(textOf(await archive.tile(place))).toContain('second');
    reachable = false;
    expect(textOf(await archive.tile(other))).toContain('first');
    await shelf.releasePack('p');
    expect(await shelf.packs('demo')).toEqual([]);
    await expect(new Archive(url, shelf).tile(other)).rejects.toThrow('not on the device');
  });
});

it('what was seen once is there without a network', async () => {
  const shelf = newShelf();
  const place = tilesOver(inner, 14)[0]!;
  await new Archive(url, shelf).tile(place);
  await vi.waitFor(async () => expect(await shelf.seenBytes()).toBeGreaterThan(16_384));
  reachable = false;
  expect(textOf(await new Archive(url, shelf).tile(place))).toContain('first 14/');
});

it('what did not come without a network comes when there is one', async () => {
  // Too small to keep the directory.
  const archive = new Archive(url, newShelf(1_000));
  await archive.ask();
  const place = tilesOver(inner, 14)[0]!;
  reachable = false;
  await expect(archive.tile(place)).rejects.toThrow('not on the device');
  reachable = true;
  expect(textOf(await archive.tile(place))).toContain('first 14/');
});

it('the shelf never holds more than its limit; the longest unused go first; what was taken along stays', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ piece: fc.nat(40), bytes: fc.integer({ min: 1, max: 400 }) }), {
        minLength: 1,
        maxLength: 60,
      }),
      async (writes) => {
        const shelf = newShelf(1_000);
        await shelf.pack('p', [[['a', 'g', 9_999], new ArrayBuffer(2_000)]]);
        const usedAt = new Map<number, number>();
        let now = 0;
        for (const { piece, bytes: size } of writes) {
          await shelf.keepSeen(['a', 'g', piece], new ArrayBuffer(size), ++now);
          usedAt.set(piece, now);
          expect(await shelf.seenBytes()).toBeLessThanOrEqual(1_000);
        }
        const there = new Map<number, boolean>();
        for (const piece of usedAt.keys())
          there.set(piece, (await shelf.find(['a', 'g', piece], now)) !== null);
        const order = [...usedAt].sort(([, a], [, b]) => a - b).map(([piece]) => there.get(piece));
        // Once one is there, all used later are.
        expect(order.slice(order.indexOf(true)).every(Boolean)).toBe(true);
        expect(await shelf.find(['a', 'g', 9_999], now)).not.toBeNull();
      },
    ),
    { numRuns: 25 },
  );
});

it('pieces close together are fetched in one request, each once', () => {
  const pieces: [number, number][] = [
    [0, 100],
    [100, 50],
    [9_000, 10],
    [500_000, 300_000],
    [800_000, 20],
  ];
  expect(runsOf(pieces).map(({ offset, length }) => [offset, length])).toEqual([
    [0, 150],
    [9_000, 10],
    [500_000, 300_000],
    [800_000, 20],
  ]);
});
