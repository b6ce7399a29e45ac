import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOSMStream } from 'osm-pbf-parser-node';
import { afterAll, expect, it } from 'vitest';
import type { Bounds } from '../../shared/basemap/schema.ts';
import { readOsmPbf } from './osm-reader.ts';
import { writeOsmPbf } from './osm-writer.ts';
import type { OsmData } from './osm-writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'nuanxun-osm-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const data: OsmData = {
  bounds: [-0.5, -0.25, 0.5, 0.75],
  nodes: [
    { id: 1, lon: -0.1234567, lat: -0.2 },
    { id: 12_345_678_901, lon: 0.5, lat: 0.7654321, tags: { name: '暖河', amenity: 'atm' } },
    { id: 3, lon: 0, lat: 0 },
  ],
  ways: [{ id: 7, refs: [12_345_678_901, 1, 3], tags: { highway: 'primary', name: "Xi'an Road" } }],
  relations: [
    {
      id: 9,
      members: [
        { type: 'way', ref: 7, role: 'outer' },
        { type: 'node', ref: 1, role: '' },
      ],
      tags: { type: 'multipolygon' },
    },
  ],
};

it('what our writer writes, our reader reads', async () => {
  const path = join(folder, 'ours.osm.pbf');
  writeFileSync(path, writeOsmPbf(data));
  const read: OsmData = { bounds: [0, 0, 0, 0], nodes: [], ways: [], relations: [] };
  await readOsmPbf(
    path,
    {
      node: (id, lonE7, latE7, tags) =>
        read.nodes.push({ id, lon: lonE7 / 1e7, lat: latE7 / 1e7, ...(tags ? { tags } : {}) }),
      way: (id, refs, tags) => read.ways.push({ id, refs, tags }),
      relation: (id, members, tags) => read.relations.push({ id, members, tags }),
    },
    { onHeader: (bounds) => (read.bounds = bounds as Bounds) },
  );
  expect(read.bounds.map((degrees) => Math.round(degrees * 1e7) / 1e7)).toEqual(data.bounds);
  expect({ ...read, bounds: data.bounds }).toEqual(data);
});

it("a reader that isn't ours reads the same", async () => {
  const path = join(folder, 'theirs.osm.pbf');
  writeFileSync(path, writeOsmPbf(data));
  const elements: unknown[] = [];
  for await (const element of createOSMStream(path, { withInfo: false })) elements.push(element);
  expect(elements).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        type: 'node',
        id: 12_345_678_901,
        tags: { name: '暖河', amenity: 'atm' },
      }),
      expect.objectContaining({ type: 'way', id: 7, refs: [12_345_678_901, 1, 3] }),
      expect.objectContaining({ type: 'relation', id: 9 }),
    ]),
  );
});
