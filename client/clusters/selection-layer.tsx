/** The chosen place: a ring around its disc and, to scale, how far its reports lie apart. */
import { circle } from '@turf/turf';
import { useMemo } from 'react';
import type { FeatureCollection } from 'geojson';
import type { ClusterView } from '../../shared/clusters/schema.ts';
import type { OwnLayer } from '../map/use-geojson-layer.ts';
import { useGeoJsonLayer } from '../map/use-geojson-layer.ts';
import type { Tokens } from '../ui/tokens.ts';

const layersOf = (tokens: Tokens): OwnLayer[] => [
  {
    id: 'reach',
    type: 'fill',
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': tokens.focus, 'fill-opacity': 0.12 },
  },
  {
    id: 'edge',
    type: 'line',
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'line-color': tokens.focus, 'line-width': 1.5, 'line-dasharray': [3, 2] },
  },
  {
    id: 'ring',
    type: 'circle',
    filter: ['==', ['geometry-type'], 'Point'],
    paint: {
      'circle-radius': 31,
      'circle-color': 'transparent',
      'circle-stroke-color': tokens.focus,
      'circle-stroke-width': 4,
    },
  },
];

const smallestShownMeters = 20;

export function SelectionLayer(props: {
  cluster: Pick<ClusterView, 'lon' | 'lat' | 'radiusMeters'> | null;
  tokens: Tokens;
}) {
  const { cluster, tokens } = props;
  const data = useMemo<FeatureCollection>(() => {
    if (cluster === null) return { type: 'FeatureCollection', features: [] };
    const middle = [cluster.lon, cluster.lat];
    const reach = circle(middle, Math.max(cluster.radiusMeters, smallestShownMeters), {
      units: 'meters',
      steps: 48,
    });
    return {
      type: 'FeatureCollection',
      features: [
        { ...reach, properties: { id: 'reach' } },
        {
          type: 'Feature',
          geometry: { type: 'Point', coordinates: middle },
          properties: { id: 'middle' },
        },
      ],
    };
  }, [cluster]);
  const layers = useMemo(() => layersOf(tokens), [tokens]);
  useGeoJsonLayer({ id: 'selection', slot: 'selection', data, layers });
  return null;
}
