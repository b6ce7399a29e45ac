/**
 * What an imported city is made of: the record in `city.json`, the files beside it, and the layers
 * and attributes of its base-map tiles. The importer writes them, the map styles read them.
 */
import { z } from 'zod';
import { citySlugSchema } from '../wire.ts';

/** Tiles exist from `minZoom` to `maxZoom`; the map draws `maxZoom` tiles larger beyond that. */
export const TILE_ZOOMS = { min: 6, max: 15 } as const;

export const TILE_LAYERS = [
  'ocean',
  'landuse',
  'water',
  'waterway',
  'building',
  'boundary',
  'rail',
  'road',
  'poi',
  'place',
] as const;
export type TileLayer = (typeof TILE_LAYERS)[number];

export const ROAD_CLASSES = [
  'motorway',
  'trunk',
  'primary',
  'secondary',
  'tertiary',
  'minor',
  'service',
  'path',
] as const;
export type RoadClass = (typeof ROAD_CLASSES)[number];

export const KEY_POINT_KINDS = [
  'bridge',
  'underpass',
  'station',
  'cash_machine',
  'park',
  'hospital',
] as const;
export type KeyPointKind = (typeof KEY_POINT_KINDS)[number];

export const CITY_FILES = {
  city: 'city.json',
  basemap: 'basemap.pmtiles',
  keyPoints: 'key-points.geojson',
  streets: 'streets.json',
  roads: 'roads.tar',
} as const;

const longitude = z.number().min(-180).max(180);
const latitude = z.number().min(-90).max(90);

/** West, south, east, north in degrees. */
export const boundsSchema = z
  .tuple([longitude, latitude, longitude, latitude])
  .refine(([west, south, east, north]) => west < east && south < north, {
    message: 'bounds must be west < east and south < north',
  });
export type Bounds = z.infer<typeof boundsSchema>;

export const positionSchema = z.object({ lon: longitude, lat: latitude });

export const basemapSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pmtiles'), file: z.string().min(1) }),
  z.object({ kind: z.literal('style'), url: z.url({ protocol: /^https?$/ }) }),
  z.object({ kind: z.literal('tianditu'), key: z.string().regex(/^[0-9A-Za-z]{8,64}$/) }),
  z.object({ kind: z.literal('none') }),
]);
export type Basemap = z.infer<typeof basemapSchema>;

const ringSchema = z.array(z.tuple([longitude, latitude])).min(4);
const boundarySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(ringSchema).min(1) }),
  z.object({
    type: z.literal('MultiPolygon'),
    coordinates: z.array(z.array(ringSchema).min(1)).min(1),
  }),
]);
export type CityBoundary = z.infer<typeof boundarySchema>;

export const cityFileSchema = z.object({
  version: z.literal(1),
  slug: citySlugSchema,
  name: z.object({ zh: z.string().min(1).max(80), en: z.string().min(1).max(80) }),
  bounds: boundsSchema,
  boundary: boundarySchema,
  center: positionSchema,
  timezone: z.string().min(1),
  createdAt: z.iso.datetime(),
  /** What it was made from, for people: a file name, a style address, never a path of this machine. */
  source: z.string(),
  attribution: z.string(),
  /** True when the place is made up. */
  fictional: z.boolean(),
  /** True when it is registered as a demo, which anyone may enter; has no effect on a city that exists. */
  demo: z.boolean().optional(),
  basemap: basemapSchema,
  counts: z.record(z.string(), z.number().int().nonnegative()),
});
export type CityFile = z.infer<typeof cityFileSchema>;

export const keyPointsFileSchema = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      id: z.string(),
      geometry: z.object({ type: z.literal('Point'), coordinates: z.tuple([longitude, latitude]) }),
      properties: z.object({
        kind: z.enum(KEY_POINT_KINDS),
        nameZh: z.string(),
        nameEn: z.string(),
        /** `n123`, `w123` or `r123`: the element in OpenStreetMap's numbering. */
        osmId: z.string(),
      }),
    }),
  ),
});
export type KeyPointsFile = z.infer<typeof keyPointsFileSchema>;
export type KeyPointFeature = KeyPointsFile['features'][number];

/**
 * A street graph in flat arrays. Junction `i` lies at `nodes[2i], nodes[2i+1]` (lon, lat in 1e-6
 * degrees). Edge `j` is `edges[6j…6j+5]` = from, to, length in decimetres, index into
 * `ROAD_CLASSES`, one-way (1) or both ways (0), speed in km/h; `shapes[j]` holds the bends between
 * its ends as lon/lat steps in 1e-6 degrees, starting at `from`. Every junction can be reached
 * from every other.
 */
export const streetsFileSchema = z.object({
  version: z.literal(1),
  nodes: z.array(z.number().int()),
  edges: z.array(z.number().int()),
  shapes: z.array(z.array(z.number().int())),
  /** Street names; `edgeNames[j]` is an index into it, or −1. */
  names: z.array(z.object({ zh: z.string(), en: z.string() })),
  edgeNames: z.array(z.number().int()),
});
export type StreetsFile = z.infer<typeof streetsFileSchema>;
