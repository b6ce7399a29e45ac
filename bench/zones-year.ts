// Real hours replayed through the rules: which dangerous nights they cover, and what they declare for nothing.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readTable } from '../server/winter-file.ts';
import { readHourTable, usualColumns } from '../shared/response/hour-table.ts';
import { figuresOf, usualDanger } from '../shared/response/night-figures.ts';
import type { Danger, NightFigures } from '../shared/response/night-figures.ts';
import { rulePresets } from '../shared/response/presets.ts';
import type { Preset } from '../shared/response/presets.ts';
import { replayWinter } from '../shared/response/replay-winter.ts';
import type { ReplayedNight, ReplayForecast } from '../shared/response/replay-winter.ts';
import type { HourSeries } from '../shared/weather/schema.ts';
import type { Report } from './report.ts';

const FILE = fileURLToPath(
  new URL('../../shared/data/weather/beijing/BeijingPM20100101_20151231.csv.gz', import.meta.url),
);
const timeZone = 'Asia/Shanghai';
/** One with twice as many dangerous nights and no gap, and the one with the gaps. */
const years = [2012, 2015];
const peers: [Preset, string][] = [
  ['swep', 'SWEP'],
  ['code_blue', 'Code Blue'],
  ['toronto', 'Toronto'],
];
const forecasts: [ReplayForecast, string][] = [
  [{ hours: 48 }, 'forecast comes true'],
  ['persistence', 'no forecast'],
];
const milder: Danger = { chillCelsius: -5, hours: 3 };

interface Year {
  nights: ReplayedNight[];
  usual: NightFigures;
  milder: NightFigures;
}

function yearOf(series: HourSeries, year: number, preset: Preset, forecast: ReplayForecast): Year {
  // Beijing is eight hours ahead of UTC all year round.
  const [start, end] = [year, year + 1].map((each) => Date.UTC(each, 0, 1) - 8 * 3_600_000) as [
    number,
    number,
  ];
  const nights = replayWinter(series, rulePresets[preset], {
    timeZone,
    forecast,
    fromAt: new Date(start).toISOString(),
    untilAt: new Date(end).toISOString(),
  });
  const count = (danger: Danger) => figuresOf(series, nights, { timeZone, danger }, { start, end });
  return { nights, usual: count(usualDanger), milder: count(milder) };
}

const said = ({ dangerous, covered, declared, falseAlarms }: NightFigures): string =>
  `${covered} of ${dangerous} covered, ${falseAlarms} of ${declared} for nothing`;

export async function benchYear(report: Report): Promise<void> {
  const asked = { peer: 'SWEP', unit: 'nights', better: 'higher', ours: null } as const;
  if (!existsSync(FILE)) {
    report.skip({ case: 'a year of Beijing’s weather', ...asked }, `no ${FILE}`);
    return;
  }
  const [header = [], ...rows] = await readTable(FILE);
  const columns = usualColumns(header);
  if (columns === null) throw new Error(`${FILE} has other columns than it had.`);
  const { series } = readHourTable(header, rows, columns, timeZone);
  for (const year of years) {
    for (const [forecast, word] of forecasts) {
      const ours = yearOf(series, year, 'china', forecast);
      const held = ours.nights.reduce((sum, { hoursHeld }) => sum + hoursHeld, 0);
      report.say(
        `${year}, ${word}: ours ${said(ours.usual)}; wind chill from −5: ${said(ours.milder)}; ${held} h held by gaps`,
      );
      for (const [preset, peer] of peers) {
        const theirs = yearOf(series, year, preset, forecast);
        report.say(
          `${year}, ${word}: ${peer} ${said(theirs.usual)}; wind chill from −5: ${said(theirs.milder)}`,
        );
        const note = `of ${ours.usual.dangerous} dangerous`;
        report.row({
          case: `${year} nights covered, ${word}`,
          peer,
          ours: ours.usual.covered,
          theirs: theirs.usual.covered,
          unit: 'nights',
          better: 'higher',
          note,
        });
        report.row({
          case: `${year} false alarms, ${word}`,
          peer,
          ours: ours.usual.falseAlarms,
          theirs: theirs.usual.falseAlarms,
          unit: 'nights',
          better: 'lower',
          note: `of ${ours.usual.declared} and ${theirs.usual.declared} declared`,
        });
        report.row({
          case: `${year} nights from −5 covered, ${word}`,
          peer,
          ours: ours.milder.covered,
          theirs: theirs.milder.covered,
          unit: 'nights',
          better: 'higher',
          note: `of ${ours.milder.dangerous}; not the definition, only to know`,
        });
      }
    }
  }
}
