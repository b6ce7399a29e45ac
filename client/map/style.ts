/** The base map's styles: night and day, in Chinese or English, on our tiles, on Tianditu, on nothing. */
import type {
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import type { Bounds } from '../../shared/basemap/schema.ts';
import type { MapBasemap } from './basemap.ts';
import { labelFaces } from './faces.ts';
import { gridLines } from './grid.ts';
import type { MapLanguage } from './map-view-props.ts';
import { palettes } from './palette.ts';
import type { MapTheme, Palette } from './palette.ts';
import { SLOTS_OVER_LABELS, SLOTS_UNDER_LABELS, slotMarkerId } from './slots.ts';
import type { Slot } from './slots.ts';
import { groundLayers } from './style-ground.ts';
import { labelLayers } from './style-labels.ts';
import { roadLayers } from './style-roads.ts';

export interface StyleInput {
  basemap: MapBasemap;
  theme: MapTheme;
  language: MapLanguage;
  /** The city's box; the empty map draws its grid there. */
  bounds: Bounds;
}

/** Null for a configured style address, whose style is its own. */
export function buildStyle(input: StyleInput): StyleSpecification | null {
  const { basemap, theme, language } = input;
  const palette = palettes[theme];
  switch (basemap.kind) {
    case 'style':
      return null;
    case 'pmtiles':
      return compose(
        palette,
        {
          basemap: {
            type: 'vector',
            url: `pmtiles://${new URL(basemap.url, location.href).href}`,
            attribution: basemap.attribution,
          },
        },
        [...groundLayers(palette), ...roadLayers(palette)],
        labelLayers(palette, language),
      );
    case 'tianditu':
      return compose(
        palette,
        tiandituSources(basemap, language),
        tiandituLayer('vec', theme),
        tiandituLayer('names', theme),
      );
    case 'none':
      return compose(
        palette,
        { grid: { type: 'geojson', data: gridLines(input.bounds) } },
        [gridLayer(palette)],
        [],
      );
  }
}

function compose(
  palette: Palette,
  sources: Record<string, SourceSpecification>,
  ground: LayerSpecification[],
  labels: LayerSpecification[],
): StyleSpecification {
  const faces = labelFaces();
  return {
    version: 8,
    ...(faces && { 'font-faces': faces }),
    sources,
    layers: [
      { id: 'land', type: 'background', paint: { 'background-color': palette.land } },
      ...ground,
      ...SLOTS_UNDER_LABELS.map(slotMarker),
      ...labels,
      ...SLOTS_OVER_LABELS.map(slotMarker),
    ],
  };
}

export function slotMarker(slot: Slot): LayerSpecification {
  return { id: slotMarkerId(slot), type: 'background', layout: { visibility: 'none' } };
}

function gridLayer(palette: Palette): LayerSpecification {
  return {
    id: 'grid',
    type: 'line',
    source: 'grid',
    paint: { 'line-color': palette.grid, 'line-width': 1 },
  };
}

const TIANDITU_SERVERS = [0, 1, 2, 3, 4, 5, 6, 7];

function tiandituSources(
  { key, attribution }: MapBasemap & { kind: 'tianditu' },
  language: MapLanguage,
): Record<string, SourceSpecification> {
  const source = (layer: string): SourceSpecification => ({
    type: 'raster',
    tileSize: 256,
    maxzoom: 18,
    attribution,
    tiles: TIANDITU_SERVERS.map(
      (server) =>
        `https://t${server}.tianditu.gov.cn/${layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=${key}`,
    ),
  });
  return { vec: source('vec'), names: source(language === 'zh' ? 'cva' : 'eva') };
}

/** Their pictures are for daylight; by night they are dimmed and drained of colour. */
function tiandituLayer(source: string, theme: MapTheme): LayerSpecification[] {
  const night = {
    'raster-brightness-max': 0.38,
    'raster-saturation': -0.75,
    'raster-contrast': 0.1,
  };
  const day = { 'raster-brightness-max': 1, 'raster-saturation': -0.25, 'raster-contrast': 0 };
  return [
    { id: `tianditu-${source}`, type: 'raster', source, paint: theme === 'night' ? night : day },
  ];
}
