/** Names on the map, drawn with the bundled Chinese font; the important ones are placed first. */
import type {
  DataDrivenPropertyValueSpecification,
  ExpressionSpecification,
  LayerSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import { LABEL_FONT, STRONG_LABEL_FONT } from './font-names.ts';
import type { Palette } from './palette.ts';
import { tiles } from './style-ground.ts';
import type { MapLanguage } from './map-view-props.ts';

export function nameIn(language: MapLanguage): ExpressionSpecification {
  return ['coalesce', ['get', language === 'zh' ? 'name_zh' : 'name_en'], ['get', 'name']];
}

type Size = DataDrivenPropertyValueSpecification<number>;

/** Later layers are placed first: places, then stations and hospitals, then streets. */
export function labelLayers(palette: Palette, language: MapLanguage): LayerSpecification[] {
  const name = nameIn(language);
  return [
    ...roadLabels(palette, name),
    ...waterLabels(palette, name),
    ...poiLabels(palette, name),
    ...placeLabels(palette, name),
  ];
}

function halo(
  palette: Palette,
  color: string,
): {
  'text-color': string;
  'text-halo-color': string;
  'text-halo-width': number;
} {
  return { 'text-color': color, 'text-halo-color': palette.halo, 'text-halo-width': 1.4 };
}

function roadLabels(palette: Palette, name: ExpressionSpecification): LayerSpecification[] {
  const along = (
    id: string,
    classes: string[],
    minzoom: number,
    size: Size,
    color: string,
  ): LayerSpecification => ({
    id: `label-road-${id}`,
    type: 'symbol',
    ...tiles('road'),
    minzoom,
    filter: ['all', ['in', ['get', 'class'], ['literal', classes]], ['has', 'name']],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 460,
      'text-field': name,
      'text-font': [LABEL_FONT],
      'text-size': size,
      'text-letter-spacing': 0.06,
      'text-max-angle': 35,
      'text-padding': 6,
    },
    paint: halo(palette, color),
  });
  return [
    along('path', ['path', 'service'], 16.5, 11.5, palette.quietLabel),
    along(
      'minor',
      ['minor'],
      14.6,
      ['interpolate', ['linear'], ['zoom'], 14, 11, 18, 14],
      palette.quietLabel,
    ),
    along(
      'middle',
      ['secondary', 'tertiary'],
      13,
      ['interpolate', ['linear'], ['zoom'], 12, 11, 18, 15],
      palette.label,
    ),
    along(
      'major',
      ['motorway', 'trunk', 'primary'],
      11.5,
      ['interpolate', ['linear'], ['zoom'], 11, 11, 18, 16],
      palette.label,
    ),
  ];
}

function waterLabels(palette: Palette, name: ExpressionSpecification): LayerSpecification[] {
  return [
    {
      id: 'label-waterway',
      type: 'symbol',
      ...tiles('waterway'),
      minzoom: 11,
      filter: ['all', ['has', 'name'], ['in', ['get', 'class'], ['literal', ['river', 'canal']]]],
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 500,
        'text-field': name,
        'text-font': [LABEL_FONT],
        'text-size': ['interpolate', ['linear'], ['zoom'], 11, 11, 16, 15],
        'text-letter-spacing': 0.3,
        'text-max-angle': 40,
      },
      paint: {
        'text-color': palette.waterLabel,
        'text-halo-color': palette.water,
        'text-halo-width': 1,
      },
    },
    {
      id: 'label-water',
      type: 'symbol',
      ...tiles('place'),
      filter: ['==', ['get', 'class'], 'water'],
      layout: {
        'text-field': name,
        'text-font': [LABEL_FONT],
        'text-size': ['interpolate', ['linear'], ['zoom'], 12, 11, 16, 15],
        'text-letter-spacing': 0.15,
        'text-max-width': 7,
      },
      paint: {
        'text-color': palette.waterLabel,
        'text-halo-color': palette.water,
        'text-halo-width': 1,
      },
    },
  ];
}

function poiLabels(palette: Palette, name: ExpressionSpecification): LayerSpecification[] {
  const dots = (
    id: string,
    from: number,
    ranks: [number, number],
    size: number,
  ): LayerSpecification => ({
    id: `label-poi-${id}`,
    type: 'symbol',
    ...tiles('poi'),
    minzoom: from,
    filter: [
      'all',
      ['has', 'name'],
      ['>=', ['get', 'rank'], ranks[0]],
      ['<=', ['get', 'rank'], ranks[1]],
    ],
    layout: {
      'text-field': name,
      'text-font': [LABEL_FONT],
      'text-size': ['interpolate', ['linear'], ['zoom'], from, size, 18, size + 2],
      'text-max-width': 8,
      'text-line-height': 1.25,
      'text-padding': 8,
      'symbol-sort-key': ['get', 'rank'],
    },
    paint: halo(palette, palette.symbol),
  });
  return [
    dots('detail', 15.8, [5, 9], 11),
    dots('middle', 14.2, [3, 4], 11.5),
    dots('main', 12.2, [1, 2], 12),
  ];
}

function place(
  id: string,
  classes: string[],
  zooms: [number, number],
  size: Size,
  look: { name: ExpressionSpecification; palette: Palette; color: string; font?: string },
): LayerSpecification {
  return {
    id: `label-place-${id}`,
    type: 'symbol',
    ...tiles('place'),
    minzoom: zooms[0],
    maxzoom: zooms[1],
    filter: ['in', ['get', 'class'], ['literal', classes]],
    layout: {
      'text-field': look.name,
      'text-font': [look.font ?? LABEL_FONT],
      'text-size': size,
      'text-letter-spacing': 0.12,
      'text-max-width': 8,
      'text-padding': 10,
    },
    paint: halo(look.palette, look.color),
  };
}

function grow(from: number, small: number, to: number, large: number): Size {
  return ['interpolate', ['linear'], ['zoom'], from, small, to, large];
}

function placeLabels(palette: Palette, name: ExpressionSpecification): LayerSpecification[] {
  const quiet = { name, palette, color: palette.quietLabel };
  const usual = { name, palette, color: palette.label };
  const strong = { name, palette, color: palette.placeLabel, font: STRONG_LABEL_FONT };
  return [
    place('neighbourhood', ['neighbourhood', 'square'], [13.5, 17], grow(13.5, 11, 17, 14), quiet),
    place('quarter', ['quarter', 'village', 'island'], [12, 16], grow(12, 12, 16, 15), usual),
    place('district', ['district'], [10, 15.2], grow(10, 12, 15, 17), strong),
    place('city', ['city', 'town'], [6, 12], grow(6, 13, 12, 20), strong),
  ];
}
