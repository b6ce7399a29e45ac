import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { sightingDraftSchema } from '../../shared/sightings/schema.ts';
import { boundsOfRecords } from './bounds-of-records.ts';
import { chooseColumns, parseMap, parseRule, ReplayError } from './columns.ts';
import { gatherCandidates } from './gather.ts';
import { parseInstant } from './instants.ts';
import { readOptions } from './options.ts';
import { clock, describeProgress } from './progress-line.ts';
import { idOfRecord } from './read-row.ts';
import { openSource } from './records.ts';
import { Rejects } from './rejects.ts';
import { draftOf, runReplay } from './replay.ts';
import { dueSeconds } from './schedule.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'nuanxun-replay-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: string | Buffer): string => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};
const gather = async (file: string, where: string[] = [], map = {}) => {
  const source = await openSource(file);
  const rejectsFile = path.join(folder, 'rejects.csv');
  const rejects = new Rejects(rejectsFile, source.header);
  const gathered = await gatherCandidates(source, map, parseRule(where), rejects);
  await rejects.close();
  return { ...gathered, rejects, written: readFileSync(rejectsFile, 'utf8').trim().split('\n') };
};

const csv = `srnumber,createddate,requesttype,latitude,longitude
a,2017-12-27 13:36:22,Homeless Encampment,34.1,-118.2
b,2017-12-27 13:36:20,homeless encampment,34.2,-118.3
c,2017-12-27 13:36:20,Bulky Items,34.2,-118.3
d,2017-12-27 13:36:20,Homeless Encampment,,
e,2017-12-27 13:36:20,Homeless Encampment,134.2,-118.3
f,2017-12-27 13:36:20,Homeless Encampment,0,0
g,2017-02-30 13:36:20,Homeless Encampment,34.2,-118.3
h,,Homeless Encampment,34.2,-118.3
a,2017-12-27 13:36:22,Homeless Encampment,34.1,-118.2
i,2017-12-27 13:36:20,Homeless Encampment,34.2
`;

describe('a file of records', () => {
  it('is read as sightings, ignored rows and refused ones, each with its reason', async () => {
    const { candidates, read, ignored, duplicates, rejects, written } = await gather(
      write('la.csv', csv),
      ['requesttype=Homeless Encampment'],
    );
    expect({ read, ignored, duplicates }).toEqual({ read: 10, ignored: 1, duplicates: 1 });
    expect(candidates.map(({ row }) => row['srnumber'])).toEqual(['b', 'a']);
    expect(Object.fromEntries(rejects.counts)).toEqual({
      no_coordinates: 1,
      impossible_coordinates: 2,
      impossible_time: 1,
      no_time: 1,
      unreadable: 1,
    });
    expect(written[0]).toBe('row,reason,srnumber,createddate,requesttype,latitude,longitude');
    expect(written).toContain('4,no_coordinates,d,2017-12-27 13:36:20,Homeless Encampment,,');
    expect(written).toHaveLength(1 + rejects.total);
  });

  it('may be gzipped, separated by semicolons, with a byte-order mark', async () => {
    const { candidates } = await gather(
      write(
        'x.csv.gz',
        gzipSync('\uFEFFid;time;lon;lat;note\n1;1514381782;116.4;39.9;"桥下; 有人"\n'),
      ),
    );
    expect(candidates).toHaveLength(1);
    expect(candidates[0]).toMatchObject({
      note: '桥下; 有人',
      atMs: 1514381782000,
      position: { lon: 116.4, lat: 39.9 },
    });
  });

  it('may be GeoJSON; what is no point has no coordinates', async () => {
    const features = [
      {
        type: 'Feature',
        id: 7,
        geometry: { type: 'Point', coordinates: [24.9, 60.2] },
        properties: { date: '2024-01-02', people: 3 },
      },
      {
        type: 'Feature',
        geometry: {
          type: 'LineString',
          coordinates: [
            [24.9, 60.2],
            [25, 60.2],
          ],
        },
        properties: { date: '2024-01-02' },
      },
      { type: 'Feature', geometry: null, properties: null },
    ];
    const { candidates, rejects } = await gather(
      write('x.geojson', JSON.stringify({ type: 'FeatureCollection', features })),
    );
    expect(candidates).toHaveLength(1);
    expect(candidates[0]).toMatchObject({ headcount: 3, position: { lon: 24.9, lat: 60.2 } });
    expect(rejects.counts.get('no_coordinates')).toBe(2);
  });

  it('that is cut short in the middle says so after what could be read', async () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, i) => `${i},2020-01-01,${(i % 360) - 180},${Math.sin(i)}`,
    );
    const whole = gzipSync(['id,time,lon,lat', ...lines].join('\n'));
    const file = write('cut-later.csv.gz', whole.subarray(0, whole.length - 2_000));
    await expect(gather(file)).rejects.toThrow(/cut-later.*can't be read/);
  });

  it('that is not there, empty or no GeoJSON is refused in words', async () => {
    await expect(openSource(path.join(folder, 'nothing.csv'))).rejects.toThrow(ReplayError);
    await expect(openSource(write('empty.csv', ''))).rejects.toThrow(/is empty/);
    await expect(openSource(write('broken.json', '{"features": 3}'))).rejects.toThrow(
      /FeatureCollection/,
    );
    await expect(openSource(write('cut.csv.gz', gzipSync(csv).subarray(0, 60)))).rejects.toThrow(
      /can't be read/,
    );
  });
});

describe('columns', () => {
  it('are told from common names, and named ones win', () => {
    const header = ['SweepID', 'SweepDate', 'SweepLongitude', 'SweepLatitude', 'X', 'Notes'];
    expect(chooseColumns(header, {})).toMatchObject({
      id: 'SweepID',
      time: 'SweepDate',
      lat: 'SweepLatitude',
      text: 'Notes',
    });
    expect(chooseColumns(header, parseMap('lon=X,text=SweepID'))).toMatchObject({
      lon: 'X',
      text: 'SweepID',
    });
  });

  it('that are missing or misspelt are named in the error', () => {
    expect(() => chooseColumns(['a', 'b'], {})).toThrow(/lon, lat, time.*--map lon=COLUMN/);
    expect(() => chooseColumns(['lon', 'lat', 'time'], { text: 'words' })).toThrow(
      /no column "words"/,
    );
    expect(() => parseMap('longitude=x')).toThrow(/--map takes pairs/);
    expect(() => parseRule(['requesttype'])).toThrow(/--where takes/);
  });
});

describe('times', () => {
  it.each([
    ['2017-12-27 13:36:22', '2017-12-27T13:36:22.000Z'],
    ['2024-09-06 19:00:00+00:00', '2024-09-06T19:00:00.000Z'],
    ['2024-09-06T19:00:00.125+0800', '2024-09-06T11:00:00.125Z'],
    ['12/31/2019 11:59 PM', '2019-12-31T23:59:00.000Z'],
    ['2008-04-18', '2008-04-18T00:00:00.000Z'],
    ['1514381782', '2017-12-27T13:36:22.000Z'],
  ])('%s is read', (text, expected) => {
    expect(new Date(parseInstant(text)!).toISOString()).toBe(expected);
  });

  it.each([
    '2017-02-30',
    '13/13/2019',
    'yesterday',
    '2017-01-01 25:00:00',
    '2017-01-01 10:61:00',
    '0017-01-01',
  ])('%s is none', (text) => expect(parseInstant(text)).toBeNull());

  it('survive being written and read again', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1971-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          expect(parseInstant(date.toISOString())).toBe(date.getTime());
        },
      ),
    );
  });
});

describe('ids and order', () => {
  it('are the same on every run, and valid for the intake', () => {
    const id = idOfRecord(1514381782000, '1-866505430');
    expect(id).toBe(idOfRecord(1514381782000, '1-866505430'));
    expect(id).not.toBe(idOfRecord(1514381782000, '1-866505431'));
    const candidate = {
      id,
      position: { lon: 1, lat: 2 },
      atMs: 0,
      headcount: 1,
      note: '',
      number: 1,
      row: {},
    };
    expect(sightingDraftSchema.parse(draftOf(candidate, 30))).toMatchObject({ id });
  });

  it('of sending keep the records’ own pace, jumping over empty stretches', () => {
    const day = 86_400_000;
    expect([
      ...dueSeconds([0, 60_000, 60_000, 400 * day], { speed: 60, maxGapSeconds: 5 }),
    ]).toEqual([0, 1, 1, 6]);
    expect([...dueSeconds([0, day], { speed: Infinity, maxGapSeconds: 5 })]).toEqual([0, 0]);
    fc.assert(
      fc.property(
        fc.array(fc.nat(1e9)),
        fc.double({ min: 0.1, max: 1e6, noNaN: true }),
        (times, speed) => {
          const due = dueSeconds(
            times.sort((a, b) => a - b),
            { speed, maxGapSeconds: 5 },
          );
          due.forEach((at, i) =>
            expect(at - (i === 0 ? 0 : due[i - 1]!)).toBeGreaterThanOrEqual(0),
          );
        },
      ),
    );
  });

  it('send nothing before its time, and stop when told', async () => {
    const candidate = {
      position: { lon: 1, lat: 2 },
      atMs: 0,
      headcount: 1,
      note: '',
      number: 1,
      row: {},
    };
    const candidates = [0, 1, 2, 3].map((i) => ({ ...candidate, id: idOfRecord(i, String(i)) }));
    const stopping = new AbortController();
    const began = performance.now();
    const sentAt: number[] = [];
    setTimeout(() => stopping.abort(), 250);
    await runReplay({
      candidates,
      due: Float64Array.from([0, 0.1, 0.2, 60]),
      parallel: 2,
      accuracyMeters: 30,
      signal: stopping.signal,
      send: async () => ({ verdict: 'acknowledged', isNew: true }),
      onSent: () => void sentAt.push(performance.now() - began),
    });
    expect(sentAt).toHaveLength(3);
    expect(sentAt[1]).toBeGreaterThan(90);
    expect(sentAt[2]).toBeGreaterThan(190);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('a city made of records', () => {
  it('holds nearly all of them, and is not stretched by one mistyped coordinate', () => {
    const positions = Array.from({ length: 300 }, (_, i) => ({
      lon: -118.5 + (i % 20) / 50,
      lat: 33.9 + (i % 15) / 50,
    }));
    const [west, south, east, north] = boundsOfRecords([...positions, { lon: 118.4, lat: 34 }]);
    for (const { lon, lat } of positions)
      expect(lon >= west && lon <= east && lat >= south && lat <= north).toBe(true);
    expect(east).toBeLessThan(-117.9);
    expect(boundsOfRecords([{ lon: 10, lat: 50 }])).toEqual([9.98, 49.98, 10.02, 50.02]);
  });
});

describe('the command line', () => {
  it('has defaults, and says what is wrong', () => {
    expect(readOptions([])).toBeNull();
    expect(readOptions(['MyLA311 40k.csv.gz'])).toMatchObject({
      citySlug: 'myla311-40k',
      speed: 600,
      maxGapSeconds: 5,
      parallel: 64,
    });
    expect(
      readOptions(['a-b.csv', '--speed', 'max', '--where', 'a=1', '--where', 'a=2']),
    ).toMatchObject({ speed: Infinity });
    expect(() => readOptions(['x1.csv', '--speed', 'fast'])).toThrow(/--speed takes a number/);
    expect(() => readOptions(['x1.csv', '--sped', '3'])).toThrow(ReplayError);
    expect(() => readOptions(['x1.csv', '--user', 'me'])).toThrow(/belong together/);
    expect(() => readOptions(['a.csv', 'b.csv'])).toThrow(/One file/);
  });

  it('shows how far it is', () => {
    expect(describeProgress(500, 2000, 10, null)).toBe('500 of 2,000 · 25 % · 50/s · 00:30 left');
    expect(clock(3_725)).toBe('01:02:05');
  });
});
