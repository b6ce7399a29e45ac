/** `npm run city`: makes a city from an OpenStreetMap extract, or from a ready-made map. */
import { parseArgs } from 'node:util';
import { boundsSchema } from '../../shared/basemap/schema.ts';
import type { Bounds } from '../../shared/basemap/schema.ts';
import { CityImportError } from './errors.ts';
import { importExtract } from './import-extract.ts';
import type { TileWay } from './import-extract.ts';
import { terminalProgress } from './progress.ts';
import { importReadyMade } from './ready-made.ts';
import type { ReadyMadeSource } from './ready-made.ts';

const USAGE = `Make a city for Nuanxun. Nothing is sent anywhere.

  npm run city -- EXTRACT.osm.pbf [options]     from an OpenStreetMap extract
  npm run city -- --pmtiles FILE  --name NAME   from ready-made vector tiles (same layers)
  npm run city -- --style URL     --name NAME --bbox w,s,e,n   from a style address
  npm run city -- --tianditu KEY  --name NAME --bbox w,s,e,n   from Tianditu 天地图

  --name NAME        the city's name; default: the file's name
  --name-en NAME     its English name; default: the name
  --slug SLUG        its short name in addresses; default: from the English name
  --bbox w,s,e,n     only this box, in degrees; default: the extract's
  --timezone ZONE    such as Asia/Shanghai; default: guessed from the position
  --way WAY          tilemaker or npm; default: tilemaker for large extracts if installed
  --attribution TEXT whom to name on the map; default: © OpenStreetMap contributors
  --data-dir DIR     default: DATA_DIR, else .data
`;

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        'name-en': { type: 'string' },
        slug: { type: 'string' },
        bbox: { type: 'string' },
        timezone: { type: 'string' },
        way: { type: 'string' },
        attribution: { type: 'string' },
        'data-dir': { type: 'string' },
        pmtiles: { type: 'string' },
        style: { type: 'string' },
        tianditu: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new CityImportError('usage', error instanceof Error ? error.message : String(error));
  }
}

export function parseBbox(text: string | undefined): Bounds | undefined {
  if (text === undefined) return undefined;
  const parsed = boundsSchema.safeParse(
    text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part))),
  );
  if (parsed.success) return parsed.data;
  throw new CityImportError(
    'usage',
    `--bbox ${text} is not west,south,east,north in degrees, such as 24.9,60.1,25.1,60.3`,
  );
}

function parseWay(text: string | undefined): TileWay | undefined {
  if (text === undefined || text === 'tilemaker' || text === 'npm') return text;
  throw new CityImportError('usage', '--way is tilemaker or npm');
}

async function run(args: string[]): Promise<void> {
  const { values, positionals } = readArguments(args);
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const progress = terminalProgress(process.stderr);
  const shared = {
    dataDir: values['data-dir'] ?? process.env.DATA_DIR ?? '.data',
    name: values.name,
    nameEn: values['name-en'],
    slug: values.slug,
    bbox: parseBbox(values.bbox),
    timezone: values.timezone,
    attribution: values.attribution,
    progress,
  };
  const sources: ReadyMadeSource[] = [];
  if (values.pmtiles !== undefined) sources.push({ kind: 'pmtiles', file: values.pmtiles });
  if (values.style !== undefined) sources.push({ kind: 'style', url: values.style });
  if (values.tianditu !== undefined) sources.push({ kind: 'tianditu', key: values.tianditu });
  if (sources.length + positionals.length !== 1) {
    throw new CityImportError(
      'usage',
      `Give exactly one extract, or one of --pmtiles, --style, --tianditu.\n\n${USAGE}`,
    );
  }
  const started = Date.now();
  const [source] = sources;
  const city = source
    ? await importReadyMade(source, shared)
    : (await importExtract(positionals[0] ?? '', { ...shared, way: parseWay(values.way) })).city;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const counts = Object.entries(city.counts).map(([what, count]) => `${what} ${count}`);
  process.stdout.write(
    `${city.name.zh} (${city.slug}) is ready after ${seconds} s. ${counts.join(', ')}\n`,
  );
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CityImportError)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = error.code === 'usage' ? 2 : 1;
}
