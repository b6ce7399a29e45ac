/** Land, water, buildings: what lies under the streets. */
import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { TileLayer } from '../../shared/basemap/schema.ts';
import type { Palette } from './palette.ts';

/** Source and source layer of a base-map layer. */
export function tiles(layer: TileLayer): { source: 'basemap'; 'source-layer': TileLayer } {
  return { source: 'basemap', 'source-layer': layer };
}

function landuse(id: string, classes: string[], color: string): LayerSpecification {
  return {
    id: `landuse-${id}`,
    type: 'fill',
    ...tiles('landuse'),
    filter: ['in', ['get', 'class'], ['literal', classes]],
    paint: { 'fill-color': color },
  };
}

export function groundLayers(palette: Palette): LayerSpecification[] {
  return [
    landuse('built', ['residential', 'commercial', 'plaza'], palette.built),
    landuse('industry', ['industrial', 'railway', 'parking', 'rock'], palette.industry),
    landuse('campus', ['education', 'hospital'], palette.campus),
    landuse(
      'green',
      ['park', 'wood', 'grass', 'pitch', 'cemetery', 'wetland', 'farmland', 'beach'],
      palette.green,
    ),
    { id: 'ocean', type: 'fill', ...tiles('ocean'), paint: { 'fill-color': palette.water } },
    { id: 'water', type: 'fill', ...tiles('water'), paint: { 'fill-color': palette.water } },
    {
      id: 'waterway',
      type: 'line',
      ...tiles('waterway'),
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': palette.water,
        'line-width': [
          'interpolate',
          ['exponential', 1.5],
          ['zoom'],
          8,
          ['match', ['get', 'class'], 'river', 1, 0.4],
          18,
          ['match', ['get', 'class'], 'river', 12, 'canal', 8, 4],
        ],
      },
    },
    {
      id: 'building',
      type: 'fill',
      ...tiles('building'),
      minzoom: 13,
      paint: {
        'fill-color': palette.building,
        'fill-outline-color': palette.buildingEdge,
        'fill-opacity': ['interpolate', ['linear'], ['zoom'], 13, 0, 14.2, 1],
      },
    },
  ];
}
