/** Makes a city from an OpenStreetMap extract: `npm run city`, and the demo city at first start. */
import { statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CITY_FILES, TILE_LAYERS, TILE_ZOOMS } from '../../shared/basemap/schema.ts';
import type { Bounds, CityFile } from '../../shared/basemap/schema.ts';
import { cityBoundary } from './boundary.ts';
import { replaceCityFolder } from './city-folder.ts';
import { CityImportError } from './errors.ts';
import { readExtract } from './extract.ts';
import type { Extract } from './extract.ts';
import { buildFeatures } from './features.ts';
import { findKeyPoints } from './key-points.ts';
import { checkTimezone, cityNaming, guessTimezone } from './names.ts';
import { PmtilesWriter } from './pmtiles-writer.ts';
import type { ArchiveSummary } from './pmtiles-writer.ts';
import { silentProgress } from './progress.ts';
import type { Progress } from './progress.ts';
import { buildRoadTiles } from './road-tiles.ts';
import { buildStreets } from './streets.ts';
import { tileFeatures } from './tile-features.ts';
import { hasTilemaker, tileWithTilemaker } from './tilemaker.ts';

/** What the built-in tiler takes on; beyond it tilemaker is asked for. */
export const NPM_WAY_LIMIT = { megabytes: 40, nodes: 5_000_000 } as const;
/** Below this tilemaker's start costs more than it saves. */
const TILEMAKER_WORTH_MEGABYTES = 8;
/** What is kept in memory beside tilemaker for key points and streets. */
const SKELETON_MAX_NODES = 60_000_000;

export type TileWay = 'tilemaker' | 'npm';

export interface ImportOptions {
  dataDir: string;
  name?: string | undefined;
  nameEn?: string | undefined;
  slug?: string | undefined;
  bbox?: Bounds | undefined;
  timezone?: string | undefined;
  way?: TileWay | undefined;
  attribution?: string | undefined;
  fictional?: boolean | undefined;
  /** off: the road network is made by somebody else */
  roads?: boolean | undefined;
  progress?: Progress | undefined;
}

export interface ImportResult {
  city: CityFile;
  way: TileWay;
  archive: ArchiveSummary;
}

/**
 * Reads the extract, writes the city's folder and swaps it in.
 * @throws CityImportError; the former city, if any, stays as it was.
 */
export async function importExtract(path: string, options: ImportOptions): Promise<ImportResult> {
  const progress = options.progress ?? silentProgress;
  const naming = cityNaming(options, basename(path).replace(/(\.osm)?\.pbf$/, ''));
  const timezone = options.timezone === undefined ? undefined : checkTimezone(options.timezone);
  const way = await chooseWay(path, options.way, progress);
  let archive: ArchiveSummary | undefined;
  const city = await replaceCityFolder(options.dataDir, naming.slug, async (folder) => {
    progress.step('reading the extract');
    const extract = await readExtract(path, {
      bounds: options.bbox,
      skeleton: way === 'tilemaker',
      maxNodes: way === 'npm' ? NPM_WAY_LIMIT.nodes : SKELETON_MAX_NODES,
      onProgress: (done, total) => progress.at(done / total),
    });
    reportOddities(extract, progress);
    progress.step('finding key points and streets');
    const keyPoints = findKeyPoints(extract);
    const streets = buildStreets(extract);
    writeFileSync(join(folder, CITY_FILES.keyPoints), JSON.stringify(keyPoints));
    writeFileSync(join(folder, CITY_FILES.streets), JSON.stringify(streets));
    const boundary = cityBoundary(extract, naming.name);
    archive = await writeTiles(path, folder, extract, way, options, progress);
    if (options.roads !== false) await writeRoads(path, folder, progress);
    const [west, south, east, north] = extract.bounds;
    return {
      version: 1,
      ...naming,
      bounds: extract.bounds,
      boundary,
      center: { lon: round6((west + east) / 2), lat: round6((south + north) / 2) },
      timezone: timezone ?? guessTimezone(extract.bounds),
      createdAt: new Date().toISOString(),
      source: basename(path),
      attribution: options.attribution ?? '© OpenStreetMap contributors',
      fictional: options.fictional ?? false,
      basemap: { kind: 'pmtiles', file: CITY_FILES.basemap },
      counts: {
        nodes: extract.counts.nodes,
        ways: extract.counts.ways,
        relations: extract.counts.relations,
        leftOut: extract.counts.invalid + extract.counts.farOutside,
        tiles: archive.tiles,
        keyPoints: keyPoints.features.length,
        junctions: streets.nodes.length / 2,
        streetEdges: streets.edgeNames.length,
      },
    };
  });
  progress.end();
  if (!archive) throw new Error('no archive was written');
  return { city, way, archive };
}

/** Without roads a city is as usable as before: its travel times are then estimates, and say so. */
async function writeRoads(path: string, folder: string, progress: Progress): Promise<void> {
  progress.step('building the road network');
  try {
    await buildRoadTiles(path, join(folder, CITY_FILES.roads));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    progress.note(`no road network (${reason}): travel times will be estimates`);
  }
}

async function chooseWay(
  path: string,
  asked: TileWay | undefined,
  progress: Progress,
): Promise<TileWay> {
  const megabytes = sizeOf(path) / 1e6;
  const installed = asked === 'npm' ? false : await hasTilemaker();
  if (asked === 'tilemaker' && !installed) {
    throw new CityImportError(
      'usage',
      'tilemaker is not installed. Install it (Debian: apt install tilemaker) or leave --way out.',
    );
  }
  if (
    asked === 'tilemaker' ||
    (installed && asked === undefined && megabytes >= TILEMAKER_WORTH_MEGABYTES)
  )
    return 'tilemaker';
  if (megabytes > NPM_WAY_LIMIT.megabytes) {
    throw new CityImportError(
      'too_large',
      `The extract has ${Math.round(megabytes)} MB; without tilemaker the limit is ${NPM_WAY_LIMIT.megabytes} MB. Install tilemaker (Debian: apt install tilemaker), or cut the extract first (osmium extract --bbox …).`,
    );
  }
  if (asked === undefined && !installed && megabytes >= TILEMAKER_WORTH_MEGABYTES) {
    progress.note(
      'tilemaker is not installed: the built-in tiler is used, which is slower and needs more memory.',
    );
  }
  return 'npm';
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    throw new CityImportError('file_unreadable', `There is no file ${path}`);
  }
}

function reportOddities({ counts }: Extract, progress: Progress): void {
  if (counts.invalid > 0)
    progress.note(`${counts.invalid} points with impossible coordinates were left out`);
  if (counts.farOutside > 0)
    progress.note(`${counts.farOutside} points far outside the city's box were left out`);
}

async function writeTiles(
  path: string,
  folder: string,
  extract: Extract,
  way: TileWay,
  options: ImportOptions,
  progress: Progress,
): Promise<ArchiveSummary> {
  const writer = new PmtilesWriter(join(folder, CITY_FILES.basemap));
  try {
    if (way === 'tilemaker') {
      progress.step('drawing the map with tilemaker');
      await tileWithTilemaker(path, folder, extract, writer, progress);
    } else {
      progress.step('joining lines and closing areas');
      const features = buildFeatures(extract);
      // Everything the tiles need is in the features now.
      extract.ways.length = 0;
      progress.step('drawing the map');
      await tileFeatures(
        features,
        extract.bounds,
        (z, x, y, mvt) => writer.add(z, x, y, mvt),
        (done, total) => progress.at(done / total),
      );
    }
    progress.step('writing the archive');
    return writer.finish({
      bounds: extract.bounds,
      minZoom: TILE_ZOOMS.min,
      maxZoom: TILE_ZOOMS.max,
      centerZoom: 12,
      metadata: {
        name: options.nameEn ?? options.name ?? basename(path),
        attribution: options.attribution ?? '© OpenStreetMap contributors',
        vector_layers: TILE_LAYERS.map((id) => ({
          id,
          fields: {},
          minzoom: TILE_ZOOMS.min,
          maxzoom: TILE_ZOOMS.max,
        })),
      },
    });
  } finally {
    writer.dispose();
  }
}

function round6(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
