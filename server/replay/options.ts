import path from 'node:path';
import { parseArgs } from 'node:util';
import { citySlugSchema } from '../../shared/wire.ts';
import { parseMap, parseRule, ReplayError } from './columns.ts';
import type { Columns, Rule } from './columns.ts';

export const usage = `Send records of a file through the intake of Nuanxun, as if they were seen now.

  npm run replay -- FILE [options]        FILE: CSV or GeoJSON, also gzipped

  --map ROLE=COLUMN,…    which column is what: id, time, lon, lat, text, kind, headcount;
                         what isn't named is told from common names
  --where COLUMN=VALUE   only such rows are sightings, others are ignored; may be repeated:
                         values of one column are alternatives, columns must all fit
  --speed N|max          how much faster than the records' own time (default 600);
                         max: as fast as the server acknowledges
  --max-gap SECONDS      an empty stretch lasts at most this long in real time (default 5)
  --limit N              only the first N sightings by time
  --city SLUG            the city (default: from the file's name); made from the
                         records' bounds when there is none, open to anyone as a demo
  --city-name NAME       its name    --time-zone ZONE   its clock, such as America/Los_Angeles
  --server URL           the running server (default http://127.0.0.1:PORT); without
                         one a server is started on DATA_DIR or DATABASE_URL for the replay
  --user NAME --password-file FILE   an account of the city; a demo city needs none
  --accuracy METERS      how exact the records' places are (default 30)
  --parallel N           reports under way at once (default 64)
  --rejects FILE         refused rows with the reason (default: FILE's name + .rejects.csv)
  --dry-run              read and judge the file, send nothing
  --stay                 keep the server that was started here running until Ctrl-C
`;

export interface ReplayOptions {
  file: string;
  columns: Columns;
  rule: Rule;
  /** Infinity = as fast as acknowledged */
  speed: number;
  maxGapSeconds: number;
  limit: number;
  citySlug: string;
  cityName: string | undefined;
  timeZone: string | undefined;
  /** null = the usual address, or a server of our own */
  server: string | null;
  account: { user: string; passwordFile: string } | null;
  accuracyMeters: number;
  parallel: number;
  rejectsFile: string;
  dryRun: boolean;
  stay: boolean;
}

/** null when help was asked for. @throws ReplayError that says what is wrong */
export function readOptions(args: readonly string[]): ReplayOptions | null {
  const { values, positionals } = parse(args);
  if (values.help || positionals.length === 0) return null;
  if (positionals.length > 1)
    throw new ReplayError(`One file at a time: ${positionals.join(', ')}`);
  const file = positionals[0]!;
  const name = path.basename(file).replace(/(\.(csv|tsv|txt|geojson|json|gz))+$/i, '');
  const citySlug = values.city ?? slugOf(name);
  if (!citySlugSchema.safeParse(citySlug).success)
    throw new ReplayError(
      `"${citySlug}" can't be a city's short name: lower-case letters, digits and hyphens, 2 to 40. Give one with --city.`,
    );
  if ((values.user === undefined) !== (values['password-file'] === undefined))
    throw new ReplayError('--user and --password-file belong together.');
  return {
    file,
    columns: values.map === undefined ? {} : parseMap(values.map),
    rule: parseRule(values.where ?? []),
    speed:
      values.speed === 'max' ? Infinity : numberOf('--speed', values.speed ?? '600', 0.001, 1e9),
    maxGapSeconds: numberOf('--max-gap', values['max-gap'] ?? '5', 0, 1e6),
    limit:
      values.limit === undefined ? Infinity : Math.floor(numberOf('--limit', values.limit, 1, 1e9)),
    citySlug,
    cityName: values['city-name'],
    timeZone: values['time-zone'],
    server: values.server?.replace(/\/+$/, '') ?? null,
    account:
      values.user === undefined
        ? null
        : { user: values.user, passwordFile: values['password-file']! },
    accuracyMeters: numberOf('--accuracy', values.accuracy ?? '30', 0, 5_000),
    parallel: Math.floor(numberOf('--parallel', values.parallel ?? '64', 1, 1_000)),
    rejectsFile: values.rejects ?? `${name}.rejects.csv`,
    dryRun: values['dry-run'] ?? false,
    stay: values.stay ?? false,
  };
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        map: text,
        where: { type: 'string', multiple: true },
        speed: text,
        'max-gap': text,
        limit: text,
        city: text,
        'city-name': text,
        'time-zone': text,
        server: text,
        user: text,
        'password-file': text,
        accuracy: text,
        parallel: text,
        rejects: text,
        'dry-run': flag,
        stay: flag,
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new ReplayError((error as Error).message);
  }
}

function numberOf(option: string, given: string, min: number, max: number): number {
  const value = Number(given);
  if (given.trim() === '' || !(value >= min && value <= max))
    throw new ReplayError(`${option} takes a number from ${min} to ${max}, not "${given}"`);
  return value;
}

const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
    .replaceAll(/-+$/g, '');
