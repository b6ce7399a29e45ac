/** A city on a map that exists already: vector tiles in a file, a style address, or Tianditu. */
import { copyFileSync, openSync, readSync, closeSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PMTiles, TileType } from 'pmtiles';
import type { Header, Source } from 'pmtiles';
import { CITY_FILES, basemapSchema, boundsSchema } from '../../shared/basemap/schema.ts';
import type { Basemap, Bounds, CityFile } from '../../shared/basemap/schema.ts';
import { boxBoundary } from './boundary.ts';
import { replaceCityFolder } from './city-folder.ts';
import { CityImportError } from './errors.ts';
import type { ImportOptions } from './import-extract.ts';
import { checkTimezone, cityNaming, guessTimezone } from './names.ts';
import { silentProgress } from './progress.ts';

export type ReadyMadeSource =
  | { kind: 'pmtiles'; file: string }
  | { kind: 'style'; url: string }
  | { kind: 'tianditu'; key: string };

/** @throws CityImportError when something is missing or the file isn't a vector archive. */
export async function importReadyMade(
  source: ReadyMadeSource,
  options: ImportOptions,
): Promise<CityFile> {
  const progress = options.progress ?? silentProgress;
  if (!options.name)
    throw new CityImportError('usage', "A ready-made map needs the city's name: --name");
  const naming = cityNaming(options, options.name);
  const header = source.kind === 'pmtiles' ? await readArchiveHeader(source.file) : null;
  const bounds = options.bbox ?? (header && headerBounds(header));
  if (!bounds)
    throw new CityImportError(
      'usage',
      "This map needs the city's box: --bbox west,south,east,north",
    );
  const timezone =
    options.timezone === undefined ? guessTimezone(bounds) : checkTimezone(options.timezone);
  const basemap = parseBasemap(source);
  return replaceCityFolder(options.dataDir, naming.slug, async (folder) => {
    if (source.kind === 'pmtiles') {
      progress.step('copying the tiles');
      copyFileSync(source.file, join(folder, CITY_FILES.basemap));
      progress.end();
    }
    return {
      version: 1,
      ...naming,
      bounds,
      boundary: boxBoundary(bounds),
      center: { lon: (bounds[0] + bounds[2]) / 2, lat: (bounds[1] + bounds[3]) / 2 },
      timezone,
      createdAt: new Date().toISOString(),
      source: source.kind === 'pmtiles' ? basename(source.file) : source.kind,
      attribution: options.attribution ?? attributionOf(source),
      fictional: false,
      basemap,
      counts: header ? { tiles: header.numAddressedTiles } : {},
    };
  });
}

function attributionOf(source: ReadyMadeSource): string {
  if (source.kind === 'pmtiles') return '© OpenStreetMap contributors';
  return source.kind === 'tianditu' ? '天地图 Tianditu' : '';
}

function parseBasemap(source: ReadyMadeSource): Basemap {
  if (source.kind === 'pmtiles') return { kind: 'pmtiles', file: CITY_FILES.basemap };
  const parsed = basemapSchema.safeParse(source);
  if (parsed.success) return parsed.data;
  throw new CityImportError(
    'usage',
    source.kind === 'style'
      ? `${source.url} is not an http(s) address`
      : 'A Tianditu key is 8–64 letters and digits',
  );
}

/** Reads a PMTiles archive from disk. */
export class FileArchive implements Source {
  private readonly path: string;
  private readonly file: number;

  constructor(path: string) {
    this.path = path;
    this.file = openSync(path, 'r');
  }

  getKey(): string {
    return this.path;
  }

  getBytes(offset: number, length: number): Promise<{ data: ArrayBuffer }> {
    const data = new ArrayBuffer(length);
    const count = readSync(this.file, new Uint8Array(data), 0, length, offset);
    return Promise.resolve({ data: data.slice(0, count) });
  }

  close(): void {
    closeSync(this.file);
  }
}

export async function readArchiveHeader(path: string): Promise<Header> {
  let archive: FileArchive;
  try {
    archive = new FileArchive(path);
  } catch {
    throw new CityImportError('file_unreadable', `The file can't be opened: ${path}`);
  }
  try {
    const header = await new PMTiles(archive).getHeader();
    const end = header.tileDataOffset + (header.tileDataLength ?? 0);
    if (statSync(path).size < end)
      throw new CityImportError('bad_pmtiles', 'The PMTiles file is cut short.');
    if (header.tileType !== TileType.Mvt)
      throw new CityImportError(
        'bad_pmtiles',
        'The PMTiles file holds pictures; vector tiles are needed.',
      );
    return header;
  } catch (error) {
    if (error instanceof CityImportError) throw error;
    throw new CityImportError(
      'bad_pmtiles',
      `This is not a PMTiles (version 3) file: ${basename(path)}`,
    );
  } finally {
    archive.close();
  }
}

function headerBounds(header: Header): Bounds | null {
  const parsed = boundsSchema.safeParse([
    header.minLon,
    header.minLat,
    header.maxLon,
    header.maxLat,
  ]);
  const wholeWorld = header.maxLon - header.minLon >= 359;
  return parsed.success && !wholeWorld ? parsed.data : null;
}
