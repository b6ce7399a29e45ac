/** The places on the map: a disc with the number of people, brighter, larger and with more rings the more urgent it is. */
import type { ExpressionSpecification } from '@maplibre/maplibre-gl-style-spec';
import { useMemo } from 'react';
import type { OwnLayer } from '../map/use-geojson-layer.ts';
import { useGeoJsonLayer } from '../map/use-geojson-layer.ts';
import { STRONG_LABEL_FONT } from '../map/font-names.ts';
import { pointFeature, useFeatures } from '../map/use-features.ts';
import type { Tokens } from '../ui/tokens.ts';
import type { RankedCluster } from './store.ts';

const lookOf = ({ cluster, priority }: RankedCluster): string =>
  `${priority.level}${priority.emergency} ${cluster.id}`;

const toFeature = ({ cluster, priority }: RankedCluster) =>
  pointFeature(cluster, {
    id: cluster.id,
    level: priority.level,
    emergency: priority.emergency,
    people: cluster.reportCount === 0 ? '–' : String(cluster.headcountLikely),
    order: priority.score,
  });

/** Radii in px by level: size is the second sign beside brightness. */
const radius: ExpressionSpecification = ['match', ['get', 'level'], 4, 19, 3, 16, 2, 13, 11];

/** With more places than this, far out, discs shrink to dots and numbers wait until there is room for them. */
const crowd = 250;
const farZoom = 11;
const nearZoom = 14;
const numbersFrom = 12.8;
const dot: ExpressionSpecification = [
  'case',
  ['get', 'emergency'],
  13,
  ['match', ['get', 'level'], 4, 6, 3, 4.5, 2, 3.5, 3],
];
const growing = (
  crowded: boolean,
  far: ExpressionSpecification | number,
  near: ExpressionSpecification,
): ExpressionSpecification =>
  crowded ? ['interpolate', ['linear'], ['zoom'], farZoom, far, nearZoom, near] : near;

function layersOf(tokens: Tokens, crowded: boolean): OwnLayer[] {
  const [one, two, three, four] = tokens.priority;
  const [onOne, onTwo, onThree, onFour] = tokens.onPriority;
  const byLevel = (values: readonly string[], danger: string) => [
    'case',
    ['get', 'emergency'],
    danger,
    ['match', ['get', 'level'], 4, values[3], 3, values[2], 2, values[1], values[0]],
  ];
  const fill = byLevel([one, two, three, four], tokens.danger);
  const ink = byLevel([onOne, onTwo, onThree, onFour], tokens.onDanger);
  return [
    {
      id: 'ring',
      type: 'circle',
      filter: ['>=', ['get', 'level'], 3],
      paint: {
        'circle-radius': growing(
          crowded,
          ['+', dot, 2],
          ['+', radius, ['match', ['get', 'level'], 4, 7, 4]],
        ),
        'circle-color': 'transparent',
        'circle-stroke-color': fill as never,
        'circle-stroke-width': growing(crowded, 1, ['match', ['get', 'level'], 4, 3, 2]),
        'circle-stroke-opacity': 0.8,
      },
    },
    {
      id: 'disc',
      type: 'circle',
      layout: { 'circle-sort-key': ['get', 'order'] },
      paint: {
        'circle-radius': growing(crowded, dot, radius),
        'circle-color': fill as never,
        'circle-stroke-color': tokens.base,
        'circle-stroke-width': crowded
          ? ['interpolate', ['linear'], ['zoom'], farZoom, 1, nearZoom, 2]
          : 2,
      },
    },
    peopleLayer(ink as never, crowded),
  ];
}

function peopleLayer(ink: ExpressionSpecification, crowded: boolean): OwnLayer {
  return {
    id: 'people',
    type: 'symbol',
    layout: {
      'text-field': [
        'case',
        ['get', 'emergency'],
        ['concat', '!', ['get', 'people']],
        ['get', 'people'],
      ],
      'text-font': [STRONG_LABEL_FONT],
      'text-size': ['match', ['get', 'level'], 4, 17, 3, 15, 13],
      'text-allow-overlap': true,
      'text-ignore-placement': true,
      'symbol-sort-key': ['get', 'order'],
    },
    paint: {
      'text-color': ink,
      'text-opacity': crowded
        ? ['step', ['zoom'], ['case', ['get', 'emergency'], 1, 0], numbersFrom, 1]
        : 1,
    },
  };
}

export function ClusterLayer(props: {
  clusters: readonly RankedCluster[];
  tokens: Tokens;
  onSelect: (clusterId: string) => void;
}) {
  const { tokens, onSelect } = props;
  const items = useStableRanks(props.clusters);
  const data = useFeatures(items, toFeature, lookOf);
  const crowded = items.length > crowd;
  const layers = useMemo(() => layersOf(tokens, crowded), [tokens, crowded]);
  useGeoJsonLayer({
    id: 'clusters',
    slot: 'clusters',
    data,
    layers,
    clickLayers: ['disc', 'ring'],
    onClick: (feature) => onSelect(String(feature.properties['id'])),
  });
  return null;
}

const kept = new WeakMap<object, RankedCluster>();

/** The ranking is made anew on every tick; a place whose facts and level are the same keeps its object. */
function useStableRanks(clusters: readonly RankedCluster[]): RankedCluster[] {
  return useMemo(
    () =>
      clusters.map((ranked) => {
        const before = kept.get(ranked.cluster);
        if (before && lookOf(before) === lookOf(ranked)) return before;
        kept.set(ranked.cluster, ranked);
        return ranked;
      }),
    [clusters],
  );
}
