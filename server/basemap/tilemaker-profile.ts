/** The tilemaker profile (2.2 and later), written from the same tables as the built-in tiler. */
import { TILE_ZOOMS } from '../../shared/basemap/schema.ts';
import type { Bounds } from '../../shared/basemap/schema.ts';
import {
  AREA_ZOOM_FACTOR,
  LAND_AREAS,
  PLACES,
  POIS,
  RAILS,
  ROADS,
  WATERWAYS,
  WATER_AREAS,
  WATER_NAME_LATER,
} from './feature-tables.ts';

/** The sea isn't here: it is made from coastlines and added when the archive is written. */
const LAYERS: Record<string, { min: number; simplify?: { level: number; ratio: number } }> = {
  landuse: { min: 6, simplify: { level: 0.00002, ratio: 2 } },
  water: { min: 6, simplify: { level: 0.00002, ratio: 2 } },
  waterway: { min: 8, simplify: { level: 0.00003, ratio: 2 } },
  building: { min: 13, simplify: { level: 0.000008, ratio: 1.5 } },
  boundary: { min: 6, simplify: { level: 0.00005, ratio: 2 } },
  rail: { min: 9, simplify: { level: 0.00003, ratio: 2 } },
  road: { min: 6, simplify: { level: 0.00003, ratio: 2 } },
  poi: { min: 11 },
  place: { min: 6 },
};

export function tilemakerConfig(bounds: Bounds): string {
  const layers = Object.fromEntries(
    Object.entries(LAYERS).map(([id, { min, simplify }]) => [
      id,
      {
        minzoom: min,
        maxzoom: TILE_ZOOMS.max,
        ...(simplify
          ? {
              simplify_below: TILE_ZOOMS.max,
              simplify_level: simplify.level,
              simplify_ratio: simplify.ratio,
            }
          : {}),
      },
    ]),
  );
  return JSON.stringify({
    layers,
    settings: {
      minzoom: TILE_ZOOMS.min,
      maxzoom: TILE_ZOOMS.max,
      basezoom: TILE_ZOOMS.max,
      include_ids: false,
      combine_below: TILE_ZOOMS.max,
      name: 'nuanxun',
      version: '1',
      description: 'Nuanxun base map',
      compress: 'none',
      bounding_box: bounds,
      filemetadata: { tilejson: '2.0.0', scheme: 'xyz', type: 'baselayer', format: 'pbf' },
    },
  });
}

function lua(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `{${value.map(lua).join(',')}}`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, entry]) => `[${JSON.stringify(key)}]=${lua(entry)}`)
      .join(',')}}`;
  }
  throw new Error('no such value in a profile');
}

export function tilemakerProfile(): string {
  return `-- Written by Nuanxun from its own tables.
local ROADS = ${lua(ROADS)}
local RAILS = ${lua(RAILS)}
local WATERWAYS = ${lua(WATERWAYS)}
local WATER_AREAS = ${lua(WATER_AREAS)}
local LAND_AREAS = ${lua(LAND_AREAS)}
local PLACES = ${lua(PLACES)}
local POIS = ${lua(POIS)}
local AREA_ZOOM_FACTOR = ${AREA_ZOOM_FACTOR}
local MAX_ZOOM = ${TILE_ZOOMS.max}
local WATER_NAME_LATER = ${WATER_NAME_LATER}
${PROFILE}`;
}

const PROFILE = `
node_keys = { "place", "railway", "public_transport", "amenity", "leisure", "tourism", "shop" }
function init_function() end
function exit_function() end

local function names(o)
  local zh = o:Find("name:zh")
  if zh == "" then zh = o:Find("name:zh-Hans") end
  if zh == "" then zh = o:Find("name:zh_CN") end
  local en = o:Find("name:en")
  if en == "" then en = o:Find("int_name") end
  local name = o:Find("name")
  if name == "" then name = zh end
  if name == "" then name = en end
  return name, zh, en
end

local function name_attributes(o)
  local name, zh, en = names(o)
  if name == "" then return end
  o:Attribute("name", name)
  if zh ~= "" and zh ~= name then o:Attribute("name_zh", zh) end
  if en ~= "" and en ~= name then o:Attribute("name_en", en) end
end

local function is_bridge(o)
  local v = o:Find("bridge")
  return v ~= "" and v ~= "no"
end

local function is_tunnel(o)
  local v = o:Find("tunnel")
  return v == "yes" or v == "building_passage" or v == "covered" or v == "passage" or v == "culvert"
end

local function structure(o)
  if is_bridge(o) then o:AttributeNumeric("bridge", 1)
  elseif is_tunnel(o) then o:AttributeNumeric("tunnel", 1) end
end

local function area_zoom(area, lowest)
  if not (area > 0) then return MAX_ZOOM end
  local zoom = math.ceil(math.log(AREA_ZOOM_FACTOR / math.sqrt(area)) / math.log(2))
  return math.min(MAX_ZOOM, math.max(lowest, zoom))
end

local function match(list, o)
  for _, entry in ipairs(list) do
    if o:Find(entry[1]) == entry[2] then return entry[3] end
  end
  return nil
end

-- The label or symbol; as_area places it inside an area.
local function point(o, as_area)
  local name = names(o)
  local place = PLACES[o:Find("place")]
  if place and name ~= "" then
    if as_area then o:LayerAsCentroid("place") else o:Layer("place", false) end
    o:Attribute("class", place.class)
    name_attributes(o)
    o:MinZoom(place.minZoom)
    return
  end
  for _, poi in ipairs(POIS) do
    if o:Find(poi[1]) == poi[2] and (poi[5] < 4 or name ~= "") then
      if as_area then o:LayerAsCentroid("poi") else o:Layer("poi", false) end
      o:Attribute("class", poi[3])
      o:AttributeNumeric("rank", poi[5])
      name_attributes(o)
      o:MinZoom(poi[4])
      return
    end
  end
end

function node_function(node) point(node, false) end

local function line(way)
  local road = way:Find("area") ~= "yes" and ROADS[way:Find("highway")] or nil
  if road then
    way:Layer("road", false)
    way:Attribute("class", road.class)
    name_attributes(way)
    if road.link then way:AttributeNumeric("link", 1) end
    structure(way)
    if road.class == "service" and way:Find("service") ~= "" then way:MinZoom(15) else way:MinZoom(road.minZoom) end
    return true
  end
  local rail = RAILS[way:Find("railway")]
  if rail then
    way:Layer("rail", false)
    way:Attribute("class", rail.class)
    local siding = way:Find("service") ~= ""
    if siding then way:AttributeNumeric("siding", 1) end
    structure(way)
    if siding then way:MinZoom(math.max(13, rail.minZoom)) else way:MinZoom(rail.minZoom) end
    return true
  end
  local waterway = WATERWAYS[way:Find("waterway")]
  if waterway and not is_tunnel(way) then
    way:Layer("waterway", false)
    way:Attribute("class", waterway.class)
    name_attributes(way)
    way:MinZoom(waterway.minZoom)
    return true
  end
  return false
end

local function boundary(way)
  if way:Find("boundary") ~= "administrative" then return end
  local level = tonumber(way:Find("admin_level"))
  if not level or level < 2 or level > 10 then return end
  way:Layer("boundary", false)
  way:AttributeNumeric("admin_level", level)
  if level <= 4 then way:MinZoom(6) elseif level <= 6 then way:MinZoom(8)
  elseif level <= 8 then way:MinZoom(10) else way:MinZoom(12) end
end

local function area(way)
  local building = way:Find("building")
  if building ~= "" and building ~= "no" then
    way:Layer("building", true)
    way:MinZoom(area_zoom(way:Area(), 13))
    return
  end
  local water = match(WATER_AREAS, way)
  if water then
    if way:Find("water") == "river" then water = "river" end
    way:Layer("water", true)
    way:Attribute("class", water)
    local zoom = area_zoom(way:Area(), 6)
    way:MinZoom(zoom)
    if names(way) ~= "" and water ~= "river" then
      way:LayerAsCentroid("place")
      way:Attribute("class", "water")
      name_attributes(way)
      way:MinZoom(math.min(MAX_ZOOM, zoom + WATER_NAME_LATER))
    end
    return
  end
  local land = match(LAND_AREAS, way)
  if way:Find("area") == "yes" and ROADS[way:Find("highway")] then land = "plaza" end
  if not land then return end
  way:Layer("landuse", true)
  way:Attribute("class", land)
  local lowest = 6
  if land == "residential" or land == "farmland" then lowest = 8 end
  way:MinZoom(area_zoom(way:Area(), lowest))
end

function way_function(way)
  boundary(way)
  if line(way) then return end
  if way:IsClosed() then
    area(way)
    point(way, true)
  end
end
`;
