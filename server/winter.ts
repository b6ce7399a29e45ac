// `npm run winter`: replays hourly weather from a CSV file through the rules of a cold night, and lists the nights that
// would have been declared.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CsvError } from 'csv-parse/sync';
import {
  HourTableError,
  momentShowing,
  readHourTable,
  windUnits,
} from '../shared/response/hour-table.ts';
import type { HourColumns, HourTable, WindUnit } from '../shared/response/hour-table.ts';
import { figuresOf, usualDanger } from '../shared/response/night-figures.ts';
import type { NightFigures } from '../shared/response/night-figures.ts';
import { presets, rulePresets } from '../shared/response/presets.ts';
import type { Preset } from '../shared/response/presets.ts';
import { replayWinter } from '../shared/response/replay-winter.ts';
import type { ReplayedNight, ReplayForecast } from '../shared/response/replay-winter.ts';
import type { ResponseRules } from '../shared/response/rule-schema.ts';
import { columnsOf, readTable, UsageError } from './winter-file.ts';

const USAGE = `Walks through hourly weather as if it were happening, and lists the nights the rules would have declared.

npm run winter -- FILE.csv --time COLUMN --temp COLUMN --wind COLUMN [options]

  FILE.csv             with a header line, a row for each hour; .csv.gz is read too; - reads standard input
  --time COLUMN        when the hour begins; without it the file has columns year, month, day and hour
  --temp COLUMN        air temperature in °C
  --wind COLUMN        mean wind
  --wind-unit UNIT     ms (default), kmh, mph or kn
  --wind-sums-by COL   the wind is a running sum for as long as this column stays the same
  --precip COLUMN      water fallen in the hour, mm; without it everybody is taken to be dry, and no rule about wet counts
  --zone ZONE          time zone of times without one, and of the nights (default Asia/Shanghai)
  --preset NAME        china (default), swep, code_blue or toronto
  --year YYYY          only this year
  --forecast HOURS     so many hours ahead are known, and come true (default 48); none: the coming hours are taken to be
                       those of the last day again
  --json               one line: {"preset","forecast","from","until","table","figures","nights"}
  --help

A file with the columns year, month, day, hour, TEMP, cbwd, Iws and precipitation (the air of five Chinese cities, UCI)
needs no column named. Empty, unreadable and impossible values count as not told, never as mild. What the rules are, and
what covered and false alarm mean: docs/response.md. Ends with 2 when the arguments or the file are wrong.`;

interface Arguments {
  file: string;
  columns: Partial<HourColumns>;
  zone: string;
  preset: Preset;
  year: number | null;
  forecast: ReplayForecast;
  json: boolean;
}

const text = { type: 'string' } as const;
const yes = { type: 'boolean', default: false } as const;
const options = {
  time: text,
  temp: text,
  wind: text,
  'wind-unit': { ...text, default: 'ms' },
  'wind-sums-by': text,
  precip: text,
  zone: { ...text, default: 'Asia/Shanghai' },
  preset: { ...text, default: 'china' },
  year: text,
  forecast: { ...text, default: '48' },
  json: yes,
  help: yes,
} as const;

/** Null when help was asked for. */
function readArguments(args: readonly string[]): Arguments | null {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const { values, positionals } = parsed;
  if (values.help) return null;
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('Name the file to replay.');
  if (more.length > 0) throw new UsageError(`One file at a time; what is "${more.join(' ')}"?`);
  const preset = presets.find((name) => name === values.preset);
  if (preset === undefined)
    throw new UsageError(`--preset is ${presets.join(', ')}, not "${values.preset}".`);
  const windUnit = values['wind-unit'];
  if (!Object.hasOwn(windUnits, windUnit))
    throw new UsageError(`--wind-unit is ${Object.keys(windUnits).join(', ')}, not "${windUnit}".`);
  return {
    file,
    columns: {
      windUnit: windUnit as WindUnit,
      ...(values.time !== undefined && { time: values.time }),
      ...(values.temp !== undefined && { temperature: values.temp }),
      ...(values.wind !== undefined && { wind: values.wind }),
      ...(values.precip !== undefined && { precipitation: values.precip }),
      ...(values['wind-sums-by'] !== undefined && { windSumsBy: values['wind-sums-by'] }),
    },
    zone: zoneFrom(values.zone),
    preset,
    year: values.year === undefined ? null : wholeFrom('year', values.year, 1800, 2200),
    forecast:
      values.forecast === 'none'
        ? 'persistence'
        : { hours: wholeFrom('forecast', values.forecast, 1, 240) },
    json: values.json,
  };
}

function zoneFrom(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch (error) {
    throw new UsageError(`--zone "${zone}" is no time zone; write it like Asia/Shanghai.`, {
      cause: error,
    });
  }
}

function wholeFrom(name: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < least || number > most)
    throw new UsageError(`--${name} is a whole number from ${least} to ${most}, not "${value}".`);
  return number;
}

const hourMs = 3_600_000;
const isoOf = (ms: number): string => new Date(ms).toISOString();

/** The whole series, or a calendar year of it. Throws UsageError when there is nothing of it. */
function periodOf(
  { series }: HourTable,
  { year, zone }: Arguments,
): { start: number; end: number } {
  const start = Date.parse(series.fromAt);
  const end = start + series.temperatureCelsius.length * hourMs;
  if (year === null) return { start, end };
  const within = {
    start: Math.max(start, momentShowing(Date.UTC(year, 0, 1), zone)),
    end: Math.min(end, momentShowing(Date.UTC(year + 1, 0, 1), zone)),
  };
  if (within.start >= within.end)
    throw new UsageError(`Nothing of ${year}: the file is from ${isoOf(start)} to ${isoOf(end)}.`);
  return within;
}

interface Answer {
  preset: Preset;
  forecast: number | 'none';
  from: string;
  until: string;
  table: Omit<HourTable, 'series'> & { hours: number; hoursMissing: number };
  figures: NightFigures;
  nights: ReplayedNight[];
}

function replay(table: HourTable, columns: HourColumns, asked: Arguments): Answer {
  const { preset, forecast, zone: timeZone } = asked;
  const { series, ...counts } = table;
  const period = periodOf(table, asked);
  const rules: ResponseRules =
    columns.precipitation === null
      ? {
          ...rulePresets[preset],
          rules: rulePresets[preset].rules.filter(({ condition }) => condition.kind !== 'wet'),
        }
      : rulePresets[preset];
  const [fromAt, untilAt] = [isoOf(period.start), isoOf(period.end)];
  const nights = replayWinter(series, rules, { timeZone, forecast, fromAt, untilAt });
  const first = (period.start - Date.parse(series.fromAt)) / hourMs;
  const hours = Math.round((period.end - period.start) / hourMs);
  const untold = [series.temperatureCelsius, series.windKmh, series.precipitationMm];
  let hoursMissing = 0;
  for (let i = first; i < first + hours; i++)
    if (untold.some((column) => column[i] === null)) hoursMissing++;
  return {
    preset,
    forecast: forecast === 'persistence' ? 'none' : forecast.hours,
    from: fromAt,
    until: untilAt,
    table: { ...counts, hours, hoursMissing },
    figures: figuresOf(series, nights, { timeZone, danger: usualDanger }, period),
    nights,
  };
}

function inLines({ table, figures, nights, ...asked }: Answer, timeZone: string): string {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const local = (at: string | null) => (at === null ? 'the end    ' : clock.format(Date.parse(at)));
  const lines = nights.map((night) => {
    const path = night.steps.map(({ level }) => level ?? 'ended').join(' → ');
    const missing = night.hoursMissing === 0 ? '' : `, ${night.hoursMissing} not told`;
    const held = night.hoursHeld === 0 ? '' : `, ${night.hoursHeld} held by that alone`;
    const why = night.steps.map(
      (step) => `      ${local(step.at)} ${step.kind}: ${JSON.stringify(step.reasons)}`,
    );
    return [
      `${local(night.declaredAt)} – ${local(night.endedAt)}  ${path}  (${night.hours} h${missing}${held})`,
      ...why,
    ].join('\n');
  });
  return `${lines.join('\n')}
${asked.preset}, forecast ${asked.forecast}: ${nights.length} declarations; ${table.hours} hours, ${table.hoursMissing} not told in full
${figures.nights} nights, ${figures.dangerous} dangerous, ${figures.covered} of these covered; declared ${figures.declared}, ${figures.falseAlarms} of these without a dangerous hour; ${figures.undecided} can’t be decided
`;
}

/** In words, what went wrong; undefined when it is not about the arguments or the file. */
function inWords(error: unknown): string | undefined {
  if (error instanceof UsageError) return `${error.message}\nSee --help.`;
  if (error instanceof HourTableError) return error.message;
  if (error instanceof CsvError) return `That is no CSV file: ${error.message}`;
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `There is no file ${path}.`;
  if (code === 'EISDIR') return 'That is a folder, not a file.';
  if (code === 'EACCES' || code === 'EPERM') return `No permission for ${path}.`;
  if (code?.startsWith('Z_')) return 'The compressed file is damaged.';
  return undefined;
}

interface Streams {
  stdout: { write(text: string): void };
  stderr: { write(text: string): void };
}

/** The exit code. */
export async function main(args: readonly string[], { stdout, stderr }: Streams): Promise<number> {
  try {
    const asked = readArguments(args);
    if (asked === null) {
      stdout.write(`${USAGE}\n`);
      return 0;
    }
    const [header, ...rows] = await readTable(asked.file);
    if (header === undefined) throw new UsageError('The file is empty.');
    const columns = columnsOf(header, asked.columns);
    const table = readHourTable(header, rows, columns, asked.zone);
    if (table.series.temperatureCelsius.every((value) => value === null))
      throw new UsageError(`Column "${columns.temperature}" has not one temperature in °C.`);
    for (const [count, what] of [
      [table.untimed, 'rows without a time that can be read were left out'],
      [table.repeated, 'rows of an hour told before were left out'],
      [table.impossible, 'impossible values count as not told'],
    ] as const)
      if (count > 0) stderr.write(`${count} ${what}.\n`);
    if (columns.precipitation === null)
      stderr.write('Nothing is told of rain and snow: everybody is taken to be dry.\n');
    const answer = replay(table, columns, asked);
    stdout.write(asked.json ? `${JSON.stringify(answer)}\n` : inLines(answer, asked.zone));
    return 0;
  } catch (error) {
    const words = inWords(error);
    if (words === undefined) throw error;
    stderr.write(`${words}\n`);
    return 2;
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  process.exitCode = await main(process.argv.slice(2), process);
