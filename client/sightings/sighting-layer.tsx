/** Single reports: small dots, only from near, so that the places they belong to stay the message. */
import { useMemo } from 'react';
import type { SightingView } from '../../shared/sightings/schema.ts';
import type { OwnLayer } from '../map/use-geojson-layer.ts';
import { useGeoJsonLayer } from '../map/use-geojson-layer.ts';
import { pointFeature, useFeatures } from '../map/use-features.ts';
import type { Tokens } from '../ui/tokens.ts';

const nearZoom = 14;

const toFeature = (sighting: SightingView) =>
  pointFeature(sighting, {
    id: sighting.id,
    clusterId: sighting.clusterId ?? '',
    placed: sighting.placement !== null,
  });

const layersOf = (tokens: Tokens, clusterId: string): OwnLayer[] => [
  {
    id: 'dot',
    type: 'circle',
    minzoom: nearZoom,
    paint: {
      'circle-radius': ['case', ['==', ['get', 'clusterId'], clusterId], 6, 4],
      'circle-color': ['case', ['==', ['get', 'clusterId'], clusterId], tokens.focus, tokens.quiet],
      'circle-stroke-color': ['case', ['get', 'placed'], tokens.action, tokens.base],
      'circle-stroke-width': ['case', ['get', 'placed'], 3, 1.5],
    },
  },
];

export function SightingLayer(props: {
  sightings: readonly SightingView[];
  selectedClusterId: string | null;
  tokens: Tokens;
}) {
  const { sightings, selectedClusterId, tokens } = props;
  const data = useFeatures(sightings, toFeature);
  const layers = useMemo(
    () => layersOf(tokens, selectedClusterId ?? '-'),
    [tokens, selectedClusterId],
  );
  useGeoJsonLayer({ id: 'sightings', slot: 'sightings', data, layers });
  return null;
}
