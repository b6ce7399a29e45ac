/**
 * Which OpenStreetMap tags become which feature of the base map, and from which zoom. Both ways of
 * making tiles read these tables: `classify.ts` directly, tilemaker through the generated profile.
 */
import type { RoadClass } from '../../shared/basemap/schema.ts';

export interface RoadRule {
  class: RoadClass;
  minZoom: number;
  link?: boolean;
}

export const ROADS: Record<string, RoadRule> = {
  motorway: { class: 'motorway', minZoom: 6 },
  trunk: { class: 'trunk', minZoom: 6 },
  primary: { class: 'primary', minZoom: 8 },
  secondary: { class: 'secondary', minZoom: 10 },
  tertiary: { class: 'tertiary', minZoom: 11 },
  motorway_link: { class: 'motorway', minZoom: 11, link: true },
  trunk_link: { class: 'trunk', minZoom: 11, link: true },
  primary_link: { class: 'primary', minZoom: 12, link: true },
  secondary_link: { class: 'secondary', minZoom: 12, link: true },
  tertiary_link: { class: 'tertiary', minZoom: 13, link: true },
  unclassified: { class: 'minor', minZoom: 12 },
  residential: { class: 'minor', minZoom: 12 },
  living_street: { class: 'minor', minZoom: 13 },
  road: { class: 'minor', minZoom: 13 },
  pedestrian: { class: 'minor', minZoom: 13 },
  busway: { class: 'minor', minZoom: 13 },
  service: { class: 'service', minZoom: 14 },
  track: { class: 'path', minZoom: 14 },
  footway: { class: 'path', minZoom: 14 },
  path: { class: 'path', minZoom: 14 },
  steps: { class: 'path', minZoom: 14 },
  cycleway: { class: 'path', minZoom: 14 },
  bridleway: { class: 'path', minZoom: 14 },
};

export const RAILS: Record<string, { class: string; minZoom: number }> = {
  rail: { class: 'rail', minZoom: 9 },
  light_rail: { class: 'subway', minZoom: 12 },
  subway: { class: 'subway', minZoom: 12 },
  monorail: { class: 'subway', minZoom: 12 },
  narrow_gauge: { class: 'rail', minZoom: 12 },
  tram: { class: 'tram', minZoom: 13 },
};

export const WATERWAYS: Record<string, { class: string; minZoom: number }> = {
  river: { class: 'river', minZoom: 8 },
  canal: { class: 'canal', minZoom: 11 },
  stream: { class: 'stream', minZoom: 13 },
  drain: { class: 'stream', minZoom: 14 },
  ditch: { class: 'stream', minZoom: 14 },
};

/** `key=value` → class; the first that matches decides. */
export const WATER_AREAS: [string, string, string][] = [
  ['natural', 'water', 'lake'],
  ['waterway', 'riverbank', 'river'],
  ['waterway', 'dock', 'dock'],
  ['landuse', 'reservoir', 'lake'],
  ['landuse', 'basin', 'lake'],
];

export const LAND_AREAS: [string, string, string][] = [
  ['leisure', 'park', 'park'],
  ['leisure', 'garden', 'park'],
  ['leisure', 'nature_reserve', 'wood'],
  ['leisure', 'golf_course', 'grass'],
  ['leisure', 'pitch', 'pitch'],
  ['leisure', 'playground', 'pitch'],
  ['leisure', 'stadium', 'pitch'],
  ['leisure', 'sports_centre', 'pitch'],
  ['amenity', 'university', 'education'],
  ['amenity', 'college', 'education'],
  ['amenity', 'school', 'education'],
  ['amenity', 'kindergarten', 'education'],
  ['amenity', 'hospital', 'hospital'],
  ['amenity', 'marketplace', 'commercial'],
  ['amenity', 'parking', 'parking'],
  ['place', 'square', 'plaza'],
  ['natural', 'wood', 'wood'],
  ['natural', 'scrub', 'wood'],
  ['natural', 'grassland', 'grass'],
  ['natural', 'heath', 'grass'],
  ['natural', 'wetland', 'wetland'],
  ['natural', 'beach', 'beach'],
  ['natural', 'sand', 'beach'],
  ['natural', 'bare_rock', 'rock'],
  ['natural', 'scree', 'rock'],
  ['landuse', 'forest', 'wood'],
  ['landuse', 'grass', 'grass'],
  ['landuse', 'meadow', 'grass'],
  ['landuse', 'village_green', 'grass'],
  ['landuse', 'recreation_ground', 'park'],
  ['landuse', 'cemetery', 'cemetery'],
  ['amenity', 'grave_yard', 'cemetery'],
  ['landuse', 'allotments', 'grass'],
  ['landuse', 'farmland', 'farmland'],
  ['landuse', 'orchard', 'farmland'],
  ['landuse', 'vineyard', 'farmland'],
  ['landuse', 'residential', 'residential'],
  ['landuse', 'commercial', 'commercial'],
  ['landuse', 'retail', 'commercial'],
  ['landuse', 'industrial', 'industrial'],
  ['landuse', 'railway', 'railway'],
  ['landuse', 'construction', 'industrial'],
  ['aeroway', 'aerodrome', 'industrial'],
];

export const PLACES: Record<string, { class: string; minZoom: number }> = {
  city: { class: 'city', minZoom: 6 },
  town: { class: 'town', minZoom: 8 },
  village: { class: 'village', minZoom: 11 },
  borough: { class: 'district', minZoom: 9 },
  district: { class: 'district', minZoom: 9 },
  suburb: { class: 'district', minZoom: 10 },
  quarter: { class: 'quarter', minZoom: 12 },
  neighbourhood: { class: 'neighbourhood', minZoom: 13 },
  hamlet: { class: 'neighbourhood', minZoom: 13 },
  isolated_dwelling: { class: 'neighbourhood', minZoom: 14 },
  island: { class: 'island', minZoom: 11 },
  islet: { class: 'island', minZoom: 14 },
  square: { class: 'square', minZoom: 15 },
};

/** `key=value` → class, zoom, rank (1 = drawn first). Those from rank 4 need a name. */
export const POIS: [string, string, string, number, number][] = [
  ['railway', 'station', 'station', 11, 1],
  ['railway', 'halt', 'station', 13, 2],
  ['public_transport', 'station', 'station', 13, 2],
  ['amenity', 'bus_station', 'bus_station', 12, 2],
  ['amenity', 'hospital', 'hospital', 12, 2],
  ['leisure', 'park', 'park', 12, 4],
  ['amenity', 'university', 'education', 13, 4],
  ['amenity', 'college', 'education', 13, 5],
  ['amenity', 'police', 'police', 14, 4],
  ['amenity', 'townhall', 'civic', 14, 4],
  ['amenity', 'social_facility', 'social', 14, 3],
  ['amenity', 'shelter', 'social', 15, 6],
  ['amenity', 'library', 'civic', 15, 5],
  ['tourism', 'museum', 'civic', 14, 5],
  ['leisure', 'stadium', 'civic', 13, 4],
  ['shop', 'mall', 'shop', 14, 4],
  ['amenity', 'marketplace', 'shop', 14, 4],
  ['shop', 'department_store', 'shop', 15, 5],
  ['amenity', 'school', 'education', 15, 6],
  ['amenity', 'atm', 'cash_machine', 15, 3],
  ['amenity', 'bank', 'bank', 15, 6],
];

/** Below this many pixels an area isn't worth drawing at a zoom. */
const MIN_AREA_PIXELS = 9;
/** Metres per 256-pixel-tile pixel at zoom 0, taken at 50° north for every city. */
export const PIXEL_METERS_AT_ZOOM_0 = 100_000;
export const AREA_ZOOM_FACTOR = PIXEL_METERS_AT_ZOOM_0 * Math.sqrt(MIN_AREA_PIXELS);
/** A lake's name comes this many zooms after its shape: then it has room. */
export const WATER_NAME_LATER = 4;
