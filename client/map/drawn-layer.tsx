/** Areas drawn by hand, outlined and named: priority zones, and a team's patrol area. */
import { useMemo } from 'react';
import type { Polygon } from '../../shared/geo/position.ts';
import type { OwnLayer } from './use-geojson-layer.ts';
import { useGeoJsonLayer } from './use-geojson-layer.ts';
import { LABEL_FONT } from './font-names.ts';
import { useFeatures } from './use-features.ts';
import type { Tokens } from '../ui/tokens.ts';

interface Drawn {
  id: string;
  name: string;
  boundary: Polygon;
}

const toFeature = (zone: Drawn) => ({
  type: 'Feature' as const,
  id: zone.id,
  geometry: zone.boundary,
  properties: { id: zone.id, name: zone.name },
});

const layersOf = (color: string, tokens: Tokens): OwnLayer[] => [
  { id: 'fill', type: 'fill', paint: { 'fill-color': color, 'fill-opacity': 0.07 } },
  {
    id: 'edge',
    type: 'line',
    paint: { 'line-color': color, 'line-width': 2, 'line-dasharray': [2, 1.5] },
  },
  {
    id: 'name',
    type: 'symbol',
    minzoom: 11,
    layout: {
      'text-field': ['get', 'name'],
      'text-font': [LABEL_FONT],
      'text-size': 13,
      'symbol-placement': 'line',
      'text-offset': [0, 0.9],
    },
    paint: { 'text-color': color, 'text-halo-color': tokens.base, 'text-halo-width': 1.5 },
  },
];

export function DrawnLayer(props: {
  id: string;
  shapes: readonly Drawn[];
  color: string;
  tokens: Tokens;
  onSelect?: (id: string) => void;
}) {
  const { id, shapes, color, tokens, onSelect } = props;
  const data = useFeatures(shapes, toFeature);
  const layers = useMemo(() => layersOf(color, tokens), [color, tokens]);
  useGeoJsonLayer({
    id,
    slot: 'zones',
    data,
    layers,
    clickLayers: ['edge', 'name'],
    ...(onSelect ? { onClick: (feature) => onSelect(String(feature.properties['id'])) } : {}),
  });
  return null;
}
