/** The outline of the place that is looked at, over everything that lies on it. */
import { cellsToMultiPolygon } from 'h3-js';
import { useMemo } from 'react';
import type { FeatureCollection } from 'geojson';
import { useGeoJsonLayer } from '../map/use-geojson-layer.ts';
import type { OwnLayer } from '../map/use-geojson-layer.ts';
import type { Tokens } from '../ui/tokens.ts';

const layersOf = (tokens: Tokens): OwnLayer[] => [
  {
    id: 'casing',
    type: 'line',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': tokens.base, 'line-width': 7, 'line-opacity': 0.7 },
  },
  {
    id: 'edge',
    type: 'line',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': tokens.focus, 'line-width': 4 },
  },
];

export function ChosenCellsLayer(props: { cells: readonly string[]; tokens: Tokens }) {
  const { cells, tokens } = props;
  const key = cells.join(' ');
  const data = useMemo<FeatureCollection>(
    () => ({
      type: 'FeatureCollection',
      features:
        key === ''
          ? []
          : [
              {
                type: 'Feature',
                properties: { id: 'chosen' },
                geometry: {
                  type: 'MultiPolygon',
                  coordinates: cellsToMultiPolygon(key.split(' '), true),
                },
              },
            ],
    }),
    [key],
  );
  const layers = useMemo(() => layersOf(tokens), [tokens]);
  useGeoJsonLayer({ id: 'chosen-cells', slot: 'selection', data, layers, clickLayers: [] });
  return null;
}
