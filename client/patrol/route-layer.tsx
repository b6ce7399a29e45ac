/** The way to the current task in the shape of the roads; broken where it is only an estimate. */
import { useMemo } from 'react';
import type { FeatureCollection } from 'geojson';
import type { OwnLayer } from '../map/use-geojson-layer.ts';
import { useGeoJsonLayer } from '../map/use-geojson-layer.ts';
import type { Tokens } from '../ui/tokens.ts';
import { useTaskPlans } from './task-plans.ts';

const layersOf = (tokens: Tokens): OwnLayer[] => [
  {
    id: 'casing',
    type: 'line',
    filter: ['!', ['get', 'estimated']],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': tokens.base, 'line-width': 9, 'line-opacity': 0.8 },
  },
  {
    id: 'way',
    type: 'line',
    filter: ['!', ['get', 'estimated']],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': tokens.team, 'line-width': 5 },
  },
  {
    id: 'estimate',
    type: 'line',
    filter: ['get', 'estimated'],
    layout: { 'line-cap': 'round' },
    paint: { 'line-color': tokens.team, 'line-width': 3, 'line-dasharray': [1, 2] },
  },
];

export function RouteLayer({ tokens }: { tokens: Tokens }) {
  const way = useTaskPlans((store) => store.way);
  const data = useMemo<FeatureCollection>(
    () => ({
      type: 'FeatureCollection',
      features:
        way === null
          ? []
          : [
              {
                type: 'Feature',
                geometry: { type: 'LineString', coordinates: way.leg.line },
                properties: { id: 'way', estimated: way.estimated },
              },
            ],
    }),
    [way],
  );
  const layers = useMemo(() => layersOf(tokens), [tokens]);
  useGeoJsonLayer({ id: 'route', slot: 'coverage', data, layers });
  return null;
}
