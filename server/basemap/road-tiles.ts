/**
 * The road network of a city: Valhalla's tiles made from the extract, in one file beside the map. A file that is read
 * by mapping it into memory stays whole for those who have it open while a new import takes its place.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What the engine is set up with for making tiles: everything else has its own default. */
const buildOptions = (tileDir: string) => ({
  mjolnir: {
    tile_dir: tileDir,
    // One city: the engine's default reserves memory for the planet.
    id_table_size: 100_000_000,
    concurrency: 2,
    hierarchy: true,
    shortcuts: true,
    include_driveways: true,
    include_bicycle: true,
    include_pedestrian: true,
    include_driving: true,
    include_construction: false,
    include_platforms: false,
    import_bike_share_stations: false,
    reclassify_links: true,
    keep_osm_node_ids: false,
    keep_all_osm_node_ids: false,
    max_cache_size: 250_000_000,
    data_processing: {
      infer_internal_intersections: true,
      infer_turn_channels: true,
      apply_country_overrides: true,
      use_admin_db: false,
      use_direction_on_ways: false,
      allow_alt_name: false,
      use_urban_tag: false,
      use_rest_area: false,
      grid_divisions_within_tile: 32,
    },
    logging: { type: 'std_err', color: false },
  },
});

/** Where the engine's own programs lie; null on a machine it isn't made for, or where it wasn't installed. */
function engineFolder(): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve('@valhallajs/valhallajs');
    const folder = path.join(path.dirname(entry), process.platform, process.arch);
    return readdirSync(folder).includes('valhalla_build_tiles') ? folder : null;
  } catch {
    return null;
  }
}

/**
 * Makes `target` from the extract; what was there stays until the new one is whole.
 * @throws Error that says why in words, when the engine is missing or can't read the extract
 */
export async function buildRoadTiles(extract: string, target: string): Promise<void> {
  const engine = engineFolder();
  if (engine === null)
    throw new Error(
      `the road engine (@valhallajs/valhallajs) is not installed or not made for ${process.platform}/${process.arch}`,
    );
  const work = mkdtempSync(path.join(tmpdir(), 'nuanxun-roads-'));
  try {
    const tiles = path.join(work, 'tiles');
    const config = path.join(work, 'config.json');
    writeFileSync(config, JSON.stringify(buildOptions(tiles)));
    const args = ['-c', config, path.resolve(extract)];
    await runBuilder(path.join(engine, 'valhalla_build_tiles'), args, work);
    const packed = `${target}.making`;
    packTiles(tiles, packed);
    renameSync(packed, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param cwd the builder leaves notes of its own where it runs */
async function runBuilder(program: string, args: string[], cwd: string): Promise<void> {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  const stop = (): void => void child.kill('SIGKILL');
  process.once('exit', stop);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
  const [code, signal] = (await once(child, 'close').finally(() => process.off('exit', stop))) as [
    number | null,
    NodeJS.Signals | null,
  ];
  if (code === 0) return;
  const complaint = said.split('\n').findLast((line) => /ERROR|error|terminat|what\(\)/.test(line));
  throw new Error(complaint?.trim() ?? `the tile builder ended with ${code ?? signal}`);
}

/** The engine reads a plain tar of the tiles, named by their place in the grid. */
function packTiles(folder: string, target: string): void {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.gph'))
    .sort();
  if (names.length === 0) throw new Error('there is no street in the extract');
  const file = openSync(target, 'w');
  try {
    for (const name of names) {
      const content = readFileSync(path.join(folder, name));
      writeSync(file, tarHeader(name.split(path.sep).join('/'), content.length));
      writeSync(file, content);
      writeSync(file, Buffer.alloc((512 - (content.length % 512)) % 512));
    }
    writeSync(file, Buffer.alloc(1024));
  } finally {
    closeSync(file);
  }
}

/** POSIX ustar; times and owners are left at zero, so that the same tiles make the same file. */
function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(512);
  const octal = (value: number, digits: number): string =>
    `${value.toString(8).padStart(digits, '0')}\0`;
  header.write(name, 0);
  header.write(octal(0o644, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(size, 11), 124);
  header.write(octal(0, 11), 136);
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar\u000000', 257);
  let sum = 0;
  for (const byte of header) sum += byte;
  header.write(`${octal(sum, 6)} `, 148);
  return header;
}
