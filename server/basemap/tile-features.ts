/**
 * Cuts features into vector tiles. The world is done one block of tiles at a time (five zooms from
 * one tile down) and one layer at a time, so that memory follows the fullest block, not the city.
 */
import { GeoJSONVT } from '@maplibre/geojson-vt';
import type { GeoJSONVTFeature } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import type { Feature as GeoJsonFeature, Position } from 'geojson';
import { TILE_LAYERS } from '../../shared/basemap/schema.ts';
import type { Bounds, TileLayer } from '../../shared/basemap/schema.ts';
import type { Feature } from './features.ts';
import { boxesMeet, projectBounds } from './geometry.ts';
import type { Box, Path } from './geometry.ts';

export const EXTENT = 4096;
const BLOCK_ZOOMS = [6, 11] as const;
const ZOOMS_PER_BLOCK = 5;
const BUFFER = 80;
/** In tile units; a 512-pixel tile has 8 of them to the pixel. */
const TOLERANCE: Record<'fine' | 'coarse', number> = { fine: 3, coarse: 6 };

type TileSink = (z: number, x: number, y: number, mvt: Uint8Array) => void;

export interface TileRange {
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

export function tilesOf(bounds: Bounds, zoom: number): TileRange {
  const count = 2 ** zoom;
  const [minX, minY, maxX, maxY] = projectBounds(bounds);
  const clamp = (value: number): number =>
    Math.max(0, Math.min(count - 1, Math.floor(value * count)));
  return { minX: clamp(minX), minY: clamp(minY), maxX: clamp(maxX), maxY: clamp(maxY) };
}

export async function tileFeatures(
  features: Feature[],
  bounds: Bounds,
  sink: TileSink,
  onProgress?: (done: number, total: number) => void,
): Promise<void> {
  const blocks = BLOCK_ZOOMS.flatMap((zoom) => {
    const range = tilesOf(bounds, zoom);
    const list: [number, number, number][] = [];
    for (let x = range.minX; x <= range.maxX; x++)
      for (let y = range.minY; y <= range.maxY; y++) list.push([zoom, x, y]);
    return list;
  });
  const byLayer = new Map<TileLayer, Feature[]>(TILE_LAYERS.map((layer) => [layer, []]));
  for (const feature of features) byLayer.get(feature.layer)?.push(feature);
  for (const [i, [z, x, y]] of blocks.entries()) {
    const tiles = new Map<string, Uint8Array[]>();
    for (const [layer, list] of byLayer) addLayer(tiles, layer, list, z, x, y, bounds);
    for (const [key, parts] of tiles) {
      const [tz = 0, tx = 0, ty = 0] = key.split('/').map(Number);
      sink(tz, tx, ty, Buffer.concat(parts));
    }
    onProgress?.(i + 1, blocks.length);
    await new Promise(setImmediate);
  }
}

function addLayer(
  tiles: Map<string, Uint8Array[]>,
  layer: TileLayer,
  features: Feature[],
  blockZoom: number,
  blockX: number,
  blockY: number,
  bounds: Bounds,
): void {
  const lastZoom = blockZoom + ZOOMS_PER_BLOCK - 1;
  const scale = 2 ** blockZoom;
  const margin = BUFFER / EXTENT;
  const box: Box = [
    (blockX - margin) / scale,
    (blockY - margin) / scale,
    (blockX + 1 + margin) / scale,
    (blockY + 1 + margin) / scale,
  ];
  // Property objects pass through geojson-vt by reference: they carry the zoom alongside.
  const zoomOf = new Map<object, number>();
  const inside: GeoJsonFeature[] = [];
  for (const feature of features) {
    if (feature.minZoom > lastZoom || !boxesMeet(feature.box, box)) continue;
    const properties = { ...feature.properties };
    zoomOf.set(properties, feature.minZoom);
    inside.push(toGeoJson(feature, properties, scale, blockX, blockY));
  }
  if (inside.length > 0)
    cutBlock(tiles, layer, inside, zoomOf, [blockZoom, blockX, blockY], bounds);
}

function cutBlock(
  tiles: Map<string, Uint8Array[]>,
  layer: TileLayer,
  features: GeoJsonFeature[],
  zoomOf: Map<object, number>,
  [blockZoom, blockX, blockY]: [number, number, number],
  bounds: Bounds,
): void {
  const index = new GeoJSONVT(
    { type: 'FeatureCollection', features },
    {
      // The block is the unit square, so nothing is spent on the zooms above it.
      coordinates: 'unitSquare',
      wrap: false,
      // One more than the last, or the last would not be simplified at all.
      maxZoom: ZOOMS_PER_BLOCK,
      indexMaxZoom: ZOOMS_PER_BLOCK - 1,
      indexMaxPoints: 0,
      tolerance: layer === 'building' || layer === 'ocean' ? TOLERANCE.fine : TOLERANCE.coarse,
      extent: EXTENT,
      buffer: BUFFER,
    },
  );
  for (let dz = 0; dz < ZOOMS_PER_BLOCK; dz++) {
    const zoom = blockZoom + dz;
    const range = tilesOf(bounds, zoom);
    for (let dx = 0; dx < 2 ** dz; dx++) {
      for (let dy = 0; dy < 2 ** dz; dy++) {
        const x = blockX * 2 ** dz + dx;
        const y = blockY * 2 ** dz + dy;
        if (x < range.minX || x > range.maxX || y < range.minY || y > range.maxY) continue;
        const tile = index.getTile(dz, dx, dy);
        if (!tile) continue;
        tile.features = tile.features.filter(
          (shown: GeoJSONVTFeature) => (zoomOf.get(shown.tags ?? {}) ?? 0) <= zoom,
        );
        if (tile.features.length === 0) continue;
        const bytes = fromGeojsonVt({ [layer]: tile }, { version: 2, extent: EXTENT });
        const key = `${zoom}/${x}/${y}`;
        const parts = tiles.get(key);
        if (parts) parts.push(bytes);
        else tiles.set(key, [bytes]);
      }
    }
  }
}

function toGeoJson(
  feature: Feature,
  properties: Record<string, string | number>,
  scale: number,
  blockX: number,
  blockY: number,
): GeoJsonFeature {
  const positions = (path: Path): Position[] => {
    const list: Position[] = [];
    for (let i = 0; i < path.length; i += 2) {
      list.push([(path[i] ?? 0) * scale - blockX, (path[i + 1] ?? 0) * scale - blockY]);
    }
    return list;
  };
  const paths = feature.paths.map(positions);
  const [first = []] = paths;
  if (feature.kind === 'point') {
    return {
      type: 'Feature',
      properties,
      geometry: { type: 'Point', coordinates: first[0] ?? [0, 0] },
    };
  }
  if (feature.kind === 'line') {
    return { type: 'Feature', properties, geometry: { type: 'LineString', coordinates: first } };
  }
  return { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: paths } };
}
