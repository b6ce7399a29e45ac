import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { groupFile, readArguments } from './group-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nuanxun-group-'));
});
afterEach(() => rm(folder, { recursive: true }));

const nothing = () => Readable.from([]);
const argumentsFor = (file: string, ...more: string[]) =>
  readArguments([file, '--lon', 'lon', '--lat', 'lat', '--eps', '60', ...more])!;

async function run(text: string | Buffer, more: string[] = [], name = 'in.csv') {
  const file = join(folder, name);
  await writeFile(file, text);
  const out = new PassThrough();
  const chunks: Buffer[] = [];
  out.on('data', (chunk: Buffer) => chunks.push(chunk));
  const summary = await groupFile(argumentsFor(file, ...more), nothing(), out);
  return { summary, text: Buffer.concat(chunks).toString() };
}

const SAMPLE = [
  'name,lon,lat,note',
  'bridge,24.94,60.17,"two, ""maybe"" three"',
  'bench,24.9401,60.1701,',
  'far,24.99,60.17,x',
  'nowhere,,60.17,y',
  'wrong,24.94,91,z',
].join('\n');

describe('grouping a file', () => {
  it('writes every row back with a label, empty where there is no position', async () => {
    const { summary, text } = await run(SAMPLE);
    expect(parse(text)).toEqual([
      ['name', 'lon', 'lat', 'note', 'label'],
      ['bridge', '24.94', '60.17', 'two, "maybe" three', '0'],
      ['bench', '24.9401', '60.1701', '', '0'],
      ['far', '24.99', '60.17', 'x', '1'],
      ['nowhere', '', '60.17', 'y', ''],
      ['wrong', '24.94', '91', 'z', ''],
    ]);
    expect(summary).toEqual({ rows: 5, groups: 2, noise: 0, nowhere: 2, labelColumn: 'label' });
  });

  it('labels noise -1', async () => {
    const { text } = await run(SAMPLE, ['--min-points', '2']);
    expect(parse(text).map((row) => row.at(-1))).toEqual(['label', '0', '0', '-1', '', '']);
  });

  it('never overwrites a column that is there', async () => {
    const { text } = await run('label,lon,lat,cluster_label\n7,24.94,60.17,8\n');
    expect(parse(text)).toEqual([
      ['label', 'lon', 'lat', 'cluster_label', 'cluster_label_2'],
      ['7', '24.94', '60.17', '8', '0'],
    ]);
  });

  it('reads and writes gzip, standard input and a byte-order mark', async () => {
    const out = join(folder, 'out.csv.gz');
    const { summary } = await run(gzipSync(SAMPLE), ['--out', out], 'in.csv.gz');
    expect(summary.rows).toBe(5);
    expect(parse(gunzipSync(await readFile(out)))).toHaveLength(6);
    const sink = new PassThrough().resume();
    const piped = await groupFile(
      argumentsFor('-'),
      Readable.from([Buffer.from(`\uFEFFlon,lat\n1,2\n`)]),
      sink,
    );
    expect(piped.groups).toBe(1);
  });

  it('takes a sphere, the ellipsoid or a plane', async () => {
    // 60.00 m apart on the ellipsoid at the equator going north, 60.34 m on the sphere.
    const pair = 'lon,lat\n0,0\n0,0.0005426\n';
    expect((await run(pair)).summary.groups).toBe(2);
    expect((await run(pair, ['--earth', 'ellipsoid'])).summary.groups).toBe(1);
    expect((await run('lon,lat\n500,0\n500,60\n', ['--earth', 'flat'])).summary.groups).toBe(1);
  });

  it('cuts wide groups when asked to', async () => {
    const chain = ['lon,lat', ...Array.from({ length: 10 }, (_, i) => `0,${i * 0.0005}`)].join(
      '\n',
    );
    expect((await run(chain)).summary.groups).toBe(1);
    expect((await run(chain, ['--max-diameter', '250'])).summary.groups).toBeGreaterThan(1);
  });

  it.each([
    [['x.csv'], /--eps is missing/],
    [[], /Name the file/],
    [['a.csv', 'b.csv', '--lon', 'x', '--lat', 'y', '--eps', '5'], /One file at a time/],
    [['a.csv', '--lon', 'x', '--lat', 'y', '--eps', 'ten'], /--eps must be a number/],
    [['a.csv', '--lon', 'x', '--lat', 'y', '--eps', '5', '--min-points', '1.5'], /whole number/],
    [['a.csv', '--lon', 'x', '--lat', 'y', '--eps', '5', '--max-diameter', 'no'], /max-diameter/],
    [
      ['a.csv', '--lon', 'x', '--lat', 'y', '--eps', '5', '--earth', 'disc'],
      /sphere, ellipsoid or flat/,
    ],
    [['a.csv', '--oops'], /oops/],
  ])('says in words what is wrong with %j', (args, message) => {
    expect(() => readArguments(args)).toThrow(message);
  });

  it('names the columns there are when one is missing, and refuses an empty file', async () => {
    await expect(run('a,b\n1,2\n')).rejects.toThrow('There is no column "lon"; there are: a, b.');
    await expect(run('')).rejects.toThrow(/empty/);
  });

  it('refuses to write onto the file it reads', async () => {
    const file = join(folder, 'same.csv');
    await expect(
      groupFile(argumentsFor(file, '--out', file), nothing(), new PassThrough()),
    ).rejects.toThrow(/being read/);
  });
});
