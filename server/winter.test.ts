import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReplayedNight } from '../shared/response/replay-winter.ts';
import { main } from './winter.ts';

const BEIJING = fileURLToPath(
  new URL('../../shared/data/weather/beijing/BeijingPM20100101_20151231.csv.gz', import.meta.url),
);
interface Printed {
  table: { hours: number; hoursMissing: number; impossible: number };
  figures: { dangerous: number; covered: number };
  nights: ReplayedNight[];
}
interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}
async function winter(...args: string[]): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  const into = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => void (said[name] += text),
  });
  const code = await main(args, { stdout: into('stdout'), stderr: into('stderr') });
  return { code, ...said };
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winter-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('npm run winter', () => {
  const missing = !existsSync(BEIJING);
  const title = `replays a year of Beijing${missing ? ` (skipped: no ${BEIJING})` : ''}`;
  it.skipIf(missing)(
    `${title}: each night has its reasons, and none ends with an hour missing ahead of it`,
    { timeout: 120_000 },
    async () => {
      const { code, stdout } = await winter(BEIJING, '--year', '2015', '--json');
      expect(code).toBe(0);
      const { table, figures, nights } = JSON.parse(stdout) as Printed;
      expect(table).toMatchObject({ hours: 8760, hoursMissing: 470, impossible: 1 });
      expect(nights.length).toBeGreaterThan(5);
      expect(figures.covered).toBe(figures.dangerous);
      for (const { steps } of nights) {
        for (const { kind, reasons } of steps) {
          expect(reasons.length).toBeGreaterThan(0);
          // Ended or lowered: all of the calm hours were told, and said so.
          if (kind === 'end') expect(reasons).toEqual([{ code: 'milder', hoursKnown: 24 }]);
        }
      }
      // The longest gap: what falls isn't told for 94 hours just before Christmas, with the air near zero.
      const gap = nights.find(({ hoursMissing }) => hoursMissing > 90)!;
      expect(gap.hoursHeld).toBeGreaterThan(0);
      expect(Date.parse(gap.endedAt!)).toBeGreaterThan(Date.parse('2015-12-21T12:00:00Z'));
    },
  );

  it('takes any columns, and prints the nights in words', async () => {
    const file = join(folder, 'hours.csv');
    const rows = Array.from({ length: 24 * 12 }, (_, hour) => {
      const day = String(1 + Math.floor(hour / 24)).padStart(2, '0');
      const at = `2024-01-${day}T${String(hour % 24).padStart(2, '0')}:00`;
      return `${at},${hour >= 120 && hour < 144 ? -25 : 7},2.5`;
    });
    await writeFile(file, `when,air,wind\n${rows.join('\n')}\n`);
    const named = ['--time', 'when', '--temp', 'air', '--wind', 'wind', '--zone', 'Asia/Harbin'];
    const { code, stdout, stderr } = await winter(file, ...named);
    expect(code).toBe(0);
    expect(stderr).toContain('everybody is taken to be dry');
    expect(stdout).toMatch(/^2024-01-05 .* orange → .*ended/);
    expect(stdout).toContain('china, forecast 48: 1 declarations');
  });

  it('ends with 2 and a clear sentence when something is wrong', async () => {
    const file = join(folder, 'wrong.csv');
    await writeFile(file, 'a,b\n1,2\n');
    const cases: [string[], string][] = [
      [[], 'Name the file to replay.'],
      [[join(folder, 'none.csv')], 'There is no file'],
      [[folder], 'That is a folder, not a file.'],
      [[file], '--temp is missing.'],
      [[file, '--temp', 'a', '--wind', 'b'], '--time is missing'],
      [[file, '--time', 'a', '--temp', 'b', '--wind', 'c'], 'There is no column "c"'],
      [[file, '--time', 'a', '--temp', 'a', '--wind', 'b'], 'No row has a time'],
      [[file, '--preset', 'siberia'], '--preset is china, swep, code_blue, toronto'],
      [[file, '--zone', 'Mars'], '"Mars" is no time zone'],
      [[file, '--forecast', '0'], '--forecast is a whole number from 1 to 240'],
    ];
    const german = join(folder, 'german.csv');
    await writeFile(german, 'when,air,wind\n2024-01-05 00:00,"-3,5","2,0"\n');
    const named = ['--time', 'when', '--temp', 'air', '--wind', 'wind'];
    cases.push([[german, ...named], 'Column "air" has not one temperature in °C.']);
    for (const [args, words] of cases) {
      const { code, stdout, stderr } = await winter(...args);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(words);
    }
  });
});
