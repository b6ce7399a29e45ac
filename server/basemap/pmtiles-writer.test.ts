import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PMTiles, tileIdToZxy } from 'pmtiles';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PmtilesWriter } from './pmtiles-writer.ts';
import { FileArchive } from './ready-made.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nuanxun-pmtiles-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const info = {
  bounds: [24.9, 60.1, 25, 60.2] as [number, number, number, number],
  minZoom: 6,
  maxZoom: 15,
  centerZoom: 12,
  metadata: { name: 'test' },
};

it('what is written is read back by the reader that browsers use, header and all', async () => {
  const path = join(folder, 'a.pmtiles');
  const writer = new PmtilesWriter(path);
  const tiles: [number, number, number][] = [
    [7, 72, 36],
    [6, 36, 18],
    [15, 18_650, 9_480],
    [15, 18_651, 9_480],
  ];
  for (const [z, x, y] of tiles) writer.add(z, x, y, Buffer.from(`tile ${z}/${x}/${y}`));
  const summary = writer.finish(info);
  expect(summary.tiles).toBe(4);
  const archive = new FileArchive(path);
  const reader = new PMTiles(archive);
  const header = await reader.getHeader();
  expect([header.minLon, header.minLat, header.maxLon, header.maxLat]).toEqual(info.bounds);
  expect(header).toMatchObject({
    minZoom: 6,
    maxZoom: 15,
    centerZoom: 12,
    clustered: true,
    numAddressedTiles: 4,
  });
  expect(header.centerLon).toBeCloseTo(24.95, 6);
  expect(await reader.getMetadata()).toEqual({ name: 'test' });
  for (const [z, x, y] of tiles) {
    const answer = await reader.getZxy(z, x, y);
    expect(Buffer.from(answer?.data ?? new ArrayBuffer(0)).toString()).toBe(`tile ${z}/${x}/${y}`);
  }
  expect(await reader.getZxy(7, 0, 0)).toBeUndefined();
  archive.close();
  expect(readdirSync(folder)).toEqual(['a.pmtiles']);
});

it('equal tiles are stored once', () => {
  const writer = new PmtilesWriter(join(folder, 'b.pmtiles'));
  for (let x = 0; x < 50; x++) writer.add(10, x, 5, Buffer.from('the same sea'));
  expect(writer.finish(info)).toMatchObject({ tiles: 50, contents: 1 });
});

it('an archive too large for one directory gets leaves, and every tile is found', async () => {
  const path = join(folder, 'c.pmtiles');
  const writer = new PmtilesWriter(path);
  // Uneven steps and lengths, or the directory would pack into nothing.
  const hash = (id: number): Buffer => createHash('sha256').update(String(id)).digest();
  const ids: number[] = [];
  for (let id = 1_000_000; ids.length < 9000; id += 1 + (hash(id).readUInt16LE() % 5000))
    ids.push(id);
  const content = (id: number): Buffer => hash(id).subarray(0, 4 + (id % 28));
  for (const id of ids.toReversed()) writer.add(...tileIdToZxy(id), content(id));
  writer.finish(info);
  const archive = new FileArchive(path);
  const reader = new PMTiles(archive);
  expect((await reader.getHeader()).leafDirectoryLength).toBeGreaterThan(0);
  for (const id of ids.filter((_, i) => i % 997 === 0)) {
    const answer = await reader.getZxy(...tileIdToZxy(id));
    expect(Buffer.from(answer?.data ?? new ArrayBuffer(0))).toEqual(content(id));
  }
  archive.close();
}, 20_000);
