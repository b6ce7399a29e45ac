import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PbfReader } from 'pbf';
import { PMTiles } from 'pmtiles';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CITY_FILES,
  cityFileSchema,
  keyPointsFileSchema,
  streetsFileSchema,
} from '../../shared/basemap/schema.ts';
import { importExtract } from './import-extract.ts';
import { FileArchive } from './ready-made.ts';
import { smallTown } from './small-town.ts';
import { writeOsmPbf } from './osm-writer.ts';

let folder: string;
let extract: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nuanxun-import-'));
  extract = join(folder, 'town.osm.pbf');
  writeFileSync(extract, writeOsmPbf(smallTown()));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const dataDir = (): string => mkdtempSync(join(folder, 'data-'));
const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

describe('making a city from an extract', () => {
  it('writes all four files, each as its schema says', async () => {
    const dir = dataDir();
    const { city } = await importExtract(extract, {
      dataDir: dir,
      name: '小镇',
      nameEn: 'Small Town',
      way: 'npm',
    });
    const place = join(dir, 'cities', 'small-town');
    expect(cityFileSchema.parse(json(join(place, CITY_FILES.city)))).toEqual(city);
    expect(city.name).toEqual({ zh: '小镇', en: 'Small Town' });
    expect(city.timezone).toBe('Asia/Shanghai');
    const streets = streetsFileSchema.parse(json(join(place, CITY_FILES.streets)));
    expect(streets.edges).toHaveLength(streets.edgeNames.length * 6);
    expect(streets.shapes).toHaveLength(streets.edgeNames.length);
    const points = keyPointsFileSchema.parse(json(join(place, CITY_FILES.keyPoints)));
    expect(points.features.map(({ properties }) => [properties.kind, properties.nameZh])).toEqual(
      expect.arrayContaining([
        ['bridge', '镇桥'],
        ['station', '小镇站'],
        ['park', '小镇公园'],
      ]),
    );
    expect(readdirSync(join(dir, 'cities'))).toEqual(['small-town']);
  });

  it('writes tiles whose layers carry the names in both languages', async () => {
    const dir = dataDir();
    await importExtract(extract, { dataDir: dir, slug: 'town', way: 'npm' });
    const archive = new FileArchive(join(dir, 'cities', 'town', CITY_FILES.basemap));
    const tiles = new PMTiles(archive);
    const header = await tiles.getHeader();
    expect([header.minZoom, header.maxZoom]).toEqual([6, 15]);
    const [x, y] = tileAt(125.01, 44.01, 15);
    const answer = await tiles.getZxy(15, x, y);
    archive.close();
    const layers = readTile(new Uint8Array(answer?.data ?? new ArrayBuffer(0)));
    expect(layers.get('road')).toContainEqual({
      class: 'primary',
      name: '中心大街',
      name_en: 'Central Street',
    });
    expect([...layers.keys()]).toEqual(expect.arrayContaining(['road', 'water', 'building']));
  });

  it('keeps only what lies in the given box', async () => {
    const dir = dataDir();
    const { city } = await importExtract(extract, {
      dataDir: dir,
      slug: 'part',
      bbox: [125, 44, 125.008, 44.008],
      way: 'npm',
    });
    expect(city.bounds).toEqual([125, 44, 125.008, 44.008]);
    const points = keyPointsFileSchema.parse(
      json(join(dir, 'cities', 'part', CITY_FILES.keyPoints)),
    );
    for (const { geometry } of points.features)
      expect(geometry.coordinates[0]).toBeLessThanOrEqual(125.008);
  });

  it('counts points far outside the box and ways with missing points, and goes on', async () => {
    const town = smallTown();
    town.nodes.push({ id: 900_000, lon: 10, lat: 10 });
    town.ways.push({
      id: 900_000,
      refs: [1, 900_000, 2, 123_456],
      tags: { highway: 'residential' },
    });
    const path = join(folder, 'stray.osm.pbf');
    writeFileSync(path, writeOsmPbf(town));
    const { city } = await importExtract(path, { dataDir: dataDir(), way: 'npm' });
    expect(city.counts.leftOut).toBe(1);
  });

  it('takes ids in any order', async () => {
    const town = smallTown();
    town.nodes.reverse();
    town.ways.reverse();
    const path = join(folder, 'unordered.osm.pbf');
    writeFileSync(path, writeOsmPbf(town));
    const ordered = await importExtract(extract, { dataDir: dataDir(), way: 'npm' });
    const unordered = await importExtract(path, { dataDir: dataDir(), way: 'npm' });
    expect(unordered.city.counts).toEqual(ordered.city.counts);
  });
});

describe('a file that cannot become a city', () => {
  const broken: [string, (path: string) => void, string][] = [
    ['an empty file', (path) => writeFileSync(path, ''), 'not_an_extract'],
    ['a text', (path) => writeFileSync(path, 'hello, this is not a map at all'), 'not_an_extract'],
    [
      'an extract cut short',
      (path) => {
        writeFileSync(path, readFileSync(extract));
        truncateSync(path, 700);
      },
      'broken_extract',
    ],
    [
      'an extract with damaged bytes',
      (path) => writeFileSync(path, damaged(readFileSync(extract))),
      'broken_extract',
    ],
  ];
  it.each(broken)('%s is refused in words, and the former city stays', async (_, make, code) => {
    const dir = dataDir();
    await importExtract(extract, { dataDir: dir, slug: 'town', way: 'npm' });
    const before = readFileSync(join(dir, 'cities', 'town', CITY_FILES.city), 'utf8');
    const path = join(folder, 'broken.osm.pbf');
    make(path);
    await expect(
      importExtract(path, { dataDir: dir, slug: 'town', way: 'npm' }),
    ).rejects.toMatchObject({ code });
    expect(readFileSync(join(dir, 'cities', 'town', CITY_FILES.city), 'utf8')).toBe(before);
    expect(readdirSync(join(dir, 'cities'))).toEqual(['town']);
  });

  it('a missing file and an empty box are refused', async () => {
    const dir = dataDir();
    await expect(
      importExtract(join(folder, 'nowhere.osm.pbf'), { dataDir: dir }),
    ).rejects.toMatchObject({ code: 'file_unreadable' });
    await expect(
      importExtract(extract, { dataDir: dir, bbox: [0, 0, 1, 1], way: 'npm' }),
    ).rejects.toMatchObject({ code: 'nothing_inside' });
    expect(existsSync(join(dir, 'cities', 'town'))).toBe(false);
  });
});

function damaged(bytes: Buffer): Buffer {
  for (let i = 400; i < 900; i += 7) bytes[i] = (bytes[i] ?? 0) ^ 0x5a;
  return bytes;
}

function tileAt(lon: number, lat: number, zoom: number): [number, number] {
  const count = 2 ** zoom;
  const sin = Math.sin((lat * Math.PI) / 180);
  return [
    Math.floor(((lon + 180) / 360) * count),
    Math.floor((0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * count),
  ];
}

/** The attributes of every feature, by layer: all of the vector-tile format that is needed here. */
function readTile(bytes: Uint8Array): Map<string, Record<string, unknown>[]> {
  const layers = new Map<string, Record<string, unknown>[]>();
  new PbfReader(bytes).readFields((tag, _, pbf) => {
    if (tag !== 3) return;
    const layer = {
      name: '',
      keys: [] as string[],
      values: [] as unknown[],
      tags: [] as number[][],
    };
    pbf.readMessage((field, into, inner) => {
      if (field === 1) into.name = inner.readString();
      else if (field === 2) {
        into.tags.push(
          inner.readMessage((key, list, feature) => {
            if (key === 2) feature.readPackedVarint(list);
          }, [] as number[]),
        );
      } else if (field === 3) into.keys.push(inner.readString());
      else if (field === 4) {
        inner.readMessage((key, list, value) => {
          if (key === 1) list.push(value.readString());
          else if (key === 5) list.push(value.readVarint());
          else if (key === 3) list.push(value.readDouble());
        }, into.values);
      }
    }, layer);
    layers.set(
      layer.name,
      layer.tags.map((pairs) => {
        const properties: Record<string, unknown> = {};
        for (let i = 0; i < pairs.length; i += 2) {
          properties[layer.keys[pairs[i] ?? -1] ?? ''] = layer.values[pairs[i + 1] ?? -1];
        }
        return properties;
      }),
    );
  }, null);
  return layers;
}
