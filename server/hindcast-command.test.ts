import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { dayOf } from '../shared/presence/calendar.ts';
import { main, readArguments } from './hindcast.ts';
import { readRows, UsageError } from './hindcast-file.ts';

describe('the command', () => {
  const usual = ['f.csv', '--lon', 'x', '--lat', 'y', '--time', 't', '--h3', '9'];
  it('refuses what it does not understand, in a sentence', () => {
    const wrong: [string[], RegExp][] = [
      [[], /Name the file/],
      [['f.csv', 'g.csv'], /One file at a time/],
      [['f.csv', '--lat', 'y', '--time', 't', '--h3', '9'], /--lon is missing/],
      [usual.slice(0, 7), /--cell-meters M or --h3 R/],
      [[...usual, '--cell-meters', '200'], /not both/],
      [[...usual, '--share', '0'], /above 0, at most 1/],
      [[...usual, '--share', 'x'], /not "x"/],
      [[...usual, '--from', '2025-13'], /month as 2025-01/],
      [[...usual.slice(0, 7), '--h3', '9.5'], /whole/],
      [[...usual, '--unknown'], /unknown/],
    ];
    for (const [args, words] of wrong) {
      expect(() => readArguments(args)).toThrow(UsageError);
      expect(() => readArguments(args)).toThrow(words);
    }
    expect(readArguments(['--help'])).toBeNull();
    expect(readArguments([...usual, '--from', '2025-03'])).toMatchObject({
      share: 0.05,
      from: 2025 * 12 + 2,
      cells: { resolution: 9 },
      json: false,
    });
  });

  const read = (text: string, more: string[] = []) =>
    readRows('f.csv', Readable.from([Buffer.from(text)]), readArguments([...usual, ...more])!);

  it('counts the rows it can not use', async () => {
    const {
      rows,
      read: all,
      skipped,
    } = await read(
      'x,y,t,n\n1,2,2025-01-01,1\n,2,2025-01-01,1\n181,2,2025-01-01,1\n0,0,2025-01-01,1\n1,2,,1\n1,2,2025-02-30,1\n1,2,2025-01-01T05:00:00+08:00,x\n1,2,2025-01-01,-1\n',
      ['--weight', 'n'],
    );
    expect([all, rows.lon.length]).toEqual([8, 1]);
    expect(skipped).toEqual({ withoutPosition: 3, withoutTime: 2, withoutWeight: 2 });
  });

  it('reads dates as they are written around the world', async () => {
    const days = async (...times: string[]) => [
      ...(await read(`x,y,t\n${times.map((time) => `1,2,"${time}"`).join('\n')}\n`)).rows.day,
    ];
    const day = dayOf(2025, 3, 4);
    expect(
      await days('2025-03-04 23:59:59', '2025/3/4', '20250304', '2025-03-04T00:00:00.000Z'),
    ).toEqual([day, day, day, day]);
    expect(await days('03/04/2025 11:15:00 PM', '12/31/2025')).toEqual([day, dayOf(2025, 12, 31)]);
    expect(await days('04.03.2025', '31.12.2025')).toEqual([day, dayOf(2025, 12, 31)]);
    expect(await days('1741046400', '1741046400000', '1741046400.5')).toEqual([day, day, day]);
    expect(await days('1741046400000.0', '1.7410464e+12')).toEqual([day, day]);
    expect(await days('3/4/25', '12/31/25')).toEqual([day, dayOf(2025, 12, 31)]);
    expect(await days('4/3/25', '31/12/25')).toEqual([day, dayOf(2025, 12, 31)]);
    expect(await days('Mar 4, 2025', '4-Mar-2025', 'Tue, 04 March 2025 10:00:00 GMT')).toEqual([
      day,
      day,
      day,
    ]);
    const first = dayOf(2025, 3, 1);
    expect(await days('2025年3月4日', '2025-03', '2025/3')).toEqual([day, first, first]);
    expect(await days('Foo 4, 2025', '25-03-04')).toEqual([]);
    expect(await days('soon', '2025-13-01', '0001-01-01')).toEqual([]);
  });

  it('says which columns there are', async () => {
    await expect(read('lon,lat,time\n')).rejects.toThrow(
      'There is no column "x"; there are: lon, lat, time.',
    );
    await expect(read('')).rejects.toThrow('is empty');
  });

  it('finds columns with blanks around their names, and packed files by their first bytes', async () => {
    const text = '\ufeff"x" , y,t\r\n1,2,2025-01-01\r\n';
    for (const bytes of [Buffer.from(text), gzipSync(text)]) {
      const { rows } = await readRows('f.csv', Readable.from([bytes]), readArguments(usual)!);
      expect([...rows.lon]).toEqual([1]);
    }
  });

  it('ends with 2 and a sentence when the file is none or no row of it can be used', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hindcast-'));
    const file = join(folder, 'f.csv');
    const said: string[] = [];
    const streams = {
      stdout: { write: () => true },
      stderr: { write: (t: string) => said.push(t) },
    };
    for (const [text, words] of [
      ['x,y,t\n1,"2,3\n', /^Not a CSV file/],
      ['x,y,t\n1,2"3,3\n', /^Not a CSV file/],
      ['x,y,t\n1,2,soon\n', /^Not one of the rows can be used/],
    ] as const) {
      await writeFile(file, text);
      expect(await main([file, ...usual.slice(1)], streams)).toBe(2);
      expect(said.at(-1)).toMatch(words);
    }
    await rm(folder, { recursive: true });
  });
});
