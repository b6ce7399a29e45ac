/** What is closed to traffic: an edge like a barrier's tape, and the word with the reason in its middle. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Polygon } from '../../shared/geo/position.ts';
import { LABEL_FONT } from '../map/font-names.ts';
import { useFeatures } from '../map/use-features.ts';
import { useGeoJsonLayer } from '../map/use-geojson-layer.ts';
import type { OwnLayer } from '../map/use-geojson-layer.ts';
import type { Tokens } from '../ui/tokens.ts';
import { useClosures } from './store.ts';

interface Shape {
  id: string;
  boundary: Polygon;
  name: string;
}

const toFeature = ({ id, boundary, name }: Shape) => ({
  type: 'Feature' as const,
  id,
  geometry: boundary,
  properties: { id, name },
});

const layersOf = ({ notice, base }: Tokens): OwnLayer[] => [
  { id: 'fill', type: 'fill', paint: { 'fill-color': notice, 'fill-opacity': 0.22 } },
  { id: 'edge', type: 'line', paint: { 'line-color': notice, 'line-width': 6 } },
  {
    id: 'tape',
    type: 'line',
    paint: { 'line-color': base, 'line-width': 3.5, 'line-dasharray': [1.2, 1.2] },
  },
  {
    id: 'name',
    type: 'symbol',
    minzoom: 12,
    layout: {
      'text-field': ['get', 'name'],
      'text-font': [LABEL_FONT],
      'text-size': 14,
      'text-max-width': 12,
      'text-allow-overlap': true,
    },
    paint: { 'text-color': notice, 'text-halo-color': base, 'text-halo-width': 2 },
  },
];

export function ClosureLayer({ tokens }: { tokens: Tokens }) {
  const { t } = useTranslation('roads');
  const closures = useClosures();
  const shapes = useMemo(
    () =>
      closures.map(({ id, boundary, reason }) => ({
        id,
        boundary,
        name: t('closure.onMap', { reason }),
      })),
    [closures, t],
  );
  const data = useFeatures(shapes, toFeature);
  const layers = useMemo(() => layersOf(tokens), [tokens]);
  useGeoJsonLayer({ id: 'closures', slot: 'zones', data, layers });
  return null;
}
