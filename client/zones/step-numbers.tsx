/** Near enough, each cell says its step as a number: the second sign for whoever can't tell the colours apart. */
import { cellToLatLng, polygonToCells } from 'h3-js';
import type { FeatureCollection } from 'geojson';
import { useEffect, useMemo, useState } from 'react';
import { indexOfCell } from '../../shared/zones/cell-field.ts';
import { LABEL_FONT } from '../map/font-names.ts';
import { useMap } from '../map/map-context.ts';
import { pointFeature } from '../map/use-features.ts';
import { useGeoJsonLayer } from '../map/use-geojson-layer.ts';
import type { OwnLayer } from '../map/use-geojson-layer.ts';
import type { Tokens } from '../ui/tokens.ts';
import type { ColdPicture } from './picture.ts';

/** A cell of resolution 9 is about 60 pixels across from here on; each finer resolution is 1.4 zooms nearer. */
const fromZoom = 13.4;
const usualResolution = 9;
const zoomPerResolution = 1.4;

const layersOf = (tokens: Tokens): OwnLayer[] => [
  {
    id: 'step',
    type: 'symbol',
    layout: {
      'text-field': ['get', 'step'],
      'text-font': [LABEL_FONT],
      'text-size': 13,
      'symbol-sort-key': ['-', 0, ['to-number', ['get', 'step']]],
    },
    paint: {
      'text-color': tokens.quiet,
      'text-halo-color': tokens.base,
      'text-halo-width': 1.25,
      'text-opacity': 0.85,
    },
  },
];

export function StepNumbers({ picture, tokens }: { picture: ColdPicture | null; tokens: Tokens }) {
  const { map } = useMap();
  const [moves, setMoves] = useState(0);
  useEffect(() => {
    const moved = () => setMoves((count) => count + 1);
    map.on('moveend', moved);
    return () => void map.off('moveend', moved);
  }, [map]);
  const data = useMemo<FeatureCollection>(
    () => ({
      type: 'FeatureCollection',
      features: picture === null ? [] : numbersIn(map, picture),
    }),
    // oxlint-disable-next-line react/exhaustive-deps -- what the map shows is read anew after each move
    [map, picture, moves],
  );
  const layers = useMemo(() => layersOf(tokens), [tokens]);
  useGeoJsonLayer({ id: 'cell-steps', slot: 'cells', data, layers, clickLayers: [] });
  return null;
}

type Shown = Pick<ReturnType<typeof useMap>['map'], 'getZoom' | 'getBounds'>;

function numbersIn(map: Shown, { field, steps }: ColdPicture): FeatureCollection['features'] {
  const nearer = (field.resolution - usualResolution) * zoomPerResolution;
  if (map.getZoom() < fromZoom + nearer) return [];
  const bounds = map.getBounds();
  const [west, south] = [bounds.getWest(), bounds.getSouth()];
  const [east, north] = [bounds.getEast(), bounds.getNorth()];
  const view = [
    [north, west],
    [north, east],
    [south, east],
    [south, west],
  ];
  return polygonToCells(view, field.resolution).flatMap((id) => {
    const step = steps[indexOfCell(field, id)] ?? 0;
    if (step === 0) return [];
    const [lat, lon] = cellToLatLng(id);
    return [pointFeature({ lon, lat }, { id, step: String(step) })];
  });
}
