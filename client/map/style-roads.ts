/** Streets, rails and boundaries: tunnels first, then the ground, then bridges. */
import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import type { Palette } from './palette.ts';
import { tiles } from './style-ground.ts';

/** Line width in pixels at zoom 10, 14 and 18, by class. */
const WIDTHS: Record<string, [number, number, number]> = {
  motorway: [2.2, 5.5, 26],
  trunk: [2, 5, 24],
  primary: [1.5, 4.4, 22],
  secondary: [1, 3.6, 18],
  tertiary: [0.6, 2.8, 15],
  minor: [0.3, 1.7, 11],
  service: [0.2, 0.9, 6],
  path: [0.2, 0.8, 2.5],
};

function width(scale: number, extra: number): ExpressionSpecification {
  const at = (stop: 0 | 1 | 2): ExpressionSpecification => {
    const link: ExpressionSpecification = ['case', ['has', 'link'], 0.6, 1];
    const cases = Object.entries(WIDTHS).flatMap(([kind, stops]) => [kind, stops[stop] * scale]);
    // The type of `match` can't count pairs in a list that is spread.
    const byClass = ['match', ['get', 'class'], ...cases, 1] as unknown as ExpressionSpecification;
    return ['+', ['*', byClass, link], extra];
  };
  return ['interpolate', ['exponential', 1.6], ['zoom'], 10, at(0), 14, at(1), 18, at(2)];
}

function color(palette: Palette): ExpressionSpecification {
  return [
    'match',
    ['get', 'class'],
    'motorway',
    palette.motorway,
    ['trunk', 'primary'],
    palette.major,
    ['secondary', 'tertiary'],
    palette.middle,
    'minor',
    palette.minor,
    'service',
    palette.service,
    palette.path,
  ];
}

/** Larger streets over smaller ones. */
const RANK: ExpressionSpecification = [
  'match',
  ['get', 'class'],
  'motorway',
  7,
  'trunk',
  6,
  'primary',
  5,
  'secondary',
  4,
  'tertiary',
  3,
  'minor',
  2,
  1,
];

const ON_GROUND: ExpressionSpecification = [
  'all',
  ['!', ['has', 'tunnel']],
  ['!', ['has', 'bridge']],
];
const NOT_PATH: ExpressionSpecification = ['!=', ['get', 'class'], 'path'];

export function roadLayers(palette: Palette): LayerSpecification[] {
  return [
    {
      id: 'road-tunnel',
      type: 'line',
      ...tiles('road'),
      filter: ['has', 'tunnel'],
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': color(palette),
        'line-width': width(1, 0),
        'line-dasharray': [1.2, 0.8],
        'line-opacity': 0.8,
      },
    },
    boundary(palette),
    path(palette, 'road-path', ON_GROUND),
    casing('road-casing', ['all', ON_GROUND, NOT_PATH], palette.casing, 1.4),
    road('road', ['all', ON_GROUND, NOT_PATH], palette),
    ...rails(palette),
    path(palette, 'bridge-path', ['has', 'bridge']),
    casing('bridge-casing', ['all', ['has', 'bridge'], NOT_PATH], palette.bridgeCasing, 2),
    road('bridge', ['all', ['has', 'bridge'], NOT_PATH], palette),
  ];
}

function road(id: string, filter: FilterSpecification, palette: Palette): LayerSpecification {
  return {
    id,
    type: 'line',
    ...tiles('road'),
    filter,
    layout: { 'line-cap': 'round', 'line-join': 'round', 'line-sort-key': RANK },
    paint: { 'line-color': color(palette), 'line-width': width(1, 0) },
  };
}

function casing(
  id: string,
  filter: FilterSpecification,
  casingColor: string,
  extra: number,
): LayerSpecification {
  return {
    id,
    type: 'line',
    ...tiles('road'),
    minzoom: 12,
    filter,
    layout: { 'line-cap': 'butt', 'line-join': 'round', 'line-sort-key': RANK },
    paint: {
      'line-color': casingColor,
      'line-width': width(1, extra),
      'line-opacity': ['interpolate', ['linear'], ['zoom'], 12, 0, 13.5, 1],
    },
  };
}

function path(palette: Palette, id: string, where: ExpressionSpecification): LayerSpecification {
  return {
    id,
    type: 'line',
    ...tiles('road'),
    minzoom: 14,
    filter: ['all', where, ['==', ['get', 'class'], 'path']],
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': palette.path,
      'line-width': width(1, 0),
      'line-dasharray': [3, 1.5],
      'line-opacity': ['interpolate', ['linear'], ['zoom'], 14, 0, 15.5, 1],
    },
  };
}

function rails(palette: Palette): LayerSpecification[] {
  const shown: ExpressionSpecification = [
    'all',
    ['!', ['has', 'tunnel']],
    ['==', ['get', 'class'], 'rail'],
  ];
  return [
    {
      id: 'rail-tram',
      type: 'line',
      ...tiles('rail'),
      minzoom: 14,
      filter: ['==', ['get', 'class'], 'tram'],
      paint: {
        'line-color': palette.rail,
        'line-width': ['interpolate', ['exponential', 1.5], ['zoom'], 14, 0.5, 18, 1.6],
        'line-opacity': 0.6,
      },
    },
    {
      id: 'rail',
      type: 'line',
      ...tiles('rail'),
      filter: shown,
      paint: {
        'line-color': palette.rail,
        'line-width': [
          'interpolate',
          ['exponential', 1.5],
          ['zoom'],
          9,
          0.6,
          14,
          ['case', ['has', 'siding'], 0.8, 2],
          18,
          ['case', ['has', 'siding'], 3, 6],
        ],
      },
    },
    {
      id: 'rail-gaps',
      type: 'line',
      ...tiles('rail'),
      minzoom: 13,
      filter: ['all', shown, ['!', ['has', 'siding']]],
      paint: {
        'line-color': palette.railGap,
        'line-width': ['interpolate', ['exponential', 1.5], ['zoom'], 13, 0.6, 18, 4],
        'line-dasharray': [4, 4],
      },
    },
  ];
}

function boundary(palette: Palette): LayerSpecification {
  return {
    id: 'boundary',
    type: 'line',
    ...tiles('boundary'),
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': palette.boundary,
      'line-width': ['match', ['get', 'admin_level'], [2, 3, 4], 1.6, [5, 6], 1.2, 0.8],
      'line-dasharray': [4, 2, 1, 2],
      'line-opacity': 0.7,
    },
  };
}
