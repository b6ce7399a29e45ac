import { describe, expect, it } from 'vitest';
import { keyPointDefaults } from '../../shared/key-points/defaults.ts';
import { decodeText, readKeyPointFile } from './key-point-file.ts';
import type { ReadOptions } from './key-point-file.ts';

const options: ReadOptions = { system: 'wgs84', bounds: [121.2, 31.0, 121.8, 31.5] };
const read = async (text: string | Uint8Array, change: Partial<ReadOptions> = {}) => {
  const file = await readKeyPointFile(new Blob([text as BlobPart]), { ...options, ...change });
  if ('fault' in file) throw new Error(file.fault);
  return file.rows;
};
const fault = async (text: string) => {
  const file = await readKeyPointFile(new Blob([text]), options);
  return 'fault' in file ? file.fault : null;
};
const faultsOf = async (line: string) => {
  const [row] = await read(`name,kind,lon,lat,radius,from,to,normal,cold,note,ref\n${line}`);
  return row!.faults;
};

describe('a table of key points', () => {
  it('is read with every column', async () => {
    const [row, ...more] = await read(
      'name,kind,lon,lat,radius,from,to,normal,cold,note,ref\n"桥, 东",bridge,121.47,31.23,35,22,5,300,90,"说 ""明""",B-1\n\n',
    );
    expect(more).toEqual([]);
    expect(row).toMatchObject({ line: 2, faults: [] });
    expect(row!.draft).toMatchObject({
      name: '桥, 东',
      kind: 'bridge',
      position: { lon: 121.47, lat: 31.23 },
      radiusMeters: 35,
      fromHour: 22,
      toHour: 5,
      normalEveryMinutes: 300,
      coldEveryMinutes: 90,
      note: '说 "明"',
      sourceRef: 'B-1',
    });
  });

  it('is read with Chinese headers and kinds, in any order, with semicolons and a byte-order mark', async () => {
    const [row] = await read(
      '\uFEFF经度;纬度;名称;类别;开始;结束\r\n121.5;31.2;人民公园;公园;22:00;24点\r\n',
    );
    const { radiusMeters, normalEveryMinutes } = keyPointDefaults.park;
    expect(row!.draft).toMatchObject({
      name: '人民公园',
      kind: 'park',
      fromHour: 22,
      toHour: 0,
      radiusMeters,
      normalEveryMinutes,
    });
  });

  it('is read as spreadsheets in China write it', async () => {
    // 名称,经度,纬度 and 桥 in GB 18030
    const bytes = [
      0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xbe, 0xad, 0xb6, 0xc8, 0x2c, 0xce, 0xb3, 0xb6, 0xc8,
    ];
    const line = [0x0a, 0xc7, 0xc5, ...new TextEncoder().encode(',121.5,31.2')];
    const text = Uint8Array.from([...bytes, ...line]);
    expect(decodeText(text)).toBe('名称,经度,纬度\n桥,121.5,31.2');
    expect((await read(text))[0]!.draft).toMatchObject({ name: '桥', kind: 'other' });
  });

  it.each([
    [',bridge,121.5,31.2,,,,,,,', ['name']],
    ['x,castle,121.5,31.2,,,,,,,', ['kind']],
    ['x,,east,31.2,,,,,,,', ['position']],
    ['x,,,,,,,,,,', ['position']],
    ['x,,31.2,121.5,,,,,,,', ['swapped']],
    ['x,,116.4,39.9,,,,,,,', ['outside']],
    ['x,,121.5,31.2,2,,,,,,', ['radius']],
    ['x,,121.5,31.2,,25,,,,,', ['hours']],
    ['x,,121.5,31.2,,,6.5,,,,', ['hours']],
    ['x,,121.5,31.2,,,,5,,,', ['every']],
    ['x,,121.5,31.2,,,,,often,,', ['every']],
    [`x,,121.5,31.2,,,,,,${'n'.repeat(501)},`, ['note']],
    [`x,,121.5,31.2,,,,,,,${'r'.repeat(201)}`, ['ref']],
    [',castle,121.5,31.2,2,,,,,,', ['name', 'kind', 'radius']],
  ])('names the faults of %s', async (line, faults) => {
    expect(await faultsOf(line)).toEqual(faults);
  });

  it('says which rows are the same, and keeps the good ones', async () => {
    const rows = await read(
      'name,lon,lat,ref\na,121.5,31.2,1\nb,121.6,31.2,1\nc,121.5,31.2,\nc,121.5,31.2,\nd,121.5,31.2,',
    );
    expect(rows.map(({ line, faults }) => [line, faults])).toEqual([
      [2, []],
      [3, ['twice']],
      [4, []],
      [5, ['twice']],
      [6, []],
    ]);
    expect(rows[2]!.draft!.sourceRef).toBe('c@121.50000,31.20000');
  });

  it('is converted when its coordinates are those of a Chinese map', async () => {
    const [row] = await read('name,lon,lat\nx,121.4737,31.2304', { system: 'gcj02' });
    const { lon, lat } = row!.draft!.position;
    expect(Math.abs(lon - 121.4737) * 95_000).toBeGreaterThan(200);
    expect(Math.abs(lat - 31.2304) * 111_000).toBeGreaterThan(100);
  });

  it('needs a name and a place in its columns', async () => {
    expect(await fault('name,kind\nx,bridge')).toBe('columns');
    expect(await fault('')).toBe('empty');
    expect(await fault('name,lon,lat\n')).toBe('empty');
    expect(await fault('name,lon,lat\n,,\n')).toBe('empty');
  });
});

describe('a GeoJSON file of key points', () => {
  const feature = (part: object) => ({
    type: 'Feature',
    id: 'w7',
    geometry: { type: 'Point', coordinates: [121.5, 31.2, 4] },
    properties: { name: '东站', kind: 'station', radius: 90 },
    ...part,
  });
  const collection = (...features: unknown[]) =>
    JSON.stringify({ type: 'FeatureCollection', features });

  it('is read by its properties, its id as the reference', async () => {
    const [row] = await read(collection(feature({})));
    expect(row).toMatchObject({ line: 1, faults: [] });
    expect(row!.draft).toMatchObject({
      name: '东站',
      kind: 'station',
      radiusMeters: 90,
      position: { lon: 121.5, lat: 31.2 },
      sourceRef: 'w7',
    });
  });

  it('names what is no point, and what is no feature', async () => {
    const line = {
      type: 'LineString',
      coordinates: [
        [121.5, 31.2],
        [121.6, 31.2],
      ],
    };
    const rows = await read(
      collection(feature({ geometry: line }), null, feature({ properties: null })),
    );
    expect(rows.map(({ faults }) => faults)).toEqual([['notAPoint'], ['notAPoint'], ['name']]);
  });

  it('is refused as a whole when it is something else', async () => {
    expect(await fault('{"type":"Topology"}')).toBe('json');
    expect(await fault('{ broken')).toBe('json');
    expect(await fault(collection())).toBe('empty');
  });
});
