/** Streets that a team went along, under the names: the rest of the map shows where nobody was. */
import { useMemo } from 'react';
import type { CoveredStreets } from '../../shared/tracks/schema.ts';
import { useGeoJsonLayer } from '../map/use-geojson-layer.ts';
import type { OwnLayer } from '../map/use-geojson-layer.ts';
import type { Tokens } from '../ui/tokens.ts';

const layersOf = (tokens: Tokens): OwnLayer[] => [
  {
    id: 'line',
    type: 'line',
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': tokens.done,
      'line-width': ['interpolate', ['linear'], ['zoom'], 10, 1.5, 16, 6],
      'line-opacity': 0.75,
    },
  },
];

export function CoveredStreetsLayer(props: { streets: CoveredStreets; tokens: Tokens }) {
  const { streets, tokens } = props;
  const data = useMemo(
    () => ({
      type: 'FeatureCollection' as const,
      features: streets.lines.map((coordinates, index) => ({
        type: 'Feature' as const,
        id: index,
        geometry: { type: 'LineString' as const, coordinates },
        properties: { id: String(index) },
      })),
    }),
    [streets],
  );
  const layers = useMemo(() => layersOf(tokens), [tokens]);
  useGeoJsonLayer({ id: 'covered-streets', slot: 'coverage', data, layers });
  return null;
}
