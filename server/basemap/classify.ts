/** From the tags of an element to what is drawn for it, by the tables. */
import { TILE_ZOOMS } from '../../shared/basemap/schema.ts';
import type { TileLayer } from '../../shared/basemap/schema.ts';
import {
  AREA_ZOOM_FACTOR,
  LAND_AREAS,
  PLACES,
  POIS,
  RAILS,
  ROADS,
  WATERWAYS,
  WATER_NAME_LATER,
  WATER_AREAS,
} from './feature-tables.ts';
import type { Tags } from './osm-blocks.ts';

export type TileProperties = Record<string, string | number>;

export interface Drawn {
  layer: TileLayer;
  minZoom: number;
  properties: TileProperties;
}

const UNDERGROUND = new Set(['yes', 'building_passage', 'covered', 'passage', 'culvert']);

/** `name`, and `name_zh`/`name_en` where they say something else. */
export function nameProperties(tags: Tags): TileProperties {
  const zh = tags['name:zh'] ?? tags['name:zh-Hans'] ?? tags['name:zh_CN'];
  const en = tags['name:en'] ?? tags.int_name;
  const name = tags.name ?? zh ?? en;
  if (!name) return {};
  const properties: TileProperties = { name };
  if (zh && zh !== name) properties.name_zh = zh;
  if (en && en !== name) properties.name_en = en;
  return properties;
}

function structure(tags: Tags): TileProperties {
  if (isBridge(tags)) return { bridge: 1 };
  return isTunnel(tags) ? { tunnel: 1 } : {};
}

export function isBridge(tags: Tags): boolean {
  return tags.bridge !== undefined && tags.bridge !== 'no';
}

export function isTunnel(tags: Tags): boolean {
  return tags.tunnel !== undefined && UNDERGROUND.has(tags.tunnel);
}

/** What a way is when taken as a line. */
export function classifyLine(tags: Tags): Drawn | null {
  const road = tags.area === 'yes' ? undefined : ROADS[tags.highway ?? ''];
  if (road) return roadLine(tags, road);
  const rail = RAILS[tags.railway ?? ''];
  if (rail) {
    const siding = tags.service !== undefined;
    return {
      layer: 'rail',
      minZoom: siding ? Math.max(13, rail.minZoom) : rail.minZoom,
      properties: { class: rail.class, ...(siding ? { siding: 1 } : {}), ...structure(tags) },
    };
  }
  const waterway = WATERWAYS[tags.waterway ?? ''];
  if (waterway && !isTunnel(tags)) {
    return {
      layer: 'waterway',
      minZoom: waterway.minZoom,
      properties: { class: waterway.class, ...nameProperties(tags) },
    };
  }
  return null;
}

function roadLine(tags: Tags, road: (typeof ROADS)[string]): Drawn {
  const driveway = road.class === 'service' && tags.service !== undefined;
  return {
    layer: 'road',
    minZoom: driveway ? 15 : road.minZoom,
    properties: {
      class: road.class,
      ...nameProperties(tags),
      ...(road.link ? { link: 1 } : {}),
      ...structure(tags),
    },
  };
}

/** The lowest zoom at which an area of this size is worth drawing. */
export function zoomForArea(areaSquareMeters: number, lowest: number): number {
  if (!(areaSquareMeters > 0)) return TILE_ZOOMS.max;
  const zoom = Math.ceil(Math.log2(AREA_ZOOM_FACTOR / Math.sqrt(areaSquareMeters)));
  return Math.min(TILE_ZOOMS.max, Math.max(lowest, zoom));
}

/** What a closed way or multipolygon is when taken as an area. */
export function classifyArea(tags: Tags, areaSquareMeters: number): Drawn | null {
  if (tags.building !== undefined && tags.building !== 'no') {
    return { layer: 'building', minZoom: zoomForArea(areaSquareMeters, 13), properties: {} };
  }
  const water = match(WATER_AREAS, tags);
  if (water) {
    const kind = tags.water === 'river' ? 'river' : water;
    return {
      layer: 'water',
      minZoom: zoomForArea(areaSquareMeters, TILE_ZOOMS.min),
      properties: { class: kind },
    };
  }
  const paved = tags.area === 'yes' && ROADS[tags.highway ?? ''] ? 'plaza' : undefined;
  const land = paved ?? match(LAND_AREAS, tags);
  if (!land) return null;
  const lowest = land === 'residential' || land === 'farmland' ? 8 : TILE_ZOOMS.min;
  return {
    layer: 'landuse',
    minZoom: zoomForArea(areaSquareMeters, lowest),
    properties: { class: land },
  };
}

function match(table: [string, string, string][], tags: Tags): string | undefined {
  return table.find(([key, value]) => tags[key] === value)?.[2];
}

/** The name of a lake stands once in its middle, not in every tile it touches. */
export function classifyWaterName(tags: Tags, areaSquareMeters: number): Drawn | null {
  const names = nameProperties(tags);
  if (names.name === undefined || !match(WATER_AREAS, tags) || tags.water === 'river') return null;
  const minZoom = Math.min(
    TILE_ZOOMS.max,
    zoomForArea(areaSquareMeters, TILE_ZOOMS.min) + WATER_NAME_LATER,
  );
  return { layer: 'place', minZoom, properties: { class: 'water', ...names } };
}

/** The label or symbol a node, or an area taken as a point, gets. */
export function classifyPoint(tags: Tags): Drawn | null {
  const names = nameProperties(tags);
  const named = names.name !== undefined;
  const place = PLACES[tags.place ?? ''];
  if (place && named) {
    return { layer: 'place', minZoom: place.minZoom, properties: { class: place.class, ...names } };
  }
  for (const [key, value, kind, minZoom, rank] of POIS) {
    if (tags[key] !== value || (rank >= 4 && !named)) continue;
    return { layer: 'poi', minZoom, properties: { class: kind, rank, ...names } };
  }
  return null;
}

export function boundaryZoom(adminLevel: number): number | null {
  if (!Number.isInteger(adminLevel) || adminLevel < 2 || adminLevel > 10) return null;
  if (adminLevel <= 4) return 6;
  if (adminLevel <= 6) return 8;
  return adminLevel <= 8 ? 10 : 12;
}
