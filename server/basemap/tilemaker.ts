/** Drawing large extracts with tilemaker (2.2 and later), by a profile made from the same tables. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { TILE_ZOOMS } from '../../shared/basemap/schema.ts';
import type { Bounds } from '../../shared/basemap/schema.ts';
import { CityImportError } from './errors.ts';
import type { Extract } from './extract.ts';
import { oceanFeatures } from './features.ts';
import type { Feature } from './features.ts';
import { repairExtract } from './repair-extract.ts';
import type { PmtilesWriter } from './pmtiles-writer.ts';
import type { Progress } from './progress.ts';
import { tileFeatures, tilesOf } from './tile-features.ts';
import { tilemakerConfig, tilemakerProfile } from './tilemaker-profile.ts';

export function hasTilemaker(): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn('tilemaker', ['--help'], { stdio: 'ignore' });
    child.once('error', () => done(false));
    child.once('exit', (code) => done(code === 0));
  });
}

/**
 * Lets tilemaker write a folder of tiles and moves them into the archive, with the sea added.
 * @throws CityImportError with tilemaker's last words when it fails.
 */
export async function tileWithTilemaker(
  path: string,
  folder: string,
  extract: Extract,
  writer: PmtilesWriter,
  progress: Progress,
): Promise<void> {
  const { bounds } = extract;
  const work = join(folder, 'tilemaker');
  const output = join(work, 'tiles');
  mkdirSync(output, { recursive: true });
  const config = join(work, 'config.json');
  const profile = join(work, 'profile.lua');
  writeFileSync(config, tilemakerConfig(bounds));
  writeFileSync(profile, tilemakerProfile());
  try {
    const draw = (input: string): Promise<void> =>
      run(
        [
          '--input',
          resolve(input),
          '--output',
          output,
          '--config',
          config,
          '--process',
          profile,
          '--bbox',
          bounds.join(','),
          '--skip-integrity',
        ],
        work,
        progress,
      );
    try {
      await draw(path);
    } catch (error) {
      if (!(error instanceof CityImportError)) throw error;
      progress.note('tilemaker stumbled over the extract; a cleaned copy is tried');
      const cleaned = join(work, 'cleaned.osm.pbf');
      rmSync(output, { recursive: true, force: true });
      mkdirSync(output);
      await repairExtract(path, extract, cleaned);
      await draw(cleaned);
    }
    progress.step('packing the tiles');
    const sea = await seaTiles(oceanFeatures(extract), bounds);
    let done = 0;
    for (let zoom = TILE_ZOOMS.min; zoom <= TILE_ZOOMS.max; zoom++) {
      done += packZoom(output, zoom, bounds, sea, writer);
      progress.at((zoom - TILE_ZOOMS.min + 1) / (TILE_ZOOMS.max - TILE_ZOOMS.min + 1));
      await new Promise(setImmediate);
    }
    if (done === 0)
      throw new CityImportError('tilemaker_failed', 'tilemaker wrote no tiles for this box.');
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function run(args: string[], cwd: string, progress: Progress): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn('tilemaker', args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const stop = (): void => void child.kill('SIGKILL');
    process.once('exit', stop);
    let tail = '';
    const hear = (chunk: Buffer): void => {
      tail = (tail + chunk.toString('utf8')).slice(-4000);
      const share = /(\d+(?:\.\d+)?)%/.exec(chunk.toString('latin1'))?.[1];
      if (share) progress.at(Number(share) / 100);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', (error) =>
      failed(
        new CityImportError('tilemaker_failed', `tilemaker can't be started: ${error.message}`),
      ),
    );
    child.once('exit', (code, signal) => {
      process.off('exit', stop);
      if (code === 0) done();
      else {
        const words = tail
          .trim()
          .split(/[\r\n]+/)
          .slice(-3)
          .join('\n  ');
        failed(
          new CityImportError(
            'tilemaker_failed',
            `tilemaker failed (${signal ?? `exit ${code}`}):\n  ${words}\nTry --way npm.`,
          ),
        );
      }
    });
  });
}

async function seaTiles(ocean: Feature[], bounds: Bounds): Promise<Map<string, Uint8Array>> {
  const tiles = new Map<string, Uint8Array>();
  if (ocean.length > 0)
    await tileFeatures(ocean, bounds, (z, x, y, mvt) => tiles.set(`${z}/${x}/${y}`, mvt));
  return tiles;
}

/** The layers of a vector tile simply follow each other, so the sea can be put in front. */
function packZoom(
  output: string,
  zoom: number,
  bounds: Bounds,
  sea: Map<string, Uint8Array>,
  writer: PmtilesWriter,
): number {
  const range = tilesOf(bounds, zoom);
  let count = 0;
  for (let x = range.minX; x <= range.maxX; x++) {
    const column = join(output, String(zoom), String(x));
    const rows = new Set(existsSync(column) ? readdirSync(column) : []);
    for (let y = range.minY; y <= range.maxY; y++) {
      const name = `${y}.pbf`;
      const drawn = rows.has(name) ? inflated(readFileSync(join(column, name))) : Buffer.alloc(0);
      const water = sea.get(`${zoom}/${x}/${y}`);
      const tile = water ? Buffer.concat([water, drawn]) : drawn;
      if (tile.length === 0) continue;
      writer.add(zoom, x, y, tile);
      count++;
    }
  }
  return count;
}

function inflated(bytes: Buffer): Buffer {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}
