/** Key points on the administration's maps, thousands of them: a dot each, a larger one for what is chosen. */
import { useMemo } from 'react';
import type { Position } from '../../shared/geo/position.ts';
import { pointFeature, useFeatures } from '../map/use-features.ts';
import type { OwnLayer } from '../map/use-geojson-layer.ts';
import { useGeoJsonLayer } from '../map/use-geojson-layer.ts';
import type { Tokens } from '../ui/tokens.ts';

export interface Dot extends Position {
  id: string;
}
const toFeature = (dot: Dot) => pointFeature(dot, { id: dot.id });

const layersOf = (color: string, tokens: Tokens): OwnLayer[] => [
  {
    id: 'dot',
    type: 'circle',
    paint: {
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, 2.5, 14, 8],
      'circle-color': color,
      'circle-stroke-color': tokens.base,
      'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 9, 0.5, 14, 2],
    },
  },
];

export function KeyPointDots(props: {
  id: string;
  dots: readonly Dot[];
  color: string;
  tokens: Tokens;
  onSelect?: (id: string) => void;
}) {
  const { color, tokens, onSelect } = props;
  const data = useFeatures(props.dots, toFeature);
  const layers = useMemo(() => layersOf(color, tokens), [color, tokens]);
  useGeoJsonLayer({
    id: props.id,
    slot: 'selection',
    data,
    layers,
    ...(onSelect ? { onClick: (feature) => onSelect(String(feature.properties['id'])) } : {}),
  });
  return null;
}
