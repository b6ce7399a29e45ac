/** From each team under way to where it is going: a straight line, since no roads are known here. */
import { useMemo } from 'react';
import type { FeatureCollection } from 'geojson';
import type { DispatchView } from '../../shared/dispatch/schema.ts';
import type { TeamPosition } from '../../shared/patrols/schema.ts';
import type { OwnLayer } from '../map/use-geojson-layer.ts';
import { useGeoJsonLayer } from '../map/use-geojson-layer.ts';
import type { Tokens } from '../ui/tokens.ts';

const layersOf = (tokens: Tokens): OwnLayer[] => [
  {
    id: 'way',
    type: 'line',
    layout: { 'line-cap': 'round' },
    paint: {
      'line-color': tokens.team,
      'line-width': ['case', ['get', 'offered'], 1.5, 2.5],
      'line-dasharray': [1, 2],
      'line-opacity': 0.9,
    },
  },
];

export function WayLayer(props: {
  dispatches: Iterable<DispatchView>;
  positions: ReadonlyMap<string, TeamPosition>;
  tokens: Tokens;
}) {
  const { dispatches, positions, tokens } = props;
  const data = useMemo<FeatureCollection>(() => {
    const features: FeatureCollection['features'] = [];
    for (const { id, teamId, target, state } of dispatches) {
      const from = positions.get(teamId);
      if (!from || state === 'on_scene') continue;
      features.push({
        type: 'Feature',
        id,
        geometry: {
          type: 'LineString',
          coordinates: [
            [from.lon, from.lat],
            [target.lon, target.lat],
          ],
        },
        properties: { id, offered: state === 'offered' },
      });
    }
    return { type: 'FeatureCollection', features };
  }, [dispatches, positions]);
  const layers = useMemo(() => layersOf(tokens), [tokens]);
  useGeoJsonLayer({ id: 'ways', slot: 'coverage', data, layers });
  return null;
}
