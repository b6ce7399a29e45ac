/** Which pieces of an archive cover an area: known from its directories alone, before any tile is fetched. */
import { zxyToTileId } from 'pmtiles';
import type { Bounds } from '../../../shared/basemap/schema.ts';
import type { Archive, TilePlace } from './archive.ts';

export interface PackPlan {
  generation: string;
  /** offset and length, ascending, each once: equal tiles lie in the archive once */
  pieces: [number, number][];
  tiles: number;
  bytes: number;
}

const column = (lon: number, z: number): number => ((lon + 180) / 360) * 2 ** z;
function row(lat: number, z: number): number {
  const angle = (lat * Math.PI) / 180;
  return ((1 - Math.asinh(Math.tan(angle)) / Math.PI) / 2) * 2 ** z;
}
const within = (value: number, z: number): number =>
  Math.max(0, Math.min(2 ** z - 1, Math.floor(value)));

/** The tiles of one zoom that touch the box. */
export function tilesOver([west, south, east, north]: Bounds, z: number): TilePlace[] {
  const places: TilePlace[] = [];
  for (let x = within(column(west, z), z); x <= within(column(east, z), z); x++)
    for (let y = within(row(north, z), z); y <= within(row(south, z), z); y++)
      places.push({ z, x, y });
  return places;
}

/** More tiles than that are a country, not an area. */
export const mostTiles = 200_000;

/** @throws RangeError when the area is too large; any error when the server can't be reached */
export async function planPack(archive: Archive, bounds: Bounds): Promise<PackPlan> {
  const generation = await archive.ask();
  if (generation === null) throw new Error('unreachable');
  const header = await archive.reader(generation).getHeader();
  const places: TilePlace[] = [];
  for (let z = header.minZoom; z <= header.maxZoom; z++) {
    places.push(...tilesOver(bounds, z));
    if (places.length > mostTiles) throw new RangeError('too large');
  }
  // The header with its root directory is read in one piece.
  const pieces = new Map<number, number>([[0, 16_384]]);
  let tiles = 0;
  const ids = places.map(({ z, x, y }) => zxyToTileId(z, x, y)).sort((a, b) => a - b);
  for (const id of ids) {
    const found = await archive.locate(generation, id);
    if (!found) continue;
    tiles += 1;
    for (const [offset, length] of found.directories) pieces.set(offset, length);
    pieces.set(found.at, found.entry.length);
  }
  const sorted = [...pieces].sort(([a], [b]) => a - b);
  const bytes = sorted.reduce((sum, [, length]) => sum + length, 0);
  return { generation, pieces: sorted, tiles, bytes };
}
