/**
 * Key points on the map: what kind as a picture, how long not seen as brightness, and as a second sign a ring: thin
 * when it was just seen, thick when it is due, double round a bright disc when it is overdue. A small dot is off its
 * hours. Without a hue: the warm ones are people.
 */
import { useEffect, useMemo } from 'react';
import type { ExpressionSpecification } from '@maplibre/maplibre-gl-style-spec';
import { keyPointKinds } from '../../shared/key-points/kinds.ts';
import { useMap } from '../map/map-context.ts';
import { pointFeature, useFeatures } from '../map/use-features.ts';
import type { OwnLayer } from '../map/use-geojson-layer.ts';
import { useGeoJsonLayer } from '../map/use-geojson-layer.ts';
import type { Tokens } from '../ui/tokens.ts';
import type { JudgedKeyPoint } from './judged.ts';
import { drawPicture } from './pictures.tsx';

const lookOf = ({ due }: JudgedKeyPoint): string => due.state;
const order = { off: 0, fresh: 1, due: 2, overdue: 3 };

const toFeature = ({ keyPoint, due }: JudgedKeyPoint) =>
  pointFeature(keyPoint, {
    id: keyPoint.id,
    kind: keyPoint.kind,
    state: due.state,
    order: order[due.state],
  });

const byState = (off: unknown, fresh: unknown, due: unknown, overdue: unknown) =>
  ['match', ['get', 'state'], 'overdue', overdue, 'due', due, 'fresh', fresh, off] as never;

/** Pictures wait until there is room for them. */
const picturesFrom = 13;
const growing = (far: unknown, near: unknown): ExpressionSpecification =>
  ['interpolate', ['linear'], ['zoom'], 10, far, picturesFrom + 1, near] as never;

function layersOf(tokens: Tokens): OwnLayer[] {
  return [
    {
      id: 'ring',
      type: 'circle',
      filter: ['==', ['get', 'state'], 'overdue'],
      paint: {
        'circle-radius': growing(5, 15),
        'circle-color': 'transparent',
        'circle-stroke-color': tokens.quiet,
        'circle-stroke-width': growing(1, 2),
      },
    },
    {
      id: 'disc',
      type: 'circle',
      layout: { 'circle-sort-key': ['get', 'order'] },
      paint: {
        'circle-radius': growing(byState(2, 2.5, 3, 3.5), byState(8, 11, 11, 11)),
        'circle-color': byState(tokens.base, tokens.surface, tokens.surface, tokens.quiet),
        'circle-stroke-color': byState(tokens.edge, tokens.edge, tokens.quiet, tokens.base),
        'circle-stroke-width': growing(1, byState(1, 1.5, 3, 2)),
      },
    },
    {
      id: 'picture',
      type: 'symbol',
      minzoom: picturesFrom,
      layout: {
        'icon-image': [
          'concat',
          'key-point-',
          ['get', 'kind'],
          ['match', ['get', 'state'], 'overdue', '-dark', 'off', '-quiet', '-light'],
        ],
        'icon-size': ['match', ['get', 'state'], 'off', 0.55, 0.85],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'symbol-sort-key': ['get', 'order'],
      },
    },
  ];
}

/** The map forgets its images with each new style. */
function usePictures(tokens: Tokens): void {
  const { map, styleEpoch } = useMap();
  useEffect(() => {
    const shades = { dark: tokens.base, light: tokens.text, quiet: tokens.quiet };
    for (const kind of keyPointKinds)
      for (const [shade, color] of Object.entries(shades)) {
        const name = `key-point-${kind}-${shade}`;
        const image = drawPicture(kind, color);
        if (image === null) continue;
        if (map.hasImage(name)) map.updateImage(name, image);
        else map.addImage(name, image, { pixelRatio: 2 });
      }
  }, [map, styleEpoch, tokens]);
}

export function KeyPointLayer(props: {
  keyPoints: readonly JudgedKeyPoint[];
  tokens: Tokens;
  onSelect: (keyPointId: string) => void;
}) {
  const { tokens, onSelect } = props;
  usePictures(tokens);
  const data = useFeatures(props.keyPoints, toFeature, lookOf);
  const layers = useMemo(() => layersOf(tokens), [tokens]);
  useGeoJsonLayer({
    id: 'key-points',
    slot: 'sightings',
    data,
    layers,
    clickLayers: ['disc', 'ring'],
    onClick: (feature) => onSelect(String(feature.properties['id'])),
  });
  return null;
}
