/** The archives and the shelf of this page, and how the map asks for tiles. */
import type { AddProtocolAction } from 'maplibre-gl';
import { Archive } from './archive.ts';
import { Shelf } from './shelf.ts';

export const shelf = new Shelf();
const archives = new Map<string, Archive>();

export function archiveAt(url: string): Archive {
  const address = new URL(url, location.href).href;
  const known = archives.get(address);
  if (known) return known;
  const made = new Archive(address, shelf);
  archives.set(address, made);
  return made;
}

const scheme = 'pmtiles://';

/** `pmtiles://ADDRESS` is the archive's description, `pmtiles://ADDRESS/z/x/y` a tile. */
export const loadTile: AddProtocolAction = async ({ url, type }, controller) => {
  if (type === 'json') {
    const header = await archiveAt(url.slice(scheme.length)).header();
    return {
      data: {
        tiles: [`${url}/{z}/{x}/{y}`],
        minzoom: header.minZoom,
        maxzoom: header.maxZoom,
        bounds: [header.minLon, header.minLat, header.maxLon, header.maxLat],
      },
    };
  }
  const [, address = '', z, x, y] = /^pmtiles:\/\/(.+)\/(\d+)\/(\d+)\/(\d+)$/.exec(url) ?? [];
  const place = { z: Number(z), x: Number(x), y: Number(y) };
  const data = await archiveAt(address).tile(place, controller.signal);
  return { data: new Uint8Array(data ?? new ArrayBuffer(0)) };
};
